use super::FrameCheck::{Apply, Skip};
use super::*;

/// An answer to the first question.
fn whole(sequence: u64, since: u64) -> StatePart {
    part(sequence, since, 1, 1)
}

fn part(sequence: u64, since: u64, part: u32, parts: u32) -> StatePart {
    StatePart {
        sequence,
        question: question(1, since),
        part,
        parts,
    }
}

fn question(number: u64, since: u64) -> MovesQuestion {
    MovesQuestion { number, since }
}

fn at(sequence: u64) -> StreamOrder {
    let mut order = StreamOrder::default();
    for n in 1..=sequence {
        assert_eq!(order.moves(n), Apply);
    }
    assert_eq!(order.owed_since(), None);
    order
}

#[test]
fn frames_apply_once_and_never_backwards() {
    let mut order = at(3);
    assert_eq!(order.moves(3), Skip);
    assert_eq!(order.moves(5), Apply, "what is newer is shown at once");
    assert_eq!(order.moves(4), Skip);
    assert_eq!(
        order.owed_since(),
        Some(3),
        "and what was missed is asked for"
    );
    assert_eq!(order.moves(6), Apply);
    assert_eq!(order.ask(1), Some(question(1, 3)));
    assert_eq!(order.state(whole(6, 3)), Apply);
    assert_eq!(order.owed_since(), None);
    assert_eq!(order.state(whole(6, 3)), Skip, "the answer came twice");
}

#[test]
fn an_answer_that_is_older_than_what_was_heard_is_asked_for_again() {
    let mut order = at(3);
    order.moves(5);
    order.ask(1);
    order.moves(6);
    assert_eq!(order.state(whole(5, 3)), Skip);
    assert_eq!(order.owed_since(), Some(3));
}

#[test]
fn a_mark_shows_that_the_last_frame_was_lost() {
    let mut order = at(3);
    order.mark(3);
    assert_eq!(order.owed_since(), None);
    order.mark(4);
    assert_eq!(order.ask(1), Some(question(1, 3)));
    assert_eq!(order.state(whole(4, 3)), Apply);
    assert_eq!(order.moves(5), Apply);
    assert_eq!(order.owed_since(), None);
}

#[test]
fn a_frame_that_no_node_told_blocks_the_others_until_the_next_mark() {
    let mut order = at(3);
    assert_eq!(order.moves(u64::MAX), Apply);
    assert_eq!(order.moves(4), Skip);
    order.mark(4);
    assert_eq!(order.ask(1), Some(question(1, 0)));
    assert_eq!(order.state(whole(4, 0)), Apply);
    assert_eq!(order.moves(5), Apply);
    assert_eq!(order.owed_since(), None);
}

#[test]
fn a_sequence_that_is_new_here_begins_with_an_answer_or_at_its_start() {
    let mut order = StreamOrder::default();
    order.mark(0);
    assert_eq!(order.owed_since(), None);
    assert_eq!(order.moves(1), Apply);
    let mut order = StreamOrder::default();
    assert_eq!(order.moves(7), Skip);
    assert_eq!(order.ask(1), Some(question(1, 0)));
    assert_eq!(order.state(whole(8, 0)), Apply);
    assert_eq!(order.moves(8), Skip);
    assert_eq!(order.moves(9), Apply);
    let mut order = StreamOrder::default();
    order.mark(2);
    assert_eq!(order.owed_since(), Some(0));
}

#[test]
fn an_answer_counts_when_all_its_parts_came() {
    let mut order = at(1);
    order.moves(3);
    order.ask(1);
    assert_eq!(order.state(part(3, 1, 1, 3)), Apply);
    assert_eq!(order.moves(4), Apply, "frames go on between parts");
    assert_eq!(order.state(part(4, 1, 3, 3)), Skip, "one is missing");
    assert_eq!(order.state(part(4, 1, 2, 3)), Apply);
    assert_eq!(order.owed_since(), Some(1));
    assert_eq!(
        order.state(part(5, 1, 3, 3)),
        Skip,
        "a frame was lost right before it"
    );
    order.moves(6);
    assert_eq!(
        order.state(part(6, 1, 3, 3)),
        Skip,
        "a frame was lost meanwhile"
    );
    assert_eq!(order.owed_since(), Some(1));
}

