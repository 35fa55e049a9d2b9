//! What several clients are told alike, as one piece or frame by frame.

use std::sync::atomic::Ordering;

use super::*;
use crate::frame::FrameGroup;

fn two_frames() -> Arc<FrameGroup> {
    let frame = |name| Frame::event(name, crate::to_json(&serde_json::json!({ "id": name })));
    let frames = [events::PLAYER_UPDATED, events::PLAYERS_UPDATED].map(frame);
    Arc::new(FrameGroup::new(frames.into()))
}

fn encode(frame: &Frame) -> Bytes {
    let Frame::Event { name, encoded, .. } = frame else {
        panic!("only events are in it");
    };
    encoded.get_or_encode(|| Bytes::from(*name)).clone()
}

#[test]
fn a_group_leaves_before_what_comes_behind_it() {
    let (_, link, mut outbox) = joined();
    link.sent();
    link.full.store(true, Ordering::Relaxed);
    outbox.push_near_group(&two_frames(), Some(7));
    let reply = crate::to_json(&serde_json::json!({}));
    let ack = Frame::Ack {
        id: 3,
        payload: reply,
    };
    outbox.push(ack).unwrap();
    outbox.pump(&link);
    assert!(outbox.is_behind());
    assert_eq!(outbox.stream_at(), Some(7));
    link.full.store(false, Ordering::Relaxed);
    outbox.pump(&link);
    let sent = link.sent();
    let names: Vec<&str> = sent.iter().filter_map(|it| it.split(' ').next()).collect();
    let expected = [events::PLAYER_UPDATED, events::PLAYERS_UPDATED, "ack"];
    assert_eq!(names, expected);
    assert!(!outbox.is_behind());
}

#[test]
fn a_group_that_a_link_has_encoded_is_written_as_one_piece() {
    let (_, link, mut outbox) = joined();
    link.sent();
    let group = two_frames();
    outbox.push_near_group(&group, None);
    assert_eq!(
        outbox.write_only_batch(|_| true),
        None,
        "nobody has encoded it"
    );
    let whole = group.get_or_encode(encode);
    let names = [events::PLAYER_UPDATED, events::PLAYERS_UPDATED].concat();
    assert_eq!(whole, names);
    assert_eq!(outbox.write_only_batch(|_| false), None, "it was not taken");
    let mut written = None;
    let pumped = outbox.write_only_batch(|bytes| {
        written = Some(bytes.clone());
        true
    });
    assert_eq!((pumped, written), (Some(Pumped::default()), Some(whole)));
    assert!(!outbox.is_behind());
    outbox.pump(&link);
    assert_eq!(link.sent(), Vec::<String>::new());
}

#[test]
fn who_waits_for_a_snapshot_is_told_nothing_before() {
    let (_, link, mut outbox) = scene(UpdateForm::Stream);
    outbox.await_snapshot();
    outbox.push_near_group(&two_frames(), Some(7));
    outbox.pump(&link);
    assert_eq!(link.sent(), Vec::<String>::new());
    assert_eq!(outbox.stream_at(), None);
}
