//! The report as one self-contained page: nothing in it comes from elsewhere. Everything stands in it as text and
//! drawings; a script of its own adds the moment under the pointer, and Spanish, where scripts run.
//!
//! Both colour schemes are in it, and the reader's system chooses. The numbers are in it a second
//! time as JSON, so that a kept page can be compared with a later run.

mod sections;

use std::fmt::{self, Write as _};

use chrono::DateTime;

use super::charts::{charts, font_face, phone_charts};
use super::table::headline;
use super::{ChartError, ChartTheme, Ended, LoadTestReport};

const STYLE: &str = include_str!("style.css");
const WORDS: &str = include_str!("words.js");
const SCRIPT: &str = include_str!("page.js");

/// The whole page.
///
/// # Errors
/// When a chart could not be drawn.
pub fn html(report: &LoadTestReport) -> Result<String, ChartError> {
    let mut page = String::with_capacity(256 * 1024);
    // Writing to a string cannot fail.
    let _ = write_page(report, &mut page, &figures(report)?);
    Ok(page)
}

fn write_page(report: &LoadTestReport, page: &mut String, figures: &str) -> fmt::Result {
    let title = format!(
        "Load test, {} {} clients",
        report.plan.clients,
        report.plan.mode.as_str()
    );
    write!(
        page,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"dark light\">\n\
         <title>{}</title>\n<style>\n{}\n{STYLE}</style>\n</head>\n<body>\n<main>\n",
        Escaped(&title),
        font_face(),
    )?;
    write!(
        page,
        "<header>\n<p class=\"brand\">CoMutiNy</p>\n<h1>Load test</h1>\n<p>{}</p>\n\
         <p class=\"quiet\">Started <time datetime=\"{iso}\">{}</time>, \
         version <span translate=\"no\">{}</span></p>\n</header>\n",
        verbatim(&headline(report), &report.plan.target_url),
        Escaped(&moment(&report.started_at)),
        Escaped(&report.version),
        iso = Escaped(&report.started_at),
    )?;
    sections::verdicts(page, report)?;
    sections::figures_at_a_glance(page, report)?;
    page.push_str(figures);
    sections::latencies(page, report)?;
    sections::counts(page, report)?;
    sections::errors(page, report)?;
    sections::seconds(page, report)?;
    page.push_str("</main>\n");
    write_json(report, page)?;
    writeln!(page, "<script>\n{WORDS}\n{SCRIPT}</script>")?;
    page.push_str("</body>\n</html>\n");
    Ok(())
}

fn figures(report: &LoadTestReport) -> Result<String, ChartError> {
    let dark = charts(report, ChartTheme::Dark)?;
    let light = charts(report, ChartTheme::Light)?;
    let phone = phone_charts(report, ChartTheme::Dark)?
        .into_iter()
        .zip(phone_charts(report, ChartTheme::Light)?);
    let mut out = String::from("<section class=\"charts\" aria-label=\"Charts\">\n");
    for ((dark, light), phone) in dark.into_iter().zip(light).zip(phone) {
        // Writing to a string cannot fail.
        let _ = write!(
            out,
            "<figure data-chart=\"{}\">\n<div role=\"img\" aria-label=\"{label}\" class=\"dark\" data-plot=\"{wide}\">{}</div>\n\
             <div role=\"img\" aria-label=\"{label}\" class=\"light\" data-plot=\"{wide}\">{}</div>\n\
             <div role=\"img\" aria-label=\"{label}\" class=\"dark phone\" data-plot=\"{narrow}\">{}</div>\n\
             <div role=\"img\" aria-label=\"{label}\" class=\"light phone\" data-plot=\"{narrow}\">{}</div>\n\
             <figcaption></figcaption>\n</figure>\n",
            Escaped(&dark.moments),
            dark.svg,
            light.svg,
            phone.0.svg,
            phone.1.svg,
            label = Escaped(&dark.description),
            wide = Escaped(&dark.plot),
            narrow = Escaped(&phone.0.plot),
        );
    }
    out.push_str("</section>\n");
    Ok(out)
}

fn write_json(report: &LoadTestReport, page: &mut String) -> fmt::Result {
    let json = serde_json::to_string(report).unwrap_or_default();
    // Within a script element only `<` can end it.
    let json = json.replace('<', "\\u003c");
    writeln!(
        page,
        "<script type=\"application/json\" id=\"run\">{json}</script>"
    )
}

/// When a run started, for readers without scripts; as it is where it is no ISO 8601.
fn moment(iso: &str) -> String {
    DateTime::parse_from_rfc3339(iso).map_or_else(
        |_| iso.to_owned(),
        |at| at.to_utc().format("%-d %B %Y, %H:%M UTC").to_string(),
    )
}

/// A sentence as HTML, in which one part is an address or the like: the same in every language.
fn verbatim(sentence: &str, part: &str) -> String {
    let sentence = Escaped(sentence).to_string();
    let part = Escaped(part).to_string();
    match part.is_empty() {
        true => sentence,
        false => sentence.replacen(&part, &format!("<span translate=\"no\">{part}</span>"), 1),
    }
}

/// Whether the page has to say that something is wrong.
fn has_trouble(report: &LoadTestReport) -> bool {
    !report.valid || !report.passed() || report.ended == Ended::TargetLost
}

/// Text within HTML, or within an attribute in double quotes.
struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            match character {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                other => f.write_char(other)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_a_server_stays_text() {
        let shown = Escaped("<b onclick=\"x\">&").to_string();
        assert_eq!(shown, "&lt;b onclick=&quot;x&quot;&gt;&amp;");
    }
}
