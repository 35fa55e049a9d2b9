//! A client's frames, in pieces of every size.

use proptest::prelude::*;

use super::*;

const FIN_TEXT: u8 = 0x81;

/// A client's frame.
fn frame(kind: u8, payload: &[u8]) -> Vec<u8> {
    let mask = [7, 8, 9, 10];
    let mut frame = vec![kind];
    match u16::try_from(payload.len()) {
        Ok(len @ 0..=125) => frame.push(0x80 | len as u8),
        Ok(len) => {
            frame.push(0x80 | 126);
            frame.extend(len.to_be_bytes());
        }
        Err(_) => {
            frame.push(0x80 | 127);
            frame.extend((payload.len() as u64).to_be_bytes());
        }
    }
    frame.extend(mask);
    frame.extend(payload.iter().zip(mask.iter().cycle()).map(|(a, b)| a ^ b));
    frame
}

/// What became of some bytes, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Fate {
    Taken(String),
    /// Bytes the owner got.
    Left(Vec<u8>),
}

/// Feeds bytes in pieces as a transport does. Texts that begin with `42` are taken.
fn fates(bytes: &[u8], pieces: &[usize]) -> Vec<Fate> {
    let mut incoming = websocket();
    let mut fates: Vec<Fate> = Vec::new();
    let mut rest = bytes;
    for piece in pieces.iter().cycle() {
        let (now, later) = rest.split_at(rest.len().min((*piece).max(1)));
        rest = later;
        let mut bytes = [&incoming.ahead[..], now].concat();
        loop {
            let left = incoming.pass(&mut bytes, |text| {
                let take = text.starts_with("42");
                if take {
                    fates.push(Fate::Taken(text.to_owned()));
                }
                take
            });
            let left = left.unwrap();
            incoming.keep(&bytes[left.end..], left.is_empty());
            if left.is_empty() {
                break;
            }
            match fates.last_mut() {
                Some(Fate::Left(before)) => before.extend_from_slice(&bytes[left]),
                _ => fates.push(Fate::Left(bytes[left].to_vec())),
            }
            bytes.clone_from(&incoming.ahead);
        }
        if rest.is_empty() {
            break;
        }
    }
    assert_eq!(incoming.ahead, b"", "nothing is kept of whole frames");
    fates
}

/// A connection that has just become a websocket.
fn websocket() -> IncomingBytes {
    let mut incoming = IncomingBytes::default();
    incoming.read(b"GET / HTTP/1.1\r\n\r\n").unwrap();
    assert!(!incoming.has_frames());
    incoming.begin_frames(b"").unwrap();
    assert!(incoming.has_frames());
    incoming
}

/// What should become of frames: texts that are taken, and all others as bytes.
fn expected(frames: &[(u8, Vec<u8>)]) -> Vec<Fate> {
    let mut fates = Vec::new();
    for (kind, payload) in frames {
        let text = String::from_utf8(payload.clone());
        match (kind, text) {
            (&FIN_TEXT, Ok(text)) if text.starts_with("42") && text.len() <= 4096 => {
                fates.push(Fate::Taken(text));
            }
            _ => {
                let bytes = frame(*kind, payload);
                match fates.last_mut() {
                    Some(Fate::Left(left)) => left.extend(bytes),
                    _ => fates.push(Fate::Left(bytes)),
                }
            }
        }
    }
    fates
}

fn any_frame() -> impl Strategy<Value = (u8, Vec<u8>)> {
    let event = (0..300_usize).prop_map(|len| format!("42{}", "é".repeat(len)).into_bytes());
    let large = (4000..5000_usize).prop_map(|len| format!("42{}", "x".repeat(len)).into_bytes());
    let other = proptest::collection::vec(any::<u8>(), 0..200);
    prop_oneof![
        6 => event.prop_map(|payload| (FIN_TEXT, payload)),
        1 => large.prop_map(|payload| (FIN_TEXT, payload)),
        // Texts that are none, binary messages, pings, pongs and a close.
        3 => (prop_oneof![Just(FIN_TEXT), Just(0x82), Just(0x89), Just(0x8A), Just(0x88)], other),
    ]
}

