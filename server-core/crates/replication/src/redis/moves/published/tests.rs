use super::*;

fn id(name: &str) -> PlayerId {
    PlayerId::trusted(name)
}

fn json(text: &str) -> SharedJson {
    SharedJson::from(serde_json::value::RawValue::from_string(text.to_owned()).unwrap())
}

fn moved(told: &mut PublishedMoves, name: &str, fence: u64, text: &str) {
    told.moved(vec![(id(name), fence, json(text))], MoveTurn::AtOnce);
}

fn same(_: &PlayerId, fence: u64) -> Option<u64> {
    Some(fence)
}

/// Players as `name:state`, in the order of their names.
fn brief(players: &[MovedPlayer]) -> String {
    let mut all: Vec<String> = players
        .iter()
        .map(|(id, _, json)| format!("{}:{}", id.as_str(), json.get()))
        .collect();
    all.sort();
    all.join(" ")
}

fn frame(told: &mut PublishedMoves) -> Option<(u64, String)> {
    let frame = told.take_frame(same)?;
    Some((frame.sequence, brief(&frame.players)))
}

fn since(since: u64) -> MovesQuestion {
    MovesQuestion { number: 1, since }
}

/// The answer to whoever asks, all parts in one.
fn answer(told: &mut PublishedMoves, behind: u64) -> (u64, String) {
    told.answered = None;
    told.ask("asker", since(behind));
    let (mut sequence, mut all) = (0, Vec::new());
    while let Some((asker, part, players)) = told.take_part(Instant::now(), same) {
        assert_eq!((asker.as_str(), part.question), ("asker", since(behind)));
        sequence = part.sequence;
        all.extend(players);
    }
    (sequence, brief(&all))
}

#[test]
fn those_who_waited_for_their_turn_have_frames_of_their_own() {
    let mut told = PublishedMoves::default();
    let waited = |name: &str| vec![(id(name), 1, json("1"))];
    told.moved(waited("ada"), MoveTurn::Waited);
    moved(&mut told, "bob", 1, "1");
    moved(&mut told, "cyd", 1, "1");
    told.moved(waited("dan"), MoveTurn::Waited);
    told.moved(waited("cyd"), MoveTurn::Waited);
    let mut next = || {
        let frame = told.take_frame(same)?;
        Some((frame.sequence, frame.turn, brief(&frame.players)))
    };
    let expected = |sequence, turn, players: &str| Some((sequence, turn, players.to_owned()));
    assert_eq!(next(), expected(1, MoveTurn::Waited, "ada:1"));
    assert_eq!(next(), expected(2, MoveTurn::AtOnce, "bob:1"));
    assert_eq!(next(), expected(3, MoveTurn::Waited, "cyd:1 dan:1"));
    assert_eq!(next(), None);
    moved(&mut told, "dan", 1, "2");
    assert_eq!(told.take_frame(same).unwrap().turn, MoveTurn::AtOnce);
}

#[test]
fn a_frame_has_the_newest_of_each_and_a_number_of_its_own() {
    let mut told = PublishedMoves::default();
    assert_eq!(frame(&mut told), None);
    moved(&mut told, "ada", 1, "1");
    moved(&mut told, "bob", 2, "1");
    moved(&mut told, "ada", 1, "2");
    assert_eq!(frame(&mut told), Some((1, "ada:2 bob:1".to_owned())));
    assert_eq!(frame(&mut told), None);
    moved(&mut told, "bob", 2, "3");
    assert_eq!(frame(&mut told), Some((2, "bob:3".to_owned())));
}

#[test]
fn who_asks_is_told_what_frames_since_then_brought() {
    let mut told = PublishedMoves::default();
    for (name, text) in [("ada", "1"), ("bob", "2"), ("cat", "3")] {
        moved(&mut told, name, 1, text);
        frame(&mut told);
    }
    assert_eq!(answer(&mut told, 1), (3, "bob:2 cat:3".to_owned()));
    assert_eq!(answer(&mut told, 0), (3, "ada:1 bob:2 cat:3".to_owned()));
    assert_eq!(
        answer(&mut told, 3),
        (3, String::new()),
        "also that it is nothing"
    );
    moved(&mut told, "ada", 1, "4");
    assert_eq!(
        answer(&mut told, 3),
        (3, "ada:4".to_owned()),
        "what is to come may come first"
    );
    assert_eq!(frame(&mut told), Some((4, "ada:4".to_owned())));
}

#[test]
fn an_answer_comes_in_parts_and_not_too_often() {
    let mut told = PublishedMoves::default();
    let crowd = (0..600).map(|n| (id(&n.to_string()), 1, json("1")));
    told.moved(crowd.collect(), MoveTurn::AtOnce);
    while frame(&mut told).is_some() {}
    told.ask("asker", since(0));
    let now = Instant::now();
    let parts: Vec<(u32, u32, usize)> = std::iter::from_fn(|| told.take_part(now, same))
        .map(|(_, part, players)| (part.part, part.parts, players.len()))
        .collect();
    assert_eq!(parts, [(1, 3, 256), (2, 3, 256), (3, 3, 88)]);
    told.ask("asker", since(0));
    assert!(told.take_part(now, same).is_none());
    assert_eq!(told.next_answer(now), Some(now + ANSWER_PAUSE));
    assert!(told.take_part(now + ANSWER_PAUSE, same).is_some());
    for n in 0..2 * ASKERS {
        told.ask(&n.to_string(), since(0));
    }
    assert_eq!(told.asked.len(), ASKERS);
}

