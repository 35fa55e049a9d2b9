//! The tables of `PROTOCOL.md`, each between two comments that name it.

use std::fmt::Write as _;

use serde_json::Value;

use super::schemas::{Schemas, fields, reference};
use super::{Answer, ClientRow, RouteRow, ServerRow, TypeOf, check, openapi, sentences};
use crate::admin::feed;
use crate::{events, routes};

/// The most fields that stand in a table one by one; a larger type is named.
const MOST_FIELDS: usize = 8;

const DOCUMENT: &str = "../../PROTOCOL.md";

#[test]
fn the_tables_of_the_protocol_are_current() {
    let mut text = std::fs::read_to_string(super::file(DOCUMENT)).unwrap_or_default();
    let is_admin = |row: &&RouteRow| row.route.path.starts_with("/admin");
    let calls = || routes::ROWS.iter().filter(|row| row.is_call());
    let tables = [
        ("client events", client_events(events::CLIENT_ROWS)),
        ("server events", server_events(events::SERVER_ROWS)),
        ("feed client events", client_events(feed::CLIENT_ROWS)),
        ("feed server events", server_events(feed::SERVER_ROWS)),
        (
            "calls",
            table_of_calls(calls().filter(|row| !is_admin(row))),
        ),
        ("admin calls", table_of_calls(calls().filter(is_admin))),
    ];
    for (name, table) in tables {
        text = with_table(&text, name, &table);
    }
    check(DOCUMENT, &text);
}

/// The text with another table of that name.
fn with_table(text: &str, name: &str, table: &str) -> String {
    let (begin, end) = (format!("<!-- table: {name} -->\n"), "<!-- end -->");
    let (before, rest) = text
        .split_once(&begin)
        .unwrap_or_else(|| panic!("PROTOCOL.md has no table {name}"));
    let (_, after) = rest
        .split_once(end)
        .unwrap_or_else(|| panic!("the table {name} has no end"));
    format!("{before}{begin}\n{table}\n{end}{after}")
}

fn client_events(rows: &[ClientRow]) -> String {
    let mut table = String::from(
        "| event | payload | ack | counts as | what it does |\n|---|---|---|---|---|\n",
    );
    let mut shapes = Shapes::new();
    for row in rows {
        let payload = row
            .payload
            .map_or_else(|| "none".to_owned(), |ty| shapes.deserialized(ty));
        let ack = shapes.serialized(row.ack);
        let _ = writeln!(
            table,
            "| `{}` | {payload} | {ack} | {} | {} |",
            row.name,
            row.counted.to_lowercase(),
            cell(&sentences(row.docs)),
        );
    }
    table
}

fn server_events(rows: &[ServerRow]) -> String {
    let mut table =
        String::from("| event | payload | who receives it | what it says |\n|---|---|---|---|\n");
    let mut shapes = Shapes::new();
    for row in rows {
        let payload = shapes.serialized(row.payload);
        let _ = writeln!(
            table,
            "| `{}` | {payload} | {} | {} |",
            row.name,
            row.to,
            cell(&sentences(row.docs)),
        );
    }
    table
}

fn table_of_calls<'a>(rows: impl Iterator<Item = &'a RouteRow>) -> String {
    let mut table = String::from("| call | role | answer | what it does |\n|---|---|---|---|\n");
    let mut shapes = Shapes::new();
    for row in rows {
        let mut call = format!("`{} {}", row.route.method, row.route.path);
        let names = row.query.map(|ty| shapes.names(ty)).unwrap_or_default();
        if !names.is_empty() {
            let _ = write!(call, "?{}", names.join("&"));
        }
        call.push('`');
        if let Some(body) = row.body {
            let _ = write!(call, " {}", shapes.deserialized(body));
        }
        let statuses: Vec<String> = row.statuses.iter().map(u16::to_string).collect();
        let answer = match row.answer {
            Answer::Json(ty) => format!(" {}", shapes.serialized(ty)),
            Answer::File(kinds) => format!(" a file: {}", kinds.join(", ")),
            Answer::Nothing | Answer::Page => String::new(),
        };
        let _ = writeln!(
            table,
            "| {call} | {} | {}{answer} | {} |",
            who(row),
            statuses.join(", "),
            cell(&sentences(row.docs)),
        );
    }
    table
}

/// Who may call a route: the role of people, and the scopes of service accounts.
fn who(row: &RouteRow) -> String {
    let role = openapi::role(row.route.access).unwrap_or("anyone");
    let scopes: Vec<_> = row
        .route
        .scopes
        .iter()
        .map(|it| format!("`{}`", it.as_str()))
        .collect();
    match scopes.as_slice() {
        [] => role.to_owned(),
        scopes => format!("{role} or {}", scopes.join(", ")),
    }
}

/// Writes types the short way: `{id, name?}`.
struct Shapes(Schemas);

impl Shapes {
    fn new() -> Self {
        Self(Schemas::new())
    }

    fn serialized(&mut self, ty: TypeOf) -> String {
        let name = reference(&self.0.serialized(ty)).map(str::to_owned);
        shape(name.as_deref(), &self.0.inline_serialized(ty))
    }

    fn deserialized(&mut self, ty: TypeOf) -> String {
        let name = reference(&self.0.deserialized(ty)).map(str::to_owned);
        shape(name.as_deref(), &self.0.inline(ty))
    }

    /// The names of a type's fields.
    fn names(&mut self, ty: TypeOf) -> Vec<String> {
        let schema = self.0.inline(ty);
        fields(&schema)
            .into_iter()
            .map(|(name, ..)| name.to_owned())
            .collect()
    }
}

fn shape(name: Option<&str>, schema: &Value) -> String {
    let fields = fields(schema);
    match name {
        _ if (1..=MOST_FIELDS).contains(&fields.len()) => {
            let mark = |always| if always { "" } else { "?" };
            let fields = fields.into_iter();
            let fields: Vec<String> = fields
                .map(|(name, _, always)| format!("{name}{}", mark(always)))
                .collect();
            format!("`{{{}}}`", fields.join(", "))
        }
        Some(name) => format!("`{name}`"),
        None => "JSON".to_owned(),
    }
}

/// A bar would end the cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
