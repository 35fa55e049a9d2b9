//! What nodes publish: one line of header, then lines that depend on the kind.
//!
//! ```text
//! 1 <epoch> <offset> <node> <kind>
//! ```
//!
//! The scripts write it; see `scripts/`. JSON has no line breaks of its own, so a line is a record.

use serde::Deserialize;

use crate::Notice;
use contract::{ChatMessage, Metadata, Player, PlayerId, Position};

/// What cannot be read as an envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no envelope of a node")]
pub(super) struct Unreadable;

/// A published event and its place in the order.
#[derive(Debug, PartialEq)]
pub(super) struct Envelope<'a> {
    pub(super) epoch: &'a str,
    pub(super) offset: u64,
    pub(super) node: &'a str,
    pub(super) event: ChannelEvent,
}

/// What happened.
#[derive(Debug, PartialEq)]
pub(super) enum ChannelEvent {
    /// Nothing: a node proves that it lives. Carries its number; takes no offset of its own.
    Heartbeat(u64),
    /// A player came in, or joined again.
    Joined(Box<Holding>),
    /// A node asserts again whom it holds.
    Returned(Vec<Holding>),
    /// Players changed: each with its fence.
    Moved(Vec<(Player, u64)>),
    /// Players left: each with its fence.
    Left(Vec<(PlayerId, u64)>),
    /// Somebody spoke.
    Chat(ChatMessage),
    /// A notice; see [`Notice`].
    Notice(ReceivedNotice),
    /// Something a newer version of this program publishes. It has its place in the order.
    Unknown,
}

/// A notice and its id.
#[derive(Debug, PartialEq)]
pub(super) struct ReceivedNotice {
    pub(super) id: String,
    /// When it was made, by Redis' clock in microseconds; unknown where an older version of this
    /// program kept it.
    pub(super) made_at: Option<u64>,
    pub(super) notice: Notice,
}

/// A player and who owns it.
#[derive(Debug, PartialEq)]
pub(super) struct Holding {
    pub(super) fence: u64,
    pub(super) owner: String,
    pub(super) address: String,
    /// The claim as its node numbers it: with the node it is the id of the claim.
    pub(super) claim: u64,
    pub(super) player: Player,
}

impl<'a> Envelope<'a> {
    /// Reads what a subscription brought.
    pub(super) fn read(text: &'a str) -> Result<Self, Unreadable> {
        let (header, body) = text.split_once('\n').ok_or(Unreadable)?;
        let mut words = header.split(' ');
        let mut word = || words.next().ok_or(Unreadable);
        if word()? != "1" {
            return Err(Unreadable);
        }
        let epoch = word()?;
        let offset = number(word()?)?;
        let node = word()?;
        let event = event(word()?, body)?;
        Ok(Self {
            epoch,
            offset,
            node,
            event,
        })
    }
}

fn event(kind: &str, body: &str) -> Result<ChannelEvent, Unreadable> {
    Ok(match kind {
        "beat" => ChannelEvent::Heartbeat(number(body)?),
        "join" => ChannelEvent::Joined(Box::new(holding(body)?)),
        "back" => ChannelEvent::Returned(body.lines().map(holding).collect::<Result<_, _>>()?),
        "moved" => ChannelEvent::Moved(body.lines().map(moved).collect::<Result<_, _>>()?),
        "left" => ChannelEvent::Left(body.lines().map(left).collect::<Result<_, _>>()?),
        "chat" => ChannelEvent::Chat(serde_json::from_str(body).map_err(|_| Unreadable)?),
        // A notice of a newer version is no reason to lose one's place.
        "told" => received(body).map_or(ChannelEvent::Unknown, ChannelEvent::Notice),
        _ => ChannelEvent::Unknown,
    })
}

/// `<id>@<microseconds> <JSON>`; `None` when a newer version of this program wrote it.
pub(super) fn received(text: &str) -> Option<ReceivedNotice> {
    let (name, json) = text.split_once(' ')?;
    let (id, made_at) = match name.split_once('@') {
        Some((id, made_at)) => (id, made_at.parse().ok()),
        None => (name, None),
    };
    Some(ReceivedNotice {
        id: id.to_owned(),
        made_at,
        notice: serde_json::from_str(json).ok()?,
    })
}

