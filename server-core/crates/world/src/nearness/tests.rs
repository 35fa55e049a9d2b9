//! Single rules, on worlds in which everybody stands where the rule needs them.

use super::model::CrowdModel;
use super::*;

/// A square of so many players a side, a tile apart.
fn field(side: u16) -> CrowdModel {
    let mut crowd = CrowdModel::new(20);
    for n in 0..side * side {
        crowd.join(n, f64::from(n % side), f64::from(n / side));
    }
    crowd.watch();
    crowd
}

#[test]
fn the_nearest_are_told_of_at_every_flush() {
    let mut crowd = field(20);
    let reader = crowd.reader(Some(210));
    for _ in 0..40 {
        for n in 0..400 {
            crowd.shift(n, 0.01, -0.01);
        }
        crowd.flush(1, |_| true);
        let wrong = crowd.wrong_within(reader, 210, 2.3);
        assert_eq!(wrong, Vec::<String>::new());
    }
    assert!(crowd.told(reader) < 40 * 130, "and the others less often");
}

#[test]
fn who_is_near_stays_near_while_cells_begin_and_end() {
    let mut crowd = field(20);
    let reader = crowd.reader(Some(210));
    for round in 0..120 {
        for n in 0..400 {
            // Each row walks against the next one, and now and then they turn.
            let is_ahead = (n / 20 + round / 40) % 2 == 0;
            crowd.shift(n, if is_ahead { 0.15 } else { -0.15 }, 0.0);
        }
        crowd.flush(1, |_| true);
        let wrong = crowd.wrong_within(reader, 210, 1.2);
        assert_eq!(wrong, Vec::<String>::new(), "in round {round}");
    }
}

#[test]
fn everybody_is_told_of_within_a_second() {
    let mut crowd = field(20);
    let reader = crowd.reader(Some(0));
    let watcher = crowd.reader(None);
    crowd.shift(399, 0.5, 0.5);
    for _ in 0..FAR_BEATS {
        crowd.flush(1, |_| true);
    }
    for reader in [reader, watcher] {
        assert!(crowd.is_right(reader));
        assert_eq!(crowd.told(reader), 1);
    }
}

#[test]
fn who_comes_in_is_no_work_for_those_who_stand_still() {
    let mut crowd = field(20);
    let reader = crowd.reader(Some(210));
    for n in 400..500 {
        crowd.join(n, f64::from(n % 20), 30.0);
        crowd.flush(1, |_| true);
    }
    assert_eq!(crowd.selected(reader), 0);
    crowd.shift(211, 0.1, 0.1);
    crowd.flush(1, |_| true);
    assert_eq!(crowd.wrong_within(reader, 210, 2.0), Vec::<String>::new());
    assert_eq!(crowd.told(reader), 1);
    // For others it is far, so it takes a turn of everybody until it is certain that all know.
    for _ in 0..3 * FAR_BEATS {
        crowd.flush(1, |_| true);
    }
    assert!(crowd.selected(reader) <= 2 * FAR_BEATS as usize);
    assert_eq!(crowd.told(reader), 1);
}

#[test]
fn of_whoever_waited_elsewhere_everybody_is_told_in_the_next_flush_and_once() {
    let mut crowd = field(20);
    let readers = [Some(0), Some(399), None].map(|stands| crowd.reader(stands));
    for _ in 0..FAR_BEATS {
        crowd.say_hurried(210);
        crowd.flush(1, |_| true);
        for reader in readers {
            assert!(crowd.is_right(reader));
        }
    }
    for _ in 0..FAR_BEATS {
        crowd.flush(1, |_| true);
    }
    for reader in readers {
        assert_eq!(crowd.told(reader), FAR_BEATS as usize);
    }
}

#[test]
fn in_a_crowd_on_one_spot_not_everybody_is_near() {
    let mut crowd = CrowdModel::new(20);
    for n in 0..600 {
        crowd.join(n, 5.0, 5.0);
    }
    crowd.watch();
    let reader = crowd.reader(Some(7));
    for _ in 0..FAR_BEATS {
        for n in 0..600 {
            crowd.say(n);
        }
        crowd.flush(1, |_| true);
    }
    let told = crowd.told(reader);
    assert!(told >= 16 * 20, "{told} are too few");
    assert!(told < 16 * 9 * 10 + 600, "{told} are too many");
}

