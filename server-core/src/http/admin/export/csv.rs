//! CSV as in RFC 4180, safe to open in a spreadsheet: what a player wrote is never a formula.

/// Begins a file. The byte order mark tells spreadsheets that it is UTF-8.
pub(super) fn start(columns: &[&str]) -> String {
    format!("\u{feff}{}\r\n", columns.join(","))
}

/// Adds a row.
pub(super) fn row(text: &mut String, cells: &[String]) {
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        push_cell(text, cell);
    }
    text.push_str("\r\n");
}

fn push_cell(text: &mut String, cell: &str) {
    let formula = is_formula(cell);
    if !formula && !cell.contains(['"', ',', '\n', '\r']) {
        text.push_str(cell);
        return;
    }
    text.push('"');
    // Spreadsheets take what follows an apostrophe for text.
    if formula {
        text.push('\'');
    }
    text.push_str(&cell.replace('"', "\"\""));
    text.push('"');
}

/// Whether a spreadsheet might calculate it: also behind spaces, and in the wide forms of Asian
/// keyboards.
fn is_formula(cell: &str) -> bool {
    let starts = |c: char| {
        matches!(
            c,
            '=' | '+' | '-' | '@' | '|' | '%' | '＝' | '＋' | '－' | '＠'
        )
    };
    cell.starts_with(['\t', '\r', '\n']) || cell.trim_start().starts_with(starts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(cells: &[&str], expected: &str) {
        let cells: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
        let mut text = String::new();
        row(&mut text, &cells);
        assert_eq!(text, format!("{expected}\r\n"));
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        check(&["a", "", "é b"], "a,,é b");
        check(
            &["a,b", "say \"hi\"", "x\ny"],
            "\"a,b\",\"say \"\"hi\"\"\",\"x\ny\"",
        );
    }

    #[test]
    fn formulas_are_text() {
        check(&["=1+1"], "\"'=1+1\"");
        check(
            &["+49 30", "-1", "@SUM(A1)"],
            "\"'+49 30\",\"'-1\",\"'@SUM(A1)\"",
        );
        check(
            &["  =HYPERLINK(\"http://evil\")"],
            "\"'  =HYPERLINK(\"\"http://evil\"\")\"",
        );
        check(&["\t=1", "＝1"], "\"'\t=1\",\"'＝1\"");
        check(&["a=1", "3-4"], "a=1,3-4");
    }
}
