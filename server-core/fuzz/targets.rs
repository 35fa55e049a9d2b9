//! What each target does with its bytes. The targets under `fuzz_targets/` call it with whatever the
//! fuzzer comes up with, and the test `corpus` of the server with what is committed under `corpus/`.

use std::net::{IpAddr, Ipv4Addr};

use contract::batch::stream::{PlayerStep, StreamDecoder, StreamEncoder};
use contract::batch::{BatchEncoder, PlayerChange, decode};
use contract::movement::movement;
use contract::{PayloadLimits, packed, payload};
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;
use serde_json::value::RawValue;
use server_core::config::SecurityConfig;
use server_core::gateway;
use server_core::request::client_address::AddressPolicy;

/// A target: the name of its folder, and what it does.
pub(crate) type Target = (&'static str, fn(&[u8]));

/// All of them.
pub(crate) const ALL: [Target; 8] = [
    ("batch_decode", batch_decode),
    ("stream_decode", stream_decode),
    ("packed_events", packed_events),
    ("incoming_frames", incoming_frames),
    ("inbound_event", inbound_event),
    ("movement", read_movement),
    ("forwarded_header", forwarded_header),
    ("node_envelope", node_envelope),
];

/// Any bytes are read or refused, and what is accepted can be written again and means the same.
pub(crate) fn batch_decode(data: &[u8]) {
    let Ok(changes) = decode(data) else { return };
    let mut encoder = BatchEncoder::default();
    for change in &changes {
        encoder.push(&PlayerChange {
            id: &change.id,
            full: change.full,
            position: change.position,
            animation: change.animation,
            name: change.name,
            metadata: change.metadata,
        });
    }
    let batch = encoder.finish();
    assert_eq!(decode(&batch).as_deref(), Ok(changes.as_slice()));
}

/// Any frames one after the other, each behind its length, are read or refused, and what is read can be
/// written as a stream of its own and means the same.
pub(crate) fn stream_decode(data: &[u8]) {
    let mut decoder = StreamDecoder::default();
    let (mut encoder, mut again) = (StreamEncoder::new(1), StreamDecoder::default());
    assert_eq!(again.read(&encoder.keyframe()), Ok(Vec::new()));
    let mut rest = data;
    while let Some((length, behind)) = rest.split_first() {
        let (frame, behind) = behind.split_at(behind.len().min(usize::from(*length)));
        rest = behind;
        let Ok(mut steps) = decoder.read(frame) else {
            continue;
        };
        // Two slots may have one id, which no encoder writes.
        steps.sort_by(|a, b| a.id.cmp(&b.id));
        steps.dedup_by(|a, b| a.id == b.id);
        for step in &steps {
            encoder.push(&PlayerStep {
                id: &step.id,
                position: step.position,
                full: step.full,
                animation: step.animation.as_deref(),
                name: step.name,
                metadata: step.metadata,
            });
        }
        let written = encoder.finish(|_| true);
        let mut read = again.read(&written).expect("what was written is read");
        read.sort_by(|a, b| a.id.cmp(&b.id));
        assert_eq!(read, steps);
    }
}

/// Any bytes are unpacked within the limit or refused, as an attachment and as what one would stand for, and what is read
/// can be packed again and means the same.
pub(crate) fn packed_events(data: &[u8]) {
    if let Ok(text) = packed::unpack(data) {
        assert!(text.len() <= packed::LIMIT_BYTES);
        packed_again(&text);
    }
    if let Ok(text) = str::from_utf8(data) {
        packed_again(text);
    }
}

fn packed_again(text: &str) {
    fn read(text: &str) -> Option<Vec<(String, Box<RawValue>)>> {
        let events = packed::events(text).ok()?;
        let owned = events.iter().map(|event| {
            let payload = RawValue::from_string(event.payload().to_owned());
            (event.name().to_owned(), payload.expect("a payload is JSON"))
        });
        Some(owned.collect())
    }
    let Some(events) = read(text) else { return };
    let listed: Vec<_> = events
        .iter()
        .map(|(name, it)| (name.as_str(), it))
        .collect();
    let packed = packed::pack(&listed).expect("it is no longer than it was");
    let again = packed::unpack(&packed).expect("what was packed is unpacked");
    let again = read(&again).expect("and holds events");
    let texts = |events: &[(String, Box<RawValue>)]| -> Vec<(String, String)> {
        let texts = events
            .iter()
            .map(|(name, it)| (name.clone(), it.get().to_owned()));
        texts.collect()
    };
    assert_eq!(texts(&again), texts(&events));
}

/// Whatever a client's websocket brings, in pieces of the first byte's size: it is taken or left
/// whole and in order, and both who may read it find the same excess.
pub(crate) fn incoming_frames(data: &[u8]) {
    let Some((size, bytes)) = data.split_first() else {
        return;
    };
    transport::incoming::fuzz(bytes, usize::from(*size) + 1);
}

/// An event that is taken beside the library is the one that the library would have read.
pub(crate) fn inbound_event(data: &[u8]) {
    if let Ok(text) = str::from_utf8(data) {
        gateway::fuzz_event(text);
    }
}

/// An update that is read without a tree is the one that is read with one.
pub(crate) fn read_movement(data: &[u8]) {
    let Ok(arguments) = str::from_utf8(data) else {
        return;
    };
    let limits = PayloadLimits::default();
    let Some(patch) = movement(arguments, &limits) else {
        return;
    };
    let Ok(Value::Array(elements)) = serde_json::from_str(arguments) else {
        panic!("{arguments} is no array, yet a movement was read");
    };
    assert_eq!(payload::update(elements.get(1), &limits), Ok(patch));
}

/// Only what trusted proxies wrote decides who is calling: nobody is local behind one, and without
/// one the peer is the caller. One header a line.
pub(crate) fn forwarded_header(data: &[u8]) {
    let mut headers = HeaderMap::new();
    for line in data.split(|byte| *byte == b'\n') {
        let (name, value) = match line.split_first() {
            Some((b'h', value)) => (HeaderName::from_static("host"), value),
            Some((b'p', value)) => (HeaderName::from_static("x-forwarded-proto"), value),
            Some((b'o', value)) => (HeaderName::from_static("origin"), value),
            Some((b'f', value)) => (HeaderName::from_static("forwarded"), value),
            _ => (HeaderName::from_static("x-forwarded-for"), line),
        };
        if let Ok(value) = HeaderValue::from_bytes(value) {
            headers.append(name, value);
        }
    }
    let policy = AddressPolicy::new(&SecurityConfig {
        trusted_proxies: vec!["10.0.0.0/8".to_owned(), "127.0.0.2".to_owned()],
        ..SecurityConfig::default()
    })
    .expect("these are blocks");
    let strangers = [[203, 0, 113, 9], [127, 0, 0, 1]].map(|it| IpAddr::V4(Ipv4Addr::from(it)));
    for peer in strangers {
        let client = policy.resolve(peer, &headers);
        assert_eq!(client.ip, peer);
        assert!(!client.https, "nobody who is trusted said so");
        assert!(!client.local || peer.is_loopback());
        let is_forwarded = headers.contains_key("x-forwarded-for");
        assert!(!client.local || !is_forwarded);
    }
    for proxy in [[10, 1, 2, 3], [127, 0, 0, 2]].map(|it| IpAddr::V4(Ipv4Addr::from(it))) {
        let client = policy.resolve(proxy, &headers);
        assert!(!client.local);
        assert_eq!(client.ip, client.ip.to_canonical());
    }
}

/// Whatever another node, or a stranger in its place, publishes: it is read or it is not.
pub(crate) fn node_envelope(data: &[u8]) {
    if let Ok(text) = str::from_utf8(data) {
        replication::fuzz_envelope(text);
    }
}