#[test]
fn a_resync_wants_everything_and_takes_no_smaller_answer() {
    let mut order = at(5);
    order.moves(7);
    order.owe_everything();
    order.ask(1);
    assert_eq!(order.state(whole(7, 5)), Skip);
    assert_eq!(order.owed_since(), Some(0));
    assert_eq!(order.state(whole(7, 0)), Apply);
    assert_eq!(order.owed_since(), None);
}

#[test]
fn a_second_resync_does_not_take_the_answer_to_the_first() {
    let mut order = at(5);
    order.owe_everything();
    order.ask(7);
    order.owe_everything();
    let answer = |number, part, parts| StatePart {
        sequence: 5,
        question: question(number, 0),
        part,
        parts,
    };
    assert_eq!(order.state(answer(7, 1, 1)), Skip, "nobody asked yet");
    order.ask(8);
    assert_eq!(order.state(answer(7, 1, 1)), Skip);
    order.ask(9);
    assert_eq!(
        order.state(answer(8, 1, 2)),
        Apply,
        "it was late, and asked again"
    );
    assert_eq!(
        order.state(answer(9, 2, 2)),
        Skip,
        "a part of another answer"
    );
    assert_eq!(order.state(answer(8, 2, 2)), Apply);
    assert_eq!(order.owed_since(), None);
}

#[test]
fn a_node_is_asked_at_once_then_again_and_not_too_often() {
    let mut streams = MoveStreams::default();
    streams.note_there("n");
    let now = Instant::now();
    assert_eq!(streams.moves("n", 4), Skip);
    assert_eq!(streams.next_ask(now), Some(now));
    assert_eq!(streams.take_asks(now), [("n".to_owned(), question(1, 0))]);
    assert_eq!(streams.take_asks(now), []);
    assert_eq!(streams.next_ask(now), Some(now + ASK_AGAIN));
    let answered = streams.state("n", whole(4, 0), now);
    assert_eq!(answered, (Apply, true));
    assert_eq!(streams.next_ask(now), None);
    streams.moves("n", 6);
    assert_eq!(streams.next_ask(now), Some(now + ASK_PAUSE));
    assert_eq!(streams.take_asks(now), []);
    let later = now + ASK_PAUSE;
    assert_eq!(streams.take_asks(later), [("n".to_owned(), question(2, 4))]);
    streams.restart();
    streams.moves("n", 7);
    assert_eq!(
        streams.take_asks(later),
        [("n".to_owned(), question(3, 0))],
        "an answer to an older link's question is known as such"
    );
    streams.meet(["m"].into_iter());
    assert!(!streams.knows("n"));
}

#[test]
fn a_name_that_no_node_has_is_not_listened_to() {
    let mut streams = MoveStreams::default();
    let now = Instant::now();
    streams.meet(["n"].into_iter());
    assert_eq!(streams.moves("nobody", 1), Skip);
    assert_eq!(streams.state("nobody", whole(1, 0), now), (Skip, false));
    streams.mark("nobody", 7);
    streams.owe_everything("nobody");
    assert!(!streams.knows("nobody") && streams.next_ask(now).is_none());
    assert_eq!(streams.moves("n", 1), Apply);
    streams.note_there("new");
    assert_eq!(streams.moves("new", 1), Apply, "its heartbeat came first");
    for n in 0..2 * NODES {
        streams.note_there(&n.to_string());
    }
    assert_eq!(streams.there.len(), NODES);
}

#[test]
fn a_node_that_does_not_answer_is_asked_less_and_less() {
    let mut streams = MoveStreams::default();
    streams.note_there("n");
    streams.moves("n", 4);
    let mut now = Instant::now();
    for times in [1, 2, 4, 8, 16, 16] {
        assert_eq!(streams.take_asks(now).len(), 1);
        let due = now + ASK_AGAIN * times;
        assert_eq!(streams.next_ask(now), Some(due));
        now = due;
    }
    assert_eq!(streams.take_asks(now).len(), 1);
    assert_eq!(streams.state("n", whole(4, 0), now), (Apply, true));
    streams.moves("n", 6);
    assert_eq!(streams.next_ask(now), Some(now + ASK_PAUSE));
}