fn holding(line: &str) -> Result<Holding, Unreadable> {
    let mut words = line.splitn(5, ' ');
    let mut word = || words.next().ok_or(Unreadable);
    Ok(Holding {
        fence: number(word()?)?,
        owner: word()?.to_owned(),
        address: word()?.to_owned(),
        claim: number(word()?)?,
        player: player(word()?)?,
    })
}

/// A changed player and its fence.
pub(super) fn moved(line: &str) -> Result<(Player, u64), Unreadable> {
    let (fence, json) = line.split_once(' ').ok_or(Unreadable)?;
    Ok((player(json)?, number(fence)?))
}

fn left(line: &str) -> Result<(PlayerId, u64), Unreadable> {
    let (fence, id) = line.split_once(' ').ok_or(Unreadable)?;
    Ok((PlayerId::trusted(id), number(fence)?))
}

pub(super) fn number(text: &str) -> Result<u64, Unreadable> {
    text.parse().map_err(|_| Unreadable)
}

/// A player that another node has checked.
pub(super) fn player(json: &str) -> Result<Player, Unreadable> {
    #[derive(Deserialize)]
    struct WirePlayer {
        id: String,
        name: String,
        position: Position,
        animation: String,
        metadata: Metadata,
    }
    let wire: WirePlayer = serde_json::from_str(json).map_err(|_| Unreadable)?;
    Ok(Player {
        id: PlayerId::trusted(wire.id),
        name: wire.name,
        position: wire.position,
        animation: wire.animation,
        metadata: wire.metadata,
    })
}

/// See [`super::fuzz_envelope`].
pub(super) fn fuzz(text: &str) {
    let _ = Envelope::read(text);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ADA: &str = r#"{"id":"ada l","name":"Ada","position":{"x":1.5,"y":0.0,"z":-2.0},"animation":"idle","metadata":{"a":"b c"}}"#;

    #[test]
    fn a_join_says_who_owns_the_player() {
        let text = format!("1 e1 7 n1 join\n12 g:aa bb 3 {ADA}");
        let envelope = Envelope::read(&text).unwrap();
        assert_eq!(
            (envelope.epoch, envelope.offset, envelope.node),
            ("e1", 7, "n1")
        );
        let ChannelEvent::Joined(held) = envelope.event else {
            panic!("{envelope:?}");
        };
        assert_eq!(
            (held.fence, held.owner.as_str(), held.claim),
            (12, "g:aa", 3)
        );
        assert_eq!(serde_json::to_string(&held.player).unwrap(), ADA);
    }

    #[track_caller]
    fn check(text: &str, expected: Result<ChannelEvent, Unreadable>) {
        assert_eq!(Envelope::read(text).map(|it| it.event), expected, "{text}");
    }

    #[test]
    fn kinds() {
        let left = vec![(PlayerId::trusted("ada l"), 3), (PlayerId::trusted("b"), 4)];
        check("1 e 1 n left\n3 ada l\n4 b", Ok(ChannelEvent::Left(left)));
        check("1 e 1 n beat\n9", Ok(ChannelEvent::Heartbeat(9)));
        let received = |made_at| {
            Ok(ChannelEvent::Notice(ReceivedNotice {
                id: "id".to_owned(),
                made_at,
                notice: Notice::AtlasChanged { version: 3 },
            }))
        };
        let json = "{\"about\":\"atlasChanged\",\"version\":3}";
        check(&format!("1 e 1 n told\nid@7 {json}"), received(Some(7)));
        check(&format!("1 e 1 n told\nid {json}"), received(None));
        check(
            "1 e 1 n told\nid {\"about\":\"somethingNew\"}",
            Ok(ChannelEvent::Unknown),
        );
        check("1 e 1 n newer\nanything", Ok(ChannelEvent::Unknown));
        check("2 e 1 n beat\n9", Err(Unreadable));
        check("1 e x n beat\n9", Err(Unreadable));
        check("1 e 1 n moved\n3 {\"id\":1}", Err(Unreadable));
        check("", Err(Unreadable));
    }

    proptest! {
        #[test]
        fn reading_never_panics(text in "\\PC*", kind in "beat|join|back|moved|left|chat|told") {
            let _ = Envelope::read(&text);
            let _ = Envelope::read(&format!("1 e 1 n {kind}\n{text}"));
        }
    }
}
