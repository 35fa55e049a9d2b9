//! What is made from the declarations: TypeScript, tables, and descriptions of the interface.
//!
//! `UPDATE_CONTRACT=1 cargo test -p contract` rewrites the files. Without the variable a test fails
//! when a file and the declarations differ.

mod asyncapi;
mod maps;
mod openapi;
mod schemas;
mod shapes;
mod tables;
mod typescript;

use std::path::{Path, PathBuf};

use crate::route::Route;
use schemars::{JsonSchema, Schema, SchemaGenerator};

/// A type of the contract: adds its schema to a generator and refers to it.
pub(crate) type TypeOf = fn(&mut SchemaGenerator) -> Schema;

/// A client's event.
pub(crate) struct ClientRow {
    pub(crate) name: &'static str,
    pub(crate) docs: &'static [&'static str],
    pub(crate) payload: Option<TypeOf>,
    pub(crate) ack: TypeOf,
    pub(crate) counted: &'static str,
}

/// A server's event.
pub(crate) struct ServerRow {
    pub(crate) name: &'static str,
    pub(crate) docs: &'static [&'static str],
    pub(crate) payload: TypeOf,
    pub(crate) to: &'static str,
}

/// A route.
pub(crate) struct RouteRow {
    pub(crate) route: Route,
    pub(crate) docs: &'static [&'static str],
    pub(crate) query: Option<TypeOf>,
    pub(crate) body: Option<TypeOf>,
    /// Of the answers when all is well.
    pub(crate) statuses: &'static [u16],
    pub(crate) answer: Answer,
}

/// What a route answers with when all is well.
pub(crate) enum Answer {
    Json(TypeOf),
    Nothing,
    /// A file of one of these media types.
    File(&'static [&'static str]),
    /// Something that browsers show or run. No part of the interface.
    Page,
}

/// An answer as a declaration writes it.
macro_rules! answer {
    (nothing) => {
        crate::generate::Answer::Nothing
    };
    (page) => {
        crate::generate::Answer::Page
    };
    ([$($media:literal),+]) => {
        crate::generate::Answer::File(&[$($media),+])
    };
    (($answer:ty)) => {
        crate::generate::Answer::Json(crate::generate::type_of::<$answer>)
    };
}
pub(crate) use answer;

impl RouteRow {
    /// Whether the route belongs to the interface; the others are pages.
    fn is_call(&self) -> bool {
        !matches!(self.answer, Answer::Page)
    }

    /// Its name as programs write it: `KICK_ALL` is `kickAll`.
    fn name(&self) -> String {
        let mut words = self.route.name.split('_').map(str::to_lowercase);
        let first = words.next().unwrap_or_default();
        words.fold(first, |name, word| {
            let (initial, rest) = word.split_at(1);
            name + &initial.to_uppercase() + rest
        })
    }

    /// The names of the parts of its path that vary.
    fn parameters(&self) -> impl Iterator<Item = &'static str> {
        let parts = self.route.path.split('/');
        parts.filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
    }
}

pub(crate) fn type_of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

/// A type that is declared, or not.
macro_rules! payload {
    () => {
        None
    };
    ($payload:ty) => {
        Some(crate::generate::type_of::<$payload>)
    };
}
pub(crate) use payload;

/// One sentence or more, from the lines of a doc comment.
fn sentences(docs: &[&str]) -> String {
    let lines: Vec<&str> = docs.iter().map(|line| line.trim()).collect();
    lines.join(" ")
}

/// JSON as it is committed.
fn pretty(mut value: serde_json::Value) -> String {
    value.sort_all_objects();
    serde_json::to_string_pretty(&value).unwrap_or_default() + "\n"
}

/// A file of the repository, from the package's directory.
fn file(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Compares a file with what it has to be, or writes it when that was asked for.
fn check(path: &str, expected: &str) {
    let path = file(path);
    if std::env::var_os("UPDATE_CONTRACT").is_some() {
        std::fs::write(&path, expected).unwrap_or_else(|error| panic!("{error}"));
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == expected,
        "run with UPDATE_CONTRACT=1 to rewrite {}",
        path.display()
    );
}
