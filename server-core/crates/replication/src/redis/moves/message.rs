//! What nodes say to each other about moves, past the scripts: one line of header, then a line for each player.
//!
//! ```text
//! 1 <node> moves <sequence> [waited]                   <fence> <JSON> ...
//! 1 <node> mark <sequence>
//! 1 <node> wants                                       <what its clients have near> ...
//! 1 <node> ask <question> <since>
//! 1 <node> state <sequence> <question> <since> <part> <parts>     <fence> <JSON> ...
//! ```
//!
//! The node is who says it. A node's id is new at every start, so it is the epoch of its sequence as well. `moves`, `mark`
//! and `wants` go to all, `ask` and `state` to one node's own channel.

use std::fmt::Write as _;

use super::published::{MovedPlayer, MovesFrame};
use super::streams::{MovesQuestion, StatePart};
use crate::MoveTurn;
use crate::redis::envelope::{self, Unreadable};
use contract::Player;

/// A message and who says it.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::redis) struct MovesMessage<'a> {
    pub(in crate::redis) node: &'a str,
    pub(in crate::redis) body: MovesBody<'a>,
}

/// What is said. Players are left unread until it is known that they are wanted: every node hears its own frames, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::redis) enum MovesBody<'a> {
    /// A frame: players that changed since the one before.
    Moves {
        sequence: u64,
        turn: MoveTurn,
        players: &'a str,
    },
    /// What the node's clients have near.
    Wants { text: &'a str },
    /// The last frame so far was this one: so a lost last one is noticed.
    Mark { sequence: u64 },
    /// What was in frames behind this one is missing.
    Ask { question: MovesQuestion },
    /// A part of the answer.
    State { part: StatePart, players: &'a str },
    /// Something a newer version of this program says.
    Unknown,
}

impl<'a> MovesMessage<'a> {
    /// Reads what a subscription brought.
    pub(in crate::redis) fn read(text: &'a str) -> Result<Self, Unreadable> {
        let (header, players) = text.split_once('\n').unwrap_or((text, ""));
        let mut words = header.split(' ');
        let mut word = || words.next().ok_or(Unreadable);
        if word()? != "1" {
            return Err(Unreadable);
        }
        let node = word()?;
        let kind = word()?;
        let mut number = || word().and_then(envelope::number);
        let body = match kind {
            "moves" => MovesBody::Moves {
                sequence: number()?,
                turn: match word() {
                    Ok(WAITED) => MoveTurn::Waited,
                    _ => MoveTurn::AtOnce,
                },
                players,
            },
            "wants" => MovesBody::Wants { text: players },
            "mark" => MovesBody::Mark {
                sequence: number()?,
            },
            "ask" => MovesBody::Ask {
                question: question(&mut number)?,
            },
            "state" => MovesBody::State {
                part: StatePart {
                    sequence: number()?,
                    question: question(&mut number)?,
                    part: small(number()?)?,
                    parts: small(number()?)?,
                },
                players,
            },
            _ => MovesBody::Unknown,
        };
        Ok(Self { node, body })
    }
}

fn question(
    number: &mut impl FnMut() -> Result<u64, Unreadable>,
) -> Result<MovesQuestion, Unreadable> {
    Ok(MovesQuestion {
        number: number()?,
        since: number()?,
    })
}

fn small(number: u64) -> Result<u32, Unreadable> {
    u32::try_from(number).map_err(|_| Unreadable)
}

/// The players of a frame or a state. A line that cannot be read costs its player alone.
pub(in crate::redis) fn players(lines: &str) -> Vec<(Player, u64)> {
    let mut unreadable = 0_usize;
    let read = lines.lines().map(envelope::moved);
    let players = read.filter_map(|player| {
        unreadable += usize::from(player.is_err());
        player.ok()
    });
    let players = players.collect();
    if unreadable > 0 {
        tracing::warn!(
            unreadable,
            "moves that no node writes came from another node"
        );
    }
    players
}

/// Of a frame whose players have waited for their turn.
const WAITED: &str = "waited";

pub(in crate::redis) fn moves(node: &str, frame: &MovesFrame) -> String {
    let mut header = format!("1 {node} moves {}", frame.sequence);
    if frame.turn == MoveTurn::Waited {
        // A node of the protocol before does not read so far.
        header += " ";
        header += WAITED;
    }
    with_players(header, &frame.players)
}

pub(in crate::redis) fn wants(node: &str, text: &str) -> String {
    format!("1 {node} wants\n{text}")
}

pub(in crate::redis) fn mark(node: &str, sequence: u64) -> String {
    format!("1 {node} mark {sequence}")
}

pub(in crate::redis) fn ask(node: &str, question: MovesQuestion) -> String {
    let MovesQuestion { number, since } = question;
    format!("1 {node} ask {number} {since}")
}

pub(in crate::redis) fn state(node: &str, part: StatePart, players: &[MovedPlayer]) -> String {
    let StatePart {
        sequence,
        question: MovesQuestion { number, since },
        part,
        parts,
    } = part;
    let header = format!("1 {node} state {sequence} {number} {since} {part} {parts}");
    with_players(header, players)
}

fn with_players(header: String, players: &[MovedPlayer]) -> String {
    /// Digits of a fence, a space and a line break.
    const BESIDE_JSON: usize = 24;
    let json = players.iter().map(|(_, _, json)| json.get().len());
    let length = json.sum::<usize>() + players.len() * BESIDE_JSON;
    let mut text = header;
    text.reserve(length);
    for (_, fence, json) in players {
        // A string takes everything.
        let _ = write!(text, "\n{fence} {}", json.get());
    }
    text
}

/// See `super::super::fuzz_envelope`.
pub(in crate::redis) fn fuzz(text: &str) {
    if let Ok(MovesMessage { body, .. }) = MovesMessage::read(text)
        && let MovesBody::Moves { players: lines, .. } | MovesBody::State { players: lines, .. } =
            body
    {
        let _ = players(lines);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use contract::{PlayerId, SharedJson};

    const ADA: &str = r#"{"id":"ada l","name":"Ada","position":{"x":1.5,"y":0.0,"z":-2.0},"animation":"idle","metadata":{"a":"b c"}}"#;

    fn moved(json: &str, fence: u64) -> MovedPlayer {
        let json = serde_json::value::RawValue::from_string(json.to_owned()).unwrap();
        (PlayerId::trusted("ada l"), fence, SharedJson::from(json))
    }

    #[track_caller]
    fn check(text: &str, expected: Result<MovesBody<'_>, Unreadable>) {
        let read = MovesMessage::read(text);
        assert_eq!(read.map(|it| it.body), expected, "{text}");
    }

    #[test]
    fn a_frame_brings_each_player_with_its_fence() {
        for told in [MoveTurn::AtOnce, MoveTurn::Waited] {
            let text = moves(
                "n1",
                &MovesFrame {
                    sequence: 7,
                    turn: told,
                    players: vec![moved(ADA, 12), moved(ADA, 13)],
                },
            );
            let message = MovesMessage::read(&text).unwrap();
            assert_eq!(message.node, "n1");
            let MovesBody::Moves {
                sequence: 7,
                turn,
                players: lines,
            } = message.body
            else {
                panic!("{message:?}");
            };
            assert_eq!(turn, told);
            let read = players(lines);
            let fences: Vec<u64> = read.iter().map(|it| it.1).collect();
            assert_eq!(fences, [12, 13]);
            assert_eq!(serde_json::to_string(&read[0].0).unwrap(), ADA);
        }
    }

    #[test]
    fn an_answer_says_what_it_answers_and_how_much_of_it_there_is() {
        let part = StatePart {
            sequence: 9,
            question: MovesQuestion {
                number: 6,
                since: 4,
            },
            part: 2,
            parts: 3,
        };
        let text = state("n", part, &[moved(ADA, 12)]);
        let lines = format!("12 {ADA}");
        let players = lines.as_str();
        check(&text, Ok(MovesBody::State { part, players }));
        let nobody = state("n", part, &[]);
        let read = MovesMessage::read(&nobody).unwrap();
        assert!(matches!(read.body, MovesBody::State { players: "", .. }));
    }

    #[test]
    fn kinds() {
        check(&mark("n", 3), Ok(MovesBody::Mark { sequence: 3 }));
        let question = MovesQuestion {
            number: 2,
            since: 0,
        };
        check(&ask("n", question), Ok(MovesBody::Ask { question }));
        let text = "1f n 0 0 3\n2e *";
        check(&wants("n", text), Ok(MovesBody::Wants { text }));
        check(&wants("n", ""), Ok(MovesBody::Wants { text: "" }));
        check("1 n newer 3\nanything", Ok(MovesBody::Unknown));
        check("2 n mark 3", Err(Unreadable));
        check("1 n mark x", Err(Unreadable));
        check("1 n ask 1", Err(Unreadable));
        check("1 n state 1 1 1 1", Err(Unreadable));
        check("1 n state 1 1 1 1 4294967296", Err(Unreadable));
        check("", Err(Unreadable));
    }

    #[test]
    fn a_line_that_no_node_writes_costs_its_player_alone() {
        let lines = format!("12 {ADA}\n13 {{\"id\":1}}\nnonsense\n\n14 {ADA}");
        let fences: Vec<u64> = players(&lines).iter().map(|it| it.1).collect();
        assert_eq!(fences, [12, 14]);
    }

    proptest! {
        #[test]
        fn reading_never_panics(text in "\\PC*", kind in "moves|mark|ask|state|wants") {
            fuzz(&text);
            fuzz(&format!("1 n {kind} {text}"));
            fuzz(&format!("1 n {kind} 1 1 1 1 1\n{text}"));
        }
    }
}
