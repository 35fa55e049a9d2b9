//! What an encoder makes of odd input, and a decoder of frames that do not belong where they come.

use super::*;

#[test]
fn one_odd_player_does_not_spoil_the_frame() {
    let (mut encoder, mut decoder) = followed();
    encoder.push(&PlayerStep::default());
    assert!(encoder.is_empty(), "a player without an id");
    let half = Step::at("half", [f64::NAN, f64::INFINITY, 3.0]).named("Half");
    let frame = encode(&mut encoder, &[half.full()], |_| true);
    let step = Step::at("half", [0.0, 0.0, 3.0]).named("Half");
    assert_same(read(&mut decoder, &frame).unwrap(), &[step]);
}

/// Nought is no difference, so a short form that says nothing of a coordinate must not stand for it.
#[test]
fn who_comes_back_to_nought_from_an_odd_place_is_seen_there() {
    let odd = 2.0 / 7.0;
    for [from, to] in [
        [[odd, 0.0, 1.0], [0.0, 0.0, 1.0]],
        [[1.0, 0.0, odd], [1.0, 0.0, 0.0]],
        [[odd, 0.0, odd], [0.0, 0.0, 0.0]],
        [[odd, odd, odd], [0.0, 0.0, 0.0]],
        [[-0.0, 0.0, -0.0], [0.0, 0.0, 0.0]],
        [[f64::MAX, 0.0, odd], [0.7, 0.0, 0.0]],
    ] {
        let (mut encoder, mut decoder) = followed();
        for place in [from, to, to] {
            let steps = [Step::at("ada", place)];
            let frame = encode(&mut encoder, &steps, |_| true);
            assert_same(read(&mut decoder, &frame).unwrap(), &steps);
        }
    }
}

#[test]
fn what_does_not_follow_is_refused_until_a_keyframe() {
    let (mut encoder, mut decoder) = followed();
    let step = |x| [Step::at("ada", [x, 0.0, 0.0])];
    let frames = [1.0, 2.0, 3.0].map(|x| encode(&mut encoder, &step(x), |_| true));
    assert!(decoder.read(&frames[0]).is_ok());
    assert_eq!(decoder.read(&frames[2]), Err(BatchError::OutOfStep));
    assert!(!decoder.in_step());
    assert_eq!(decoder.read(&frames[1]), Err(BatchError::OutOfStep));
    assert_eq!(decoder.read(&encoder.keyframe()), Ok(Vec::new()));
    let frame = encode(&mut encoder, &step(4.0), |_| true);
    assert_same(read(&mut decoder, &frame).unwrap(), &step(4.0));
}

#[test]
fn another_stream_is_not_this_one() {
    let (mut encoder, _) = followed();
    let mut decoder = StreamDecoder::default();
    decoder.read(&StreamEncoder::new(2).keyframe()).unwrap();
    let frame = encode(&mut encoder, &[Step::at("ada", [0.0; 3])], |_| true);
    assert_eq!(decoder.read(&frame), Err(BatchError::OutOfStep));
}

#[test]
fn a_wrong_picture_is_noticed_by_the_next_checksum() {
    let (mut encoder, mut decoder) = followed();
    let step = |x| [Step::at("ada", [x, 0.0, 0.0])];
    let frame = encode(&mut encoder, &step(1.0), |_| true);
    decoder.read(&frame).unwrap();
    // A frame whose step was read otherwise than it was meant.
    let mut other = encode(&mut encoder, &step(1.5), |_| true).to_vec();
    *other.last_mut().unwrap() ^= 2;
    let wrong = read(&mut decoder, &other).unwrap();
    assert_ne!(wrong, step(1.5));
    let noticed = (0..CHECK_EVERY).find_map(|number| {
        let frame = encode(&mut encoder, &step(f64::from(number)), |_| true);
        decoder.read(&frame).err()
    });
    assert_eq!(noticed, Some(BatchError::CheckFailed));
}

