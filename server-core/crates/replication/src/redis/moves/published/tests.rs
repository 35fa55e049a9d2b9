use super::*;

fn id(name: &str) -> PlayerId {
    PlayerId::trusted(name)
}

fn json(text: &str) -> SharedJson {
    SharedJson::from(serde_json::value::RawValue::from_string(text.to_owned()).unwrap())
}

fn moved(published: &mut PublishedMoves, name: &str, fence: u64, text: &str) {
    published.moved(vec![(id(name), fence, json(text))]);
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

fn frame(published: &mut PublishedMoves) -> Option<(u64, String)> {
    let (sequence, players) = published.take_frame(same)?;
    Some((sequence, brief(&players)))
}

/// The answer to whoever asks, all parts in one.
fn answer(published: &mut PublishedMoves, since: u64) -> (u64, String) {
    published.answered = None;
    published.ask("asker", since);
    let (mut sequence, mut all) = (0, Vec::new());
    while let Some((asker, part, players)) = published.take_part(Instant::now(), same) {
        assert_eq!((asker.as_str(), part.since), ("asker", since));
        sequence = part.sequence;
        all.extend(players);
    }
    (sequence, brief(&all))
}

#[test]
fn a_frame_has_the_newest_of_each_and_a_number_of_its_own() {
    let mut published = PublishedMoves::default();
    assert_eq!(frame(&mut published), None);
    moved(&mut published, "ada", 1, "1");
    moved(&mut published, "bob", 2, "1");
    moved(&mut published, "ada", 1, "2");
    assert_eq!(frame(&mut published), Some((1, "ada:2 bob:1".to_owned())));
    assert_eq!(frame(&mut published), None);
    moved(&mut published, "bob", 2, "3");
    assert_eq!(frame(&mut published), Some((2, "bob:3".to_owned())));
}

#[test]
fn who_asks_is_told_what_frames_since_then_brought() {
    let mut published = PublishedMoves::default();
    for (name, text) in [("ada", "1"), ("bob", "2"), ("cat", "3")] {
        moved(&mut published, name, 1, text);
        frame(&mut published);
    }
    assert_eq!(answer(&mut published, 1), (3, "bob:2 cat:3".to_owned()));
    assert_eq!(
        answer(&mut published, 0),
        (3, "ada:1 bob:2 cat:3".to_owned())
    );
    assert_eq!(
        answer(&mut published, 3),
        (3, String::new()),
        "also that it is nothing"
    );
    moved(&mut published, "ada", 1, "4");
    assert_eq!(
        answer(&mut published, 3),
        (3, "ada:4".to_owned()),
        "what is to come may come first"
    );
    assert_eq!(frame(&mut published), Some((4, "ada:4".to_owned())));
}

#[test]
fn an_answer_comes_in_parts_and_not_too_often() {
    let mut published = PublishedMoves::default();
    let crowd = (0..600).map(|n| (id(&n.to_string()), 1, json("1")));
    published.moved(crowd.collect());
    while frame(&mut published).is_some() {}
    published.ask("asker", 0);
    let now = Instant::now();
    let parts: Vec<(u32, u32, usize)> = std::iter::from_fn(|| published.take_part(now, same))
        .map(|(_, part, players)| (part.part, part.parts, players.len()))
        .collect();
    assert_eq!(parts, [(1, 3, 256), (2, 3, 256), (3, 3, 88)]);
    published.ask("asker", 0);
    assert!(published.take_part(now, same).is_none());
    assert_eq!(published.next_answer(now), Some(now + ANSWER_PAUSE));
    assert!(published.take_part(now + ANSWER_PAUSE, same).is_some());
    for n in 0..2 * ASKERS {
        published.ask(&n.to_string(), 0);
    }
    assert_eq!(published.asked.len(), ASKERS);
}

#[test]
fn an_answer_that_waits_for_its_turn_has_what_frames_brought_meanwhile() {
    let mut published = PublishedMoves::default();
    for (name, text) in [("ada", "1"), ("bob", "2")] {
        moved(&mut published, name, 1, text);
        frame(&mut published);
    }
    published.ask("first", 1);
    published.ask("second", 1);
    let now = Instant::now();
    let (asker, _, players) = published.take_part(now, same).unwrap();
    assert_eq!(
        (asker.as_str(), brief(&players).as_str()),
        ("first", "bob:2")
    );
    moved(&mut published, "ada", 1, "3");
    frame(&mut published);
    published.ask("second", 1);
    let (asker, part, players) = published.take_part(now, same).unwrap();
    assert_eq!((asker.as_str(), part.sequence), ("second", 3));
    assert_eq!(brief(&players), "ada:3 bob:2");
    let again = published.take_part(now + ANSWER_PAUSE, same);
    assert!(again.is_none(), "who asks twice is answered once");
}

#[test]
fn whoever_is_not_held_any_more_is_not_told_of() {
    let mut published = PublishedMoves::default();
    moved(&mut published, "ada", 1, "1");
    moved(&mut published, "bob", 1, "1");
    moved(&mut published, "cat", 1, "1");
    published.released(&id("ada"));
    let held = |id: &PlayerId, fence| (id.as_str() == "bob").then_some(fence + 4);
    let (_, players) = published.take_frame(held).unwrap();
    let fences: Vec<u64> = players.iter().map(|it| it.1).collect();
    assert_eq!((brief(&players).as_str(), &fences[..]), ("bob:1", &[5][..]));
    assert_eq!(answer(&mut published, 0).1, "bob:1");
}

#[test]
fn what_an_assertion_told_needs_no_frame_and_what_moved_meanwhile_does() {
    let mut published = PublishedMoves::default();
    moved(&mut published, "ada", 1, "1");
    for name in ["ada", "bob", "cat"] {
        published.asserting(&id(name), 1, &json("1"));
    }
    moved(&mut published, "bob", 1, "2");
    frame(&mut published);
    moved(&mut published, "ada", 1, "1");
    for name in ["ada", "bob", "cat"] {
        published.asserted(&id(name), &json("1"));
    }
    assert_eq!(
        frame(&mut published),
        Some((2, "ada:1 bob:2".to_owned())),
        "it may have come before, and Redis may have known her and published nobody"
    );
    assert_eq!(
        answer(&mut published, 2).1,
        "cat:1",
        "and who asks hears of all"
    );
}

#[test]
fn what_overtook_a_refresh_is_told_once_more_behind_it() {
    let mut published = PublishedMoves::default();
    let ada = id("ada");
    moved(&mut published, "ada", 1, "1");
    published.refreshed(&ada, 1, json("2"));
    assert_eq!(frame(&mut published), None, "the script tells it");
    moved(&mut published, "ada", 1, "3");
    assert_eq!(frame(&mut published), Some((1, "ada:3".to_owned())));
    published.publish_again(&ada);
    assert_eq!(frame(&mut published), Some((2, "ada:3".to_owned())));
    published.released(&ada);
    published.publish_again(&ada);
    assert_eq!(frame(&mut published), None);
}

#[test]
fn a_new_link_goes_on_counting_and_owes_nothing() {
    let mut published = PublishedMoves::default();
    moved(&mut published, "ada", 1, "1");
    frame(&mut published);
    moved(&mut published, "ada", 1, "2");
    published.ask("asker", 0);
    published.restart();
    assert!(!published.has_waiting() && published.next_answer(Instant::now()).is_none());
    moved(&mut published, "ada", 1, "3");
    assert_eq!(frame(&mut published), Some((2, "ada:3".to_owned())));
}

#[test]
fn redis_is_written_to_now_and_then_and_only_what_is_new() {
    let mut published = PublishedMoves::default();
    let now = Instant::now();
    published.begin_mirroring(now, same);
    moved(&mut published, "ada", 1, "1");
    moved(&mut published, "bob", 1, "1");
    let (_, players) = published.take_frame(same).unwrap();
    published.begin_mirroring(now, same);
    assert!(!published.has_unmirrored());
    published.begin_mirroring(now + MIRROR_PAUSE, same);
    assert_eq!(brief(&published.take_unmirrored(same)), "ada:1 bob:1");
    moved(&mut published, "bob", 1, "2");
    published.begin_mirroring(now + 2 * MIRROR_PAUSE, same);
    let unpublished = published.take_unmirrored(same);
    assert_eq!(brief(&unpublished), "", "no frame published of him yet");
    frame(&mut published);
    published.begin_mirroring(now + 3 * MIRROR_PAUSE, same);
    assert_eq!(brief(&published.take_unmirrored(same)), "bob:2");
    moved(&mut published, "ada", 1, "3");
    published.written(&players);
    published.begin_mirroring(now + 4 * MIRROR_PAUSE, same);
    assert!(!published.has_unmirrored(), "flush.lua has written her");
}

#[test]
fn the_last_frame_is_named_when_it_is_time() {
    let mut published = PublishedMoves::default();
    assert_eq!(published.take_mark(), None);
    published.mark();
    assert_eq!(published.take_mark(), Some(0));
    moved(&mut published, "ada", 1, "1");
    frame(&mut published);
    published.mark();
    assert_eq!(
        (published.take_mark(), published.take_mark()),
        (Some(1), None)
    );
}