#[test]
fn those_of_another_map_are_far() {
    let mut crowd = CrowdModel::new(20);
    for n in 0..10 {
        crowd.join(n, 0.0, 0.0);
    }
    crowd.watch();
    let reader = crowd.reader(Some(0));
    crowd.go_to(1, "cellar");
    for _ in 0..FAR_BEATS {
        crowd.flush(1, |_| true);
    }
    assert_eq!(crowd.told(reader), 1);
    for _ in 0..FAR_BEATS {
        crowd.say(1);
        crowd.say(2);
        crowd.flush(1, |_| true);
    }
    assert_eq!(crowd.told(reader), 1 + 16 + 1);
}

#[test]
fn a_client_of_single_updates_keeps_within_its_bytes_and_sees_everybody_in_the_end() {
    const PER_SECOND: usize = 20_000;
    let mut crowd = field(20);
    let mut view = crowd.world.nearness().unwrap().fresh_plain_view();
    let (mut shown, mut bytes, mut near) = (crowd.places(), 0, 0);
    let mut flush = |crowd: &mut CrowdModel, bytes: &mut usize, near: &mut usize| {
        crowd.flush(1, |_| true);
        for id in crowd.select_plain(&mut view, 210, PER_SECOND) {
            let player = crowd.world.player(&id).unwrap();
            *bytes += serde_json::to_string(player).unwrap().len() + 30;
            let (x, z) = (player.position.x, player.position.z);
            let before = shown.insert(id.as_str().to_owned(), (x, z));
            assert_ne!(before, Some((x, z)), "{id:?} is told twice");
            *near += usize::from((x - 10.0).hypot(z - 10.0) < 3.0);
        }
        // Where it is itself a client knows.
        let own = crowd.places()["p210"];
        shown.insert("p210".to_owned(), own);
        shown == crowd.places()
    };
    for _ in 0..20 * 20 {
        for n in 0..400 {
            crowd.shift(n, 0.001, 0.0);
        }
        flush(&mut crowd, &mut bytes, &mut near);
    }
    let least = PER_SECOND * 19;
    assert!(
        (least..=PER_SECOND * 20 + 2000).contains(&bytes),
        "{bytes} bytes"
    );
    assert!(
        near * 150 > bytes / 4,
        "those near come first, and {near} came"
    );
    let right = (0..20 * 20).find(|_| flush(&mut crowd, &mut bytes, &mut near));
    assert!(right.is_some(), "somebody is shown where nobody is");
}

#[test]
fn whoever_rests_is_told_of_in_time_however_few_the_bytes() {
    let mut crowd = field(20);
    let mut view = crowd.world.nearness().unwrap().fresh_plain_view();
    for n in 0..400 {
        crowd.shift(n, 0.5, 0.0);
    }
    let mut told = std::collections::HashSet::new();
    for _ in 0..19 * 20 {
        crowd.flush(1, |_| true);
        let now = crowd.select_plain(&mut view, 210, 800);
        assert!(now.len() < 12, "{} at once", now.len());
        told.extend(now);
    }
    assert_eq!(told.len(), 399);
}

#[test]
fn whoever_walks_on_is_told_of_to_everybody_within_a_second() {
    let mut crowd = field(20);
    let reader = crowd.reader(Some(399));
    let (mut silent, mut longest, mut told) = (0, 0, 0);
    for beat in 0..400 {
        // Up and down through the small cells, at a walker's pace.
        let is_up = beat / 100 % 2 == 0;
        crowd.shift(0, 0.0, if is_up { 0.14 } else { -0.14 });
        crowd.flush(1, |_| true);
        silent = match crowd.told(reader) > told {
            true => 0,
            false => silent + 1,
        };
        told = crowd.told(reader);
        longest = longest.max(silent);
    }
    assert!(longest <= FAR_BEATS, "{longest} beats");
}