#[test]
fn slots_of_those_who_left_are_given_out_again() {
    let (mut encoder, mut decoder) = followed();
    let ids = ["ada", "ben", "cy"];
    let all = ids.map(|id| Step::at(id, [1.0, 0.0, 2.0]));
    decoder.read(&encode(&mut encoder, &all, |_| true)).unwrap();
    for _ in 1..CHECK_EVERY {
        let frame = encode(&mut encoder, &all[..1], |id| id == "ada");
        assert_same(read(&mut decoder, &frame).unwrap(), &all[..1]);
    }
    let heirs = ["dee", "eli"].map(|id| Step::at(id, [5.5, 0.25, -2.0]));
    let frame = encode(&mut encoder, &heirs, |_| true);
    assert_same(read(&mut decoder, &frame).unwrap(), &heirs);
    assert_eq!(encoder.slot_count(), 3);
    let mut late = StreamDecoder::default();
    assert_eq!(late.read(&encoder.keyframe()), Ok(Vec::new()));
}

#[test]
fn a_stream_that_starts_again_needs_its_keyframe() {
    let (mut encoder, mut decoder) = followed();
    let step = [Step::at("ada", [1.0, 0.0, 2.0])];
    decoder
        .read(&encode(&mut encoder, &step, |_| true))
        .unwrap();
    encoder.restart();
    let keyframe = encoder.keyframe();
    let frame = encode(&mut encoder, &step, |_| true);
    assert_eq!(decoder.read(&frame), Err(BatchError::OutOfStep));
    decoder.read(&keyframe).unwrap();
    assert_same(read(&mut decoder, &frame).unwrap(), &step);
}

#[test]
fn every_prefix_of_a_frame_is_truncated() {
    let (mut encoder, decoder) = followed();
    let steps = [
        Step::at("ada", [1.5, 0.0, 0.1]).animated("walk"),
        Step::at("ben", [std::f64::consts::PI, 0.0, 2.0]).with("{}"),
    ];
    let frame = encode(&mut encoder, &steps, |_| true);
    for frame in [frame, encoder.keyframe()] {
        for length in 0..frame.len() {
            let read = decoder.clone().read(&frame[..length]).map(|_| ());
            assert_eq!(read, Err(BatchError::Truncated { at: length }));
        }
    }
}

/// One more word than are remembered, and the first of them again.
#[test]
fn a_crowd_of_animations_is_read_all_the_same() {
    let (mut encoder, mut decoder) = followed();
    for round in 0..200 {
        let animation = format!("dance-{}", round % 64);
        let step = [Step::at("ada", [0.0; 3]).animated(&animation)];
        let frame = encode(&mut encoder, &step, |_| true);
        assert_same(read(&mut decoder, &frame).unwrap(), &step);
        if round % 50 == 0 {
            decoder = StreamDecoder::default();
            decoder.read(&encoder.keyframe()).unwrap();
        }
    }
}

/// Steps are read in the order of their slots, whoever moved first.
#[test]
fn animations_are_numbered_in_the_order_in_which_they_are_read() {
    let (mut encoder, mut decoder) = followed();
    let step = |id, animation| Step::at(id, [0.0; 3]).animated(animation);
    for animations in [["sit", "wave"], ["wave", "sit"], ["jump", "swim"]] {
        let [first, second] = animations;
        let steps = [step("ben", second), step("ada", first)];
        let frame = encode(&mut encoder, &steps, |_| true);
        assert_same(read(&mut decoder, &frame).unwrap(), &steps);
        let steps = [step("ada", second), step("ben", first)];
        let frame = encode(&mut encoder, &steps, |_| true);
        assert_same(read(&mut decoder, &frame).unwrap(), &steps);
    }
}

#[test]
fn more_decimals_are_taken_on_and_kept() {
    let (mut encoder, mut decoder) = followed();
    let limit = f64::from(1 << 27);
    for x in [
        1.0,
        2.5,
        2.25,
        7.0,
        0.125,
        0.0625,
        3.0,
        limit - 1.0,
        limit,
        -limit,
        0.1,
        -0.0,
        f64::MIN_POSITIVE,
        f64::MAX,
        8.5,
    ] {
        let step = [Step::at("ada", [x, -x, 0.3])];
        let frame = encode(&mut encoder, &step, |_| true);
        assert_same(read(&mut decoder, &frame).unwrap(), &step);
    }
}
