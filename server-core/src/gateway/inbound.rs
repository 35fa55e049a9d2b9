//! Events from a client: judged, parsed and queued in the order in which they arrive.

use std::sync::Arc;

use serde_json::Value as Json;
use socketioxide::adapter::Adapter;
use socketioxide::handler::MessageHandler;
use socketioxide::socket::Socket;
use socketioxide_core::Value;
use socketioxide_core::parser::Parse;
use socketioxide_parser_common::CommonParser;
use tokio::time::Instant;

use crate::protocol::{PayloadLimits, Refusal, RefusalCode};
use crate::session::SessionSocket;
use crate::session::inbox::{EventKind, Inbound as Event};

/// The one handler of a socket. Implementing the trait directly keeps the call synchronous and
/// spares a task for every event.
#[derive(Clone)]
pub(super) struct Inbound {
    session: Arc<SessionSocket>,
}

impl Inbound {
    pub(super) fn new(session: Arc<SessionSocket>) -> Self {
        Self { session }
    }
}

impl<A: Adapter> MessageHandler<A, ()> for Inbound {
    fn call(&self, _socket: Arc<Socket<A>>, value: Value, ack: Option<i64>) {
        let received = Instant::now();
        let kind = CommonParser
            .read_event(&value)
            .map_or(EventKind::Unknown, EventKind::of);
        if self.session.admits(kind, ack) {
            let payload = first_argument(&value, self.session.limits());
            self.session.receive(Event {
                kind,
                payload,
                ack,
                received,
            });
        }
    }
}

/// The argument after the event's name, from the packet `["name", argument, ...]`.
fn first_argument(value: &Value, limits: &PayloadLimits) -> Result<Option<Json>, Refusal> {
    let attached = match value {
        Value::Str(_, Some(attachments)) => attachments.iter().map(bytes::Bytes::len).sum(),
        Value::Str(_, None) | Value::Bytes(_) => 0,
    };
    if value.len() + attached > limits.event_bytes {
        return Err(Refusal::new(
            RefusalCode::TooLarge,
            "That was too much at once. Send less.",
        ));
    }
    let unreadable = || {
        Refusal::new(
            RefusalCode::InvalidPayload,
            "Nothing usable came with this request.",
        )
    };
    if attached > 0 {
        return Err(unreadable());
    }
    let text = value.as_str().ok_or_else(unreadable)?;
    // serde_json stops at a nesting of 128, far above what any payload may have.
    let mut arguments: Vec<Json> = serde_json::from_str(text).map_err(|_| unreadable())?;
    Ok((arguments.len() > 1).then(|| arguments.swap_remove(1)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(packet: &str, expected: Result<Option<Json>, RefusalCode>) {
        let value = Value::Str(packet.to_owned().into(), None);
        let actual = first_argument(&value, &PayloadLimits::default());
        assert_eq!(actual.map_err(|refusal| refusal.code), expected);
    }

    #[test]
    fn arguments() {
        check(r#"["player:leave"]"#, Ok(None));
        check(r#"["a",{"x":1},2]"#, Ok(Some(json!({"x": 1}))));
        check(r#"["a",null]"#, Ok(Some(json!(null))));
        check(r#"["a",{"x":1e999}]"#, Err(RefusalCode::InvalidPayload));
        check(r#"["a",{"x":"#, Err(RefusalCode::InvalidPayload));
        let deep = format!(r#"["a",{}{}]"#, "[".repeat(20_000), "]".repeat(20_000));
        check(&deep, Err(RefusalCode::InvalidPayload));
        check(
            &format!(r#"["a","{}"]"#, "x".repeat(70_000)),
            Err(RefusalCode::TooLarge),
        );
    }
}