proptest! {
    #[test]
    fn every_frame_is_taken_or_left_whole_and_in_order(
        frames in proptest::collection::vec(any_frame(), 0..12),
        pieces in proptest::collection::vec(1..700_usize, 1..8),
    ) {
        let bytes: Vec<u8> = frames.iter().flat_map(|(kind, it)| frame(*kind, it)).collect();
        prop_assert_eq!(fates(&bytes, &pieces), expected(&frames));
    }

    /// The owner reads the first bytes itself, in any pieces; from wherever frames may be shown then,
    /// they are shown whole.
    #[test]
    fn reading_may_change_hands_anywhere(
        frames in proptest::collection::vec(any_frame(), 1..6),
        by_owner in 0..2000_usize,
        piece in 1..300_usize,
    ) {
        let bytes: Vec<u8> = frames.iter().flat_map(|(kind, it)| frame(*kind, it)).collect();
        let mut incoming = websocket();
        let mut at = 0;
        while at < bytes.len() && (at < by_owner || !incoming.has_frames()) {
            let end = bytes.len().min(at + if at < by_owner { piece } else { 1 });
            incoming.read(&bytes[at..end]).unwrap();
            at = end;
        }
        let mut shown = Vec::new();
        let mut rest = bytes[at..].to_vec();
        let mut start = 0;
        while start < rest.len() {
            let left = incoming.pass(&mut rest[start..], |text| {
                shown.push(text.to_owned());
                true
            });
            let left = left.unwrap();
            if left.is_empty() {
                break;
            }
            start += left.end;
        }
        let texts = expected(&frames).into_iter().filter_map(|fate| match fate {
            Fate::Taken(text) => Some(text),
            Fate::Left(_) => None,
        });
        let texts: Vec<_> = texts.collect();
        let events: Vec<_> = shown.iter().filter(|it| it.starts_with("42")).cloned().collect();
        prop_assert!(texts.ends_with(&events), "{:?}", events);
        if at == 0 {
            prop_assert_eq!(events, texts);
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let mut copy = bytes.clone();
        if let Ok(left) = websocket().pass(&mut copy, |_| false) {
            prop_assert!(left.start <= left.end && left.end <= bytes.len());
        }
        prop_assert_eq!(copy, bytes, "what is not taken is as it was");
    }
}

#[test]
fn the_parts_of_a_fragmented_message_are_left() {
    let frames = [
        (0x01, b"42first".to_vec()),
        (0x89, b"ping".to_vec()),
        (0x80, b"42last".to_vec()),
        (FIN_TEXT, b"42whole".to_vec()),
    ];
    let bytes: Vec<u8> = frames
        .iter()
        .flat_map(|(kind, it)| frame(*kind, it))
        .collect();
    let fates = fates(&bytes, &[7]);
    assert_eq!(fates.last(), Some(&Fate::Taken("42whole".to_owned())));
    assert_eq!(fates.len(), 2);
    // A text inside a fragmented message is the library's to complain about.
    let wrong = [frame(0x01, b"42a"), frame(FIN_TEXT, b"42b")].concat();
    let mut incoming = websocket();
    let mut bytes = wrong.clone();
    let mut at = 0;
    while at < bytes.len() {
        let left = incoming.pass(&mut bytes[at..], |text| panic!("{text} was shown"));
        let left = left.unwrap();
        assert_eq!(left.start, 0, "all is left");
        at += left.end;
    }
    assert_eq!(bytes, wrong);
}

#[test]
fn what_came_with_the_request_is_followed_too() {
    let all = [frame(FIN_TEXT, b"42[1]"), frame(FIN_TEXT, b"42[2]")].concat();
    for behind in 0..all.len() {
        let mut incoming = IncomingBytes::default();
        incoming.begin_frames(&all[..behind]).unwrap();
        let mut at = behind;
        while !incoming.has_frames() {
            incoming.read(&all[at..=at]).unwrap();
            at += 1;
        }
        let mut rest = all[at..].to_vec();
        let mut shown = Vec::new();
        let mut start = 0;
        while start < rest.len() {
            let left = incoming.pass(&mut rest[start..], |text| {
                shown.push(text.to_owned());
                true
            });
            let left = left.unwrap();
            start += left.end.max(1);
        }
        assert!(
            ["42[1]", "42[2]"].ends_with(&shown.iter().map(String::as_str).collect::<Vec<_>>())
        );
    }
}

/// A CONNECT that is too large or has a long name, whole and in parts, read by either.
#[test]
fn an_excessive_connect_ends_the_connection() {
    let long = format!("40/{},", "n".repeat(100));
    let large = format!("40{{{}", "x".repeat(1_000_000));
    let whole = |text: &str| frame(FIN_TEXT, text.as_bytes());
    let in_parts = |text: &str| {
        let (first, rest) = text.as_bytes().split_at(1);
        let (second, third) = rest.split_at(rest.len() / 2);
        [
            frame(1, first),
            frame(0x89, b"40"),
            frame(0, second),
            frame(0x80, third),
        ]
        .concat()
    };
    let fits = format!("40{{{}", "x".repeat(4000));
    let other = format!("42{}", "x".repeat(1_000_000));
    let check = |bytes: &[u8], expected: Result<(), Excess>| {
        for size in [1, 6, 4096, usize::MAX] {
            let mut by_owner = websocket();
            let pieces: Vec<_> = bytes.chunks(size.min(bytes.len())).collect();
            let read = pieces.iter().try_for_each(|piece| by_owner.read(piece));
            assert_eq!(read, expected, "in pieces of {size}");
        }
        let mut shown = websocket();
        let mut copy = bytes.to_vec();
        let mut at = 0;
        let mut passed = Ok(());
        while at < copy.len() && passed.is_ok() {
            passed = shown
                .pass(&mut copy[at..], |_| false)
                .map(|left| at += left.end);
        }
        assert_eq!(passed, expected, "shown first");
    };
    for text in [&fits, &other] {
        check(&whole(text), Ok(()));
        check(&in_parts(text), Ok(()));
    }
    for (text, excess) in [(&long, Excess::LongName), (&large, Excess::Large)] {
        check(&whole(text), Err(excess));
        check(&in_parts(text), Err(excess));
    }
    check(&frame(0x82, large.as_bytes()), Ok(()));
    // The frames before it are whole.
    check(
        &[whole("42[]"), whole("41"), whole(&long)].concat(),
        Err(Excess::LongName),
    );
}
