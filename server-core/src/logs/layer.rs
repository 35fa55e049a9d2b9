//! Writes what `tracing` says into a [`Ring`](super::Ring).

use std::collections::BTreeMap;
use std::fmt;

use tracing::field::{Field, Visit};
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;

use super::Ring;
use contract::admin::{LogLevel, LogLine};
use contract::text::shorten;
use runtime::clock::{iso, now_ms};

/// Longest message or value that is kept, in characters.
const TEXT_CHARS: usize = 2000;
/// Parts of field names whose values are never kept.
const SECRETS: [&str; 8] = [
    "password",
    "token",
    "secret",
    "cookie",
    "authorization",
    "pin",
    "email",
    "credential",
];

/// Libraries of which only warnings and errors are kept.
const WIRE: [&str; 9] = [
    "socketioxide",
    "socketioxide_core",
    "engineioxide",
    "hyper",
    "hyper_util",
    "tungstenite",
    "tokio_tungstenite",
    "sqlx",
    "redis",
];

/// See the module.
#[derive(Debug, Clone, Copy)]
pub struct RingLayer {
    ring: &'static Ring,
}

/// The layer that feeds [`ring`](super::ring).
#[must_use]
pub fn layer() -> RingLayer {
    RingLayer {
        ring: super::ring(),
    }
}

impl<S: Subscriber> Layer<S> for RingLayer {
    fn on_event(&self, event: &Event<'_>, _context: Context<'_, S>) {
        let metadata = event.metadata();
        if is_wire_noise(metadata) {
            return;
        }
        let mut text = FieldText::default();
        event.record(&mut text);
        self.ring.push(LogLine {
            seq: 0,
            at: iso(now_ms()),
            level: level(*metadata.level()),
            target: metadata.target().to_owned(),
            message: text.message,
            fields: text.fields,
        });
    }
}

/// Libraries that carry people's words and tokens put them into their debugging lines, under names of
/// their own.
fn is_wire_noise(metadata: &Metadata<'_>) -> bool {
    let part = metadata.target().split("::").next().unwrap_or_default();
    *metadata.level() > Level::WARN && WIRE.contains(&part)
}

#[derive(Default)]
struct FieldText {
    message: String,
    fields: BTreeMap<String, String>,
}

impl FieldText {
    fn keep(&mut self, field: &Field, text: &str) {
        let text = shorten(text, TEXT_CHARS).to_owned();
        match field.name() {
            "message" => self.message = text,
            name if is_secret(name) => {
                self.fields.insert(name.to_owned(), "[redacted]".to_owned());
            }
            name => {
                self.fields.insert(name.to_owned(), text);
            }
        }
    }
}

impl Visit for FieldText {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.keep(field, value);
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.keep(field, &format!("{value:?}"));
    }
}

fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.split(['_', '.', '-'])
        .any(|word| SECRETS.contains(&word))
}

fn level(level: Level) -> LogLevel {
    match level {
        Level::ERROR => LogLevel::Error,
        Level::WARN => LogLevel::Warn,
        Level::INFO => LogLevel::Info,
        Level::DEBUG => LogLevel::Debug,
        Level::TRACE => LogLevel::Trace,
    }
}

#[cfg(test)]
mod tests {
    use tracing_subscriber::layer::SubscriberExt as _;

    use super::*;

    #[test]
    fn lines_are_kept_with_their_fields_but_never_secrets() {
        let ring: &'static Ring = Box::leak(Box::new(Ring::new(10)));
        let subscriber = tracing_subscriber::registry().with(RingLayer { ring });
        tracing::subscriber::with_default(subscriber, || {
            tracing::warn!(
                user_id = "ana",
                token = "very-secret",
                count = 3,
                "Something happened"
            );
            tracing::info!(setup_token = "very-secret", password = ?"very-secret", "login");
            tracing::debug!(target: "socketioxide::ns", "auth: very-secret");
            tracing::warn!(target: "sqlx::query", "slow");
        });
        let (_, lines) = ring.find(LogLevel::Trace, "", 10);
        assert_eq!(lines[0].message, "Something happened");
        assert_eq!(lines[0].level, LogLevel::Warn);
        assert_eq!(
            (
                lines[0].fields["user_id"].as_str(),
                lines[0].fields["count"].as_str()
            ),
            ("ana", "3")
        );
        assert!(!format!("{lines:?}").contains("very-secret"), "{lines:?}");
        assert_eq!(lines.last().map(|line| line.message.as_str()), Some("slow"));
    }
}
