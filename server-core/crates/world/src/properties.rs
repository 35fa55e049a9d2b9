//! What holds after any sequence of operations.

use std::collections::HashSet;

use proptest::prelude::*;

use super::*;
use contract::payload::PositionPatch;

#[derive(Debug, Clone)]
enum Operation {
    Join {
        connection: u64,
        player: u8,
        late_by: u64,
    },
    Update {
        connection: u64,
        x: f64,
    },
    Leave {
        connection: u64,
    },
    Say,
    Drain,
}

fn steps() -> impl Strategy<Value = Vec<Operation>> {
    let step = prop_oneof![
        (0..6u64, 0..4u8, 0..3u64).prop_map(|(connection, player, late_by)| Operation::Join {
            connection,
            player,
            late_by
        }),
        (0..6u64, -5.0..5.0f64).prop_map(|(connection, x)| Operation::Update { connection, x }),
        (0..6u64).prop_map(|connection| Operation::Leave { connection }),
        Just(Operation::Say),
        Just(Operation::Drain),
    ];
    proptest::collection::vec(step, 0..80)
}

proptest! {
    #[test]
    fn the_two_indexes_agree_and_chat_stays_bounded(steps in steps()) {
        let info = WorldInfo::default();
        let atlas = SpriteAtlas::new(0, String::new(), Vec::new());
        let mut world = WorldState::new(&info, &atlas, 4, PayloadLimits::default());
        let mut fence = 10;
        for (n, step) in steps.into_iter().enumerate() {
            match step {
                Operation::Join { connection, player, late_by } => {
                    fence += 1;
                    let id = PlayerId::trusted(format!("p{player}"));
                    let holder = Holder {
                        connection: Some(ConnectionId(connection)),
                        fence: fence - late_by,
                    };
                    let fresh = new_player(id, PlayerPatch::default(), &PayloadLimits::default());
                    if let Ok(player) = fresh {
                        let _ = world.join(player, holder);
                    }
                }
                Operation::Update { connection, x } => {
                    let position = PositionPatch { x: Some(x), ..PositionPatch::default() };
                    let patch = PlayerPatch { position, ..PlayerPatch::default() };
                    let _ = world.update(ConnectionId(connection), patch);
                }
                Operation::Leave { connection } => {
                    world.leave(ConnectionId(connection));
                }
                Operation::Say => {
                    world.append_chat(&ChatMessage {
                        id: MessageId(n.to_string()),
                        player_id: String::new(),
                        author: String::new(),
                        content: String::new(),
                        timestamp: String::new(),
                    });
                }
                Operation::Drain => {
                    let mut seen = HashSet::new();
                    world.drain_changes(|delta| assert!(seen.insert(delta.player.id.clone())));
                }
            }
            prop_assert_eq!(world.players.len(), world.by_connection.len());
            for (connection, id) in &world.by_connection {
                let holder = world.players.get(id).map(|record| record.holder.connection);
                prop_assert_eq!(holder, Some(Some(*connection)));
            }
            prop_assert!(world.chat.iter().count() <= 4);
        }
    }
}
