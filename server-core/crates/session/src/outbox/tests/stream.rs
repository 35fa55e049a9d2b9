//! A reader of the stream gets every frame in order, or a keyframe.

use super::*;

/// As [`moved`], with a frame of the stream.
fn streamed(world: &mut WorldState, stream: &mut UpdateStream, x: f64) -> Arc<Flush> {
    step(world, x);
    let audience = Audience {
        plain: false,
        batch: false,
        stream: true,
        peers: false,
    };
    Arc::new(Flush::take(world, stream, audience).unwrap())
}

/// A reader of the stream that has read its keyframe.
fn reader(stream: &mut UpdateStream, link: &RecordingLink) -> Outbox {
    let mut outbox = outbox(UpdateForm::Stream);
    outbox.push(stream.keyframe()).unwrap();
    outbox.pump(link);
    assert_eq!(link.sent(), ["keyframe"]);
    outbox
}

#[test]
fn a_reader_of_the_stream_gets_every_frame_or_a_keyframe() {
    let (mut world, link, mut stream) = (world(), RecordingLink::default(), UpdateStream::new());
    let mut outbox = reader(&mut stream, &link);
    outbox.push_flush(&streamed(&mut world, &mut stream, 1.0));
    outbox.pump(&link);
    assert_eq!(link.sent(), ["players:updated"]);
    link.full.store(true, Ordering::Relaxed);
    outbox.push_flush(&streamed(&mut world, &mut stream, 2.0));
    outbox.pump(&link);
    link.full.store(false, Ordering::Relaxed);
    outbox.push_flush(&streamed(&mut world, &mut stream, 3.0));
    outbox.pump(&link);
    assert_eq!(link.sent(), Vec::<String>::new(), "they do not follow");
    let missed = outbox.take_missed(&link, None);
    assert_eq!(missed, Some(vec![PlayerId::trusted("ana")]));
    outbox.push(stream.keyframe()).unwrap();
    outbox.push_flush(&streamed(&mut world, &mut stream, 4.0));
    outbox.pump(&link);
    assert_eq!(link.sent(), ["keyframe", "players:updated"]);
    assert!(!outbox.is_behind());
}

#[test]
fn a_reader_that_missed_nothing_but_itself_is_out_of_step_all_the_same() {
    let (mut world, link, mut stream) = (world(), RecordingLink::default(), UpdateStream::new());
    let mover = Recipient {
        id: MOVER,
        updates: UpdateForm::Stream,
        packed: false,
    };
    let mut outbox = Outbox::new(mover, 1000);
    outbox.push(stream.keyframe()).unwrap();
    outbox.pump(&link);
    link.full.store(true, Ordering::Relaxed);
    outbox.push_flush(&streamed(&mut world, &mut stream, 1.0));
    outbox.pump(&link);
    assert!(outbox.is_behind());
    link.full.store(false, Ordering::Relaxed);
    assert_eq!(outbox.take_missed(&link, None), Some(Vec::new()));
    outbox.push(stream.keyframe()).unwrap();
    outbox.pump(&link);
    assert!(!outbox.is_behind());
}

#[test]
fn a_frame_that_repeats_the_snapshot_keeps_the_reader_in_step() {
    let (mut world, link, mut stream) = (world(), RecordingLink::default(), UpdateStream::new());
    let mut outbox = outbox(UpdateForm::Stream);
    let flush = streamed(&mut world, &mut stream, 1.0);
    step(&mut world, 2.0);
    let keyframe = Some(stream.keyframe());
    outbox.push_snapshot(world.snapshot(), world.revision(), keyframe);
    outbox.push_flush(&streamed(&mut world, &mut stream, 2.0));
    outbox.pump(&link);
    assert_eq!(link.sent()[1..], ["keyframe", "players:updated"]);
    drop(flush);
}

#[test]
fn a_frame_of_the_stream_is_written_at_once_only_when_it_follows() {
    let (mut world, link, mut stream) = (world(), RecordingLink::default(), UpdateStream::new());
    let mut outbox = reader(&mut stream, &link);
    let mut encoded = |x| {
        let flush = streamed(&mut world, &mut stream, x);
        if let Some(Frame::Binary { encoded, .. }) = flush.streamed.as_ref().map(|it| &it.frame) {
            encoded.get_or_encode(|| Bytes::from_static(b"frame"));
        }
        flush
    };
    let takes = |bytes: &Bytes| bytes == "frame";
    outbox.push_flush(&encoded(1.0));
    assert_eq!(outbox.write_only_batch(takes).unwrap().delivered, 1);
    let _ = encoded(2.0);
    outbox.push_flush(&encoded(3.0));
    assert_eq!(outbox.write_only_batch(takes), None);
    outbox.pump(&link);
    assert!(outbox.is_behind());
}

#[test]
fn a_keyframe_behind_a_snapshot_leaves_all_the_room_to_others() {
    let (mut world, link, mut outbox) = (
        world(),
        RecordingLink::default(),
        outbox(UpdateForm::Stream),
    );
    let keyframe = Frame::keyframe(0, Bytes::from(vec![0; 5000]));
    outbox.push_snapshot(world.snapshot(), world.revision(), Some(keyframe));
    outbox.push(left()).unwrap();
    outbox.push(left()).unwrap();
    outbox.pump(&link);
    let sent = link.sent();
    assert_eq!(sent[1], "keyframe");
    assert_eq!(sent.len(), 4);
}
