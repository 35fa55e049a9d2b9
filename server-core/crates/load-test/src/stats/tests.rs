//! Scripted servers and clocks: what arrived when, and what the statistics say about it.

use super::recorder::Recorder;
use super::{DeliveryCounts, Processes};
use crate::sequence::{self, Numbering};

const MS: u64 = 1000;

/// Three clients that all know each other, before the first update.
fn trio() -> Recorder {
    let mut recorder = Recorder::new(3, Numbering::Tile);
    for client in 0..3 {
        recorder.deliveries.joined(client);
        let everybody = (0..3).map(|it| (it, 0));
        recorder.deliveries.snapshot(client, everybody);
    }
    recorder
}

fn arrive(recorder: &mut Recorder, receiver: u32, sender: u32, number: u64, at_ms: u64) {
    let [x, z] = Numbering::Tile.mark([f64::from(sender), 2.0], number);
    let code = sequence::code(x, z).unwrap();
    let update = recorder.deliveries.resolve(sender, code).unwrap();
    recorder.received((receiver, sender), update, at_ms * MS);
}

fn send(recorder: &mut Recorder, sender: u32, at_ms: u64) {
    recorder.sent(sender, at_ms * MS, at_ms * MS);
}

#[test]
fn every_delivery_counts_once_with_its_own_latency() {
    let mut recorder = trio();
    send(&mut recorder, 0, 100);
    send(&mut recorder, 0, 200);
    arrive(&mut recorder, 1, 0, 1, 105);
    arrive(&mut recorder, 2, 0, 1, 110);
    arrive(&mut recorder, 1, 0, 2, 220);
    arrive(&mut recorder, 2, 0, 2, 260);
    arrive(&mut recorder, 0, 0, 2, 261);
    recorder.end_second(1000 * MS, Processes::default());
    let second = recorder.seconds.last().unwrap();
    assert_eq!((second.sent, second.due, second.delivered), (2, 4, 4));
    let fanout = second.fanout.as_ref().unwrap();
    assert_eq!((fanout.count, fanout.max_ms.round() as u64), (4, 60));
    assert_eq!(fanout.p50_ms.round() as u64, 10);
    assert_eq!(recorder.deliveries.missing(), super::Missing::default());
}

#[test]
fn a_gap_is_coalesced_and_waits_for_the_state_that_replaced_it() {
    let mut recorder = trio();
    for at in [100, 200, 300] {
        send(&mut recorder, 0, at);
    }
    arrive(&mut recorder, 1, 0, 3, 310);
    let counts = recorder.deliveries.counts;
    assert_eq!((counts.received, counts.coalesced), (1, 2));
    recorder.end_second(1000 * MS, Processes::default());
    let second = recorder.seconds.last().unwrap();
    let (fanout, age) = (
        second.fanout.as_ref().unwrap(),
        second.age.as_ref().unwrap(),
    );
    assert_eq!((fanout.count, fanout.max_ms.round() as u64), (3, 210));
    assert_eq!((age.count, age.max_ms.round() as u64), (1, 10));
}

#[test]
fn doubled_and_reordered_deliveries_are_not_received() {
    let mut recorder = trio();
    send(&mut recorder, 0, 100);
    send(&mut recorder, 0, 200);
    for number in [2, 2, 1, 2] {
        arrive(&mut recorder, 1, 0, number, 210);
    }
    let expected = DeliveryCounts {
        received: 1,
        coalesced: 1,
        duplicated: 2,
        reordered: 1,
        ..DeliveryCounts::default()
    };
    assert_eq!(recorder.deliveries.counts, expected);
}

#[test]
fn a_last_state_that_never_arrives_is_lost() {
    let mut recorder = trio();
    for at in [100, 200, 300] {
        send(&mut recorder, 0, at);
    }
    arrive(&mut recorder, 1, 0, 1, 110);
    arrive(&mut recorder, 2, 0, 3, 310);
    let missing = recorder.deliveries.missing();
    assert_eq!((missing.last_states, missing.updates), (1, 2));
    recorder.deliveries.disconnected(1);
    assert_eq!(recorder.deliveries.missing().last_states, 0);
}

#[test]
fn what_the_server_refused_may_be_missing() {
    let mut recorder = trio();
    send(&mut recorder, 0, 100);
    recorder.deliveries.uncertain(0);
    assert_eq!(recorder.deliveries.missing().last_states, 0);
}

#[test]
fn joins_and_leaves_are_due_exactly_once() {
    let mut recorder = Recorder::new(2, Numbering::Tile);
    recorder.deliveries.snapshot(0, std::iter::empty());
    recorder.deliveries.joined(0);
    recorder.deliveries.joined(1);
    assert_eq!(recorder.deliveries.missing().joined, 1);
    recorder.deliveries.observe_joined(0, 1, 0);
    assert_eq!(recorder.deliveries.missing().joined, 0);
    recorder.deliveries.observe_joined(0, 1, 0);
    recorder.deliveries.gone(1);
    assert_eq!(recorder.deliveries.missing().left, 1);
    recorder.deliveries.observe_left(0, 1);
    recorder.deliveries.observe_left(0, 1);
    assert_eq!(recorder.deliveries.missing().left, 0);
    let counts = recorder.deliveries.counts;
    assert_eq!((counts.joined, counts.joined_doubled), (1, 1));
    assert_eq!((counts.left, counts.left_doubled), (1, 1));
}

#[test]
fn an_update_of_an_unknown_player_is_stray() {
    let mut recorder = Recorder::new(2, Numbering::Tile);
    recorder.deliveries.snapshot(0, std::iter::empty());
    send(&mut recorder, 1, 100);
    arrive(&mut recorder, 0, 1, 1, 110);
    assert_eq!(recorder.deliveries.counts.stray, 1);
    assert_eq!(recorder.deliveries.counts.received, 0);
}

