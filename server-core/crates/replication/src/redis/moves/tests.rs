use super::*;
use crate::GuestTakeover;
use contract::{Metadata, Position};

fn player(id: &str) -> Player {
    Player {
        id: PlayerId::trusted(id),
        name: String::new(),
        position: Position::default(),
        animation: String::new(),
        metadata: Metadata::new(),
    }
}

#[test]
fn whose_move_came_so_early_that_it_could_not_be_kept_is_asked_for() {
    let owners = Owners::new("here".to_owned(), GuestTakeover::Secret);
    let mut moves = Moves::default();
    moves.meet("here", &[("n".to_owned(), PROTOCOL)]);
    let now = Instant::now();
    assert_eq!(moves.streams.moves("n", 1), FrameCheck::Apply);
    let crowd = |count: usize| (0..count).map(|n| (player(&n.to_string()), 7)).collect();
    assert!(moves.sort(&owners, "n", crowd(1024)).is_empty());
    assert_eq!(
        moves.next_turn(now),
        None,
        "they are kept until their claims come"
    );
    assert!(
        moves
            .sort(&owners, "n", vec![(player("one more"), 7)])
            .is_empty()
    );
    assert_eq!(moves.next_turn(now), Some(now));
}
