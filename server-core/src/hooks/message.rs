//! What is told: our fields, and the sentence where Discord (`content`), Slack and Matrix bridges (`text`) look for it.
//!
//! Names and reasons are other people's words: they mention nobody and format nothing where they are shown.

use contract::admin::webhook::HookEvent;
use runtime::clock::iso;
use serde_json::{Map, Value, json};
use store::webhooks::Promise;

/// Longest sentence, in characters: Discord takes 2000.
const SENTENCE_CHARS: usize = 1500;

/// Something that happened, for whoever wants to know.
#[must_use]
pub fn promise(event: HookEvent, at: i64, world: &str, sentence: &str, data: Value) -> Promise {
    let sentence: String = sentence.chars().take(SENTENCE_CHARS).collect();
    let mut body = Map::new();
    body.insert("event".to_owned(), event.as_str().into());
    body.insert("at".to_owned(), iso(at).into());
    body.insert("world".to_owned(), world.into());
    body.insert("content".to_owned(), plain_for_discord(&sentence).into());
    body.insert("allowed_mentions".to_owned(), json!({ "parse": [] }));
    body.insert("text".to_owned(), plain_for_slack(&sentence).into());
    body.insert("data".to_owned(), data);
    Promise { event, at, body }
}

/// Markdown shows what stands behind a backslash as it is.
fn plain_for_discord(text: &str) -> String {
    text.chars().fold(String::new(), |mut plain, c| {
        if matches!(
            c,
            '\\' | '*' | '_' | '~' | '`' | '|' | '<' | '>' | '#' | '[' | ']'
        ) {
            plain.push('\\');
        }
        plain.push(c);
        plain
    })
}

/// The three characters that Slack reads as more than themselves; bridges read them as HTML.
fn plain_for_slack(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_mentions_nobody_and_formats_nothing() {
        let told = promise(
            HookEvent::Kick,
            0,
            "Harbour",
            "<!everyone> *Bo* & @here",
            json!({}),
        );
        assert_eq!(told.body["content"], "\\<!everyone\\> \\*Bo\\* & @here");
        assert_eq!(told.body["text"], "&lt;!everyone&gt; *Bo* &amp; @here");
        assert_eq!(told.body["allowed_mentions"], json!({ "parse": [] }));
    }
}