#[test]
fn waiting_before_the_emit_is_part_of_the_latency() {
    let mut recorder = trio();
    // Within the timer's grain the emit counts, beyond it the due time does.
    assert_eq!(recorder.sent(0, 100 * MS, 101 * MS), 101 * MS);
    assert_eq!(recorder.sent(0, 200 * MS, 250 * MS), 200 * MS);
    assert_eq!(recorder.late, 1);
    arrive(&mut recorder, 1, 0, 2, 251);
    recorder.end_second(1000 * MS, Processes::default());
    let age = recorder.seconds[0].age.clone().unwrap();
    assert_eq!(age.max_ms.round() as u64, 51);
}

#[test]
fn seconds_add_up_to_the_total() {
    let mut recorder = trio();
    for second in 0..3_u64 {
        send(&mut recorder, 0, second * 1000 + 10);
        arrive(&mut recorder, 1, 0, second + 1, second * 1000 + 20);
        recorder.acknowledged(0, (second * 1000 + 10) * MS, (second * 1000 + 12) * MS);
        recorder.end_second((second + 1) * 1000 * MS, Processes::default());
    }
    assert_eq!(recorder.total.age.count(), 3);
    assert_eq!(recorder.total.update.count(), 3);
    assert_eq!((recorder.sums.sent, recorder.sums.due), (3, 6));
    let per_second: Vec<u64> = recorder.seconds.iter().map(|it| it.delivered).collect();
    assert_eq!(per_second, [1, 1, 1]);
    assert_eq!(recorder.seconds[2].at_s, 3.0);
}

#[test]
fn in_a_dense_crowd_the_hundred_nearest_are_near() {
    let mut recorder = Recorder::new(300, Numbering::Tile);
    let players = || (0..300).map(|it| (it, 0));
    for client in 0..300 {
        recorder.joined(client, 5 * MS, 0, 10 * MS);
        recorder
            .deliveries
            .moved(client, [f64::from(client) / 100.0, 0.0]);
    }
    for client in [0, 299] {
        recorder.deliveries.snapshot(client, players());
    }
    recorder.deliveries.reads_single(299);
    recorder.end_second(1000 * MS, Processes::default());
    for sender in [100, 101, 298] {
        send(&mut recorder, sender, 1100);
        arrive(&mut recorder, 0, sender, 1, 1200);
        arrive(&mut recorder, 299, sender, 1, 1300);
    }
    recorder.end_second(2000 * MS, Processes::default());
    let counted = |it: &super::LatencyHistogram| it.summary().map_or(0, |it| it.count);
    let total = &recorder.total;
    assert_eq!(
        counted(&total.near),
        1,
        "not the 101st, though it is within three tiles"
    );
    assert_eq!(counted(&total.far), 2);
    assert_eq!(counted(&total.single), 3);
    assert_eq!(counted(&total.fanout), 3);
}

#[test]
fn near_ones_far_ones_and_slow_lines_are_told_apart() {
    let mut recorder = Recorder::new(4, Numbering::Tile);
    for client in 0..4 {
        recorder.joined(client, 5 * MS, 0, 10 * MS);
        recorder
            .deliveries
            .snapshot(client, (0..4).map(|it| (it, 0)));
        recorder.deliveries.moved(client, [0.0, 0.0]);
    }
    recorder.deliveries.moved(2, [9.0, 9.0]);
    recorder.deliveries.reads_slowly(3);
    send(&mut recorder, 0, 100);
    send(&mut recorder, 0, 150);
    arrive(&mut recorder, 1, 0, 2, 170);
    arrive(&mut recorder, 2, 0, 2, 900);
    recorder.end_second(1000 * MS, Processes::default());
    arrive(&mut recorder, 3, 0, 2, 5000);
    recorder.acknowledged(3, 0, 7000 * MS);
    recorder.end_second(8000 * MS, Processes::default());
    let most =
        |it: &super::LatencyHistogram| it.summary().map(|it| (it.count, (it.max_ms / 10.0) as u64));
    let total = &recorder.total;
    assert_eq!(most(&total.near), Some((2, 7)));
    assert_eq!(most(&total.far), Some((2, 80)));
    assert_eq!(most(&total.fanout), Some((4, 80)));
    assert_eq!(most(&total.slow), Some((2, 490)));
    assert_eq!(most(&total.update), None);
    assert_eq!(most(&total.arrival), Some((4, 1)));
    assert_eq!(
        recorder.seconds[0].near.as_ref().map(|it| it.count),
        Some(2)
    );
    assert_eq!(recorder.all_in, Some(10 * MS));
}

#[test]
fn whoever_was_dropped_comes_back_with_its_newest_state() {
    let mut recorder = trio();
    send(&mut recorder, 0, 100);
    for client in 0..3 {
        recorder.dropped(client, true);
    }
    recorder.all_dropped(2000 * MS);
    assert_eq!(recorder.deliveries.missing(), super::Missing::default());
    for client in 0..3 {
        let newest = recorder.deliveries.newest(0);
        assert_eq!(newest, 1, "the join carries the number of the last update");
        recorder
            .deliveries
            .snapshot(client, std::iter::once((0, newest * 1000 + 7)));
        recorder.joined(client, 0, 2100 * MS, 2500 * MS);
    }
    assert_eq!(recorder.connections.dropped, 3);
    assert_eq!(recorder.all_in, Some(500 * MS));
    let missing = recorder.deliveries.missing();
    assert_eq!((missing.last_states, missing.joined), (0, 4));
}