#[test]
fn an_answer_that_waits_for_its_turn_has_what_frames_brought_meanwhile() {
    let mut told = PublishedMoves::default();
    for (name, text) in [("ada", "1"), ("bob", "2")] {
        moved(&mut told, name, 1, text);
        frame(&mut told);
    }
    told.ask("first", since(1));
    told.ask("second", since(1));
    let now = Instant::now();
    let (asker, _, players) = told.take_part(now, same).unwrap();
    assert_eq!(
        (asker.as_str(), brief(&players).as_str()),
        ("first", "bob:2")
    );
    moved(&mut told, "ada", 1, "3");
    frame(&mut told);
    let again = MovesQuestion {
        number: 2,
        since: 0,
    };
    told.ask("second", again);
    told.ask("second", since(1));
    let (asker, part, players) = told.take_part(now, same).unwrap();
    assert_eq!((asker.as_str(), part.sequence), ("second", 3));
    assert_eq!(part.question, again, "all that is asked is answered");
    assert_eq!(brief(&players), "ada:3 bob:2");
    let again = told.take_part(now + ANSWER_PAUSE, same);
    assert!(again.is_none(), "who asks twice is answered once");
}

#[test]
fn whoever_is_not_held_any_more_is_not_told_of() {
    let mut told = PublishedMoves::default();
    moved(&mut told, "ada", 1, "1");
    moved(&mut told, "bob", 1, "1");
    moved(&mut told, "cat", 1, "1");
    told.released(&id("ada"));
    let held = |id: &PlayerId, fence| (id.as_str() == "bob").then_some(fence + 4);
    let players = told.take_frame(held).unwrap().players;
    let fences: Vec<u64> = players.iter().map(|it| it.1).collect();
    assert_eq!((brief(&players).as_str(), &fences[..]), ("bob:1", &[5][..]));
    assert_eq!(answer(&mut told, 0).1, "bob:1");
}

#[test]
fn what_an_assertion_told_needs_no_frame_and_what_moved_meanwhile_does() {
    let mut told = PublishedMoves::default();
    moved(&mut told, "ada", 1, "1");
    for name in ["ada", "bob", "cat"] {
        told.asserting(&id(name), 1, &json("1"));
    }
    moved(&mut told, "bob", 1, "2");
    frame(&mut told);
    moved(&mut told, "ada", 1, "1");
    for name in ["ada", "bob", "cat"] {
        told.asserted(&id(name), &json("1"));
    }
    assert_eq!(
        frame(&mut told),
        Some((2, "ada:1 bob:2".to_owned())),
        "it may have come before, and Redis may have known her and told nobody"
    );
    assert_eq!(answer(&mut told, 2).1, "cat:1", "and who asks hears of all");
}

#[test]
fn what_overtook_a_refresh_is_told_once_more_behind_it() {
    let mut told = PublishedMoves::default();
    let ada = id("ada");
    moved(&mut told, "ada", 1, "1");
    told.refreshed(&ada, 1, json("2"));
    assert_eq!(frame(&mut told), None, "the script tells it");
    moved(&mut told, "ada", 1, "3");
    assert_eq!(frame(&mut told), Some((1, "ada:3".to_owned())));
    told.publish_again(&ada);
    assert_eq!(frame(&mut told), Some((2, "ada:3".to_owned())));
    told.released(&ada);
    told.publish_again(&ada);
    assert_eq!(frame(&mut told), None);
}

#[test]
fn a_new_link_goes_on_counting_and_owes_nothing() {
    let mut told = PublishedMoves::default();
    moved(&mut told, "ada", 1, "1");
    frame(&mut told);
    moved(&mut told, "ada", 1, "2");
    told.ask("asker", since(0));
    told.restart();
    assert!(!told.has_waiting() && told.next_answer(Instant::now()).is_none());
    moved(&mut told, "ada", 1, "3");
    assert_eq!(frame(&mut told), Some((2, "ada:3".to_owned())));
}

#[test]
fn redis_is_written_to_now_and_then_and_only_what_is_new() {
    let mut told = PublishedMoves::default();
    let now = Instant::now();
    told.begin_mirroring(now, same);
    moved(&mut told, "ada", 1, "1");
    moved(&mut told, "bob", 1, "1");
    let players = told.take_frame(same).unwrap().players;
    told.begin_mirroring(now, same);
    assert!(!told.has_unmirrored());
    told.begin_mirroring(now + MIRROR_PAUSE, same);
    assert_eq!(brief(&told.take_unmirrored(same)), "ada:1 bob:1");
    moved(&mut told, "bob", 1, "2");
    told.begin_mirroring(now + 2 * MIRROR_PAUSE, same);
    let untold = told.take_unmirrored(same);
    assert_eq!(brief(&untold), "", "no frame told of him yet");
    frame(&mut told);
    told.begin_mirroring(now + 3 * MIRROR_PAUSE, same);
    assert_eq!(brief(&told.take_unmirrored(same)), "bob:2");
    moved(&mut told, "ada", 1, "3");
    told.written(&players);
    told.begin_mirroring(now + 4 * MIRROR_PAUSE, same);
    assert!(!told.has_unmirrored(), "flush.lua has written her");
}

#[test]
fn the_last_frame_is_named_when_it_is_time() {
    let mut told = PublishedMoves::default();
    assert_eq!(told.take_mark(), None);
    told.mark();
    assert_eq!(told.take_mark(), Some(0));
    moved(&mut told, "ada", 1, "1");
    frame(&mut told);
    told.mark();
    assert_eq!((told.take_mark(), told.take_mark()), (Some(1), None));
}
