//! A Socket.IO client that does nothing by itself: it reads when a test asks it to.
//!
//! That makes a client that stops reading the simplest thing in the world, and it makes waiting
//! explicit: [`Client::settle`] is the fence the tests use instead of sleeping. A fence is an event
//! with an ack; acks and events leave the server in one queue per socket, so what the server had
//! queued before the fence arrived is read when its answer is.

use std::collections::{HashMap, HashSet, VecDeque};

use contract::packed;
use serde_json::{Value, json};

use crate::codec::{self, Codec, Packet, WireEvent};
use crate::packet::EnginePacket;
use crate::soon;
use crate::wire::ClientWire;

/// What a session's last moments looked like.
#[derive(Debug, Clone, PartialEq)]
pub struct SessionEnding {
    /// The events that came before the end.
    pub events: Vec<WireEvent>,
    /// Whether the server sent a Socket.IO disconnect, so that clients stay away.
    pub disconnected: bool,
}

impl SessionEnding {
    /// The notice of `session:terminated`, when there was one.
    pub fn notice(&self) -> Option<&Value> {
        let last = self.events.last()?;
        (last.name == "session:terminated").then_some(&last.data)
    }

    /// The code of the notice.
    pub fn code(&self) -> Option<&str> {
        self.notice()?["code"].as_str()
    }
}

/// See the module.
pub struct Client {
    wire: ClientWire,
    /// The guest secret that the handshake set as a cookie.
    pub guest_cookie: Option<String>,
    codec: Codec,
    frames: VecDeque<EnginePacket>,
    events: VecDeque<WireEvent>,
    answers: HashMap<i64, Value>,
    answered: HashSet<i64>,
    next_ack: i64,
    deaf: bool,
    namespace: &'static str,
    /// Attachments with packed events that were read; their events are given as if each had come alone.
    pub packed: usize,
}

impl Client {
    pub(crate) fn over(
        wire: ClientWire,
        guest_cookie: Option<String>,
        namespace: &'static str,
    ) -> Self {
        Self {
            namespace,
            wire,
            guest_cookie,
            codec: Codec::default(),
            frames: VecDeque::new(),
            events: VecDeque::new(),
            answers: HashMap::new(),
            answered: HashSet::new(),
            next_ack: 0,
            deaf: false,
            packed: 0,
        }
    }

    /// Sends frames in one breath. A connection that is gone is no error: the reader notices.
    pub async fn send(&mut self, frames: Vec<EnginePacket>) {
        let mut arrived = Vec::new();
        let _ = soon("room to send", self.wire.send(frames, &mut arrived)).await;
        self.frames.extend(arrived);
    }

    /// From now on reads events and forgets them unparsed: for people of a crowd who only act.
    pub fn ignore_events(&mut self) {
        self.deaf = true;
        self.events.clear();
    }

    /// An event to be sent, with the number its answer will have.
    pub fn asking(&mut self, name: &str, payload: Option<&Value>) -> (EnginePacket, i64) {
        self.next_ack += 1;
        let frame = codec::event(self.namespace, name, payload, Some(self.next_ack));
        (frame, self.next_ack)
    }

    /// Sends an event that nobody waits for.
    pub async fn emit(&mut self, name: &str, payload: Value) {
        let frame = codec::event(self.namespace, name, Some(&payload), None);
        self.send(vec![frame]).await;
    }

    /// Sends an event and waits for its answer.
    pub async fn call(&mut self, name: &str, payload: Value) -> Value {
        let (frame, ack) = self.asking(name, Some(&payload));
        self.send(vec![frame]).await;
        self.answer(ack).await
    }

    /// As [`Client::call`], without any payload.
    pub async fn call_bare(&mut self, name: &str) -> Value {
        let (frame, ack) = self.asking(name, None);
        self.send(vec![frame]).await;
        self.answer(ack).await
    }

    /// Joins under `id` and fails unless that works.
    ///
    /// # Panics
    /// With the refusal.
    pub async fn join(&mut self, id: &str) -> Value {
        let ack = self.call("player:join", json!({ "playerId": id })).await;
        assert_eq!(ack["ok"], true, "join as {id}: {ack}");
        ack
    }

    /// Waits for the answer with this number.
    pub async fn answer(&mut self, ack: i64) -> Value {
        let answering = async {
            loop {
                if let Some(answer) = self.answers.remove(&ack) {
                    return answer;
                }
                assert!(self.advance().await, "the end came before answer {ack}");
            }
        };
        soon("an answer", answering).await
    }

    /// The answer with this number, if it has been read.
    pub fn answered(&mut self, ack: i64) -> Option<Value> {
        self.answers.remove(&ack)
    }

    /// The next event.
    pub async fn event(&mut self) -> WireEvent {
        let coming = async {
            loop {
                if let Some(event) = self.events.pop_front() {
                    return event;
                }
                assert!(self.advance().await, "the end came before an event");
            }
        };
        soon("an event", coming).await
    }

    /// Reads one packet and gives the next event, if one has been read; `None` at the end. Answers
    /// that come meanwhile are kept for [`Client::answered`].
    pub async fn receive(&mut self) -> Option<WireEvent> {
        loop {
            if let Some(event) = self.events.pop_front() {
                return Some(event);
            }
            let answers = self.answers.len();
            if !soon("a packet", self.advance()).await {
                return None;
            }
            if self.answers.len() > answers {
                return Some(WireEvent {
                    name: String::new(),
                    data: Value::Null,
                    attachments: Vec::new(),
                });
            }
        }
    }

    /// The next event, however long it takes.
    pub async fn coming(&mut self) -> WireEvent {
        loop {
            if let Some(event) = self.events.pop_front() {
                return event;
            }
            assert!(self.advance().await, "the end came before an event");
        }
    }

    /// The next event's data, which must be a `name`.
    pub async fn expect(&mut self, name: &str) -> Value {
        let event = self.event().await;
        assert_eq!(event.name, name, "with {}", event.data);
        event.data
    }

    /// Reads events up to the first `name`, and gives its data.
    pub async fn find(&mut self, name: &str) -> Value {
        loop {
            let event = self.event().await;
            if event.name == name {
                return event.data;
            }
        }
    }

    /// The fence: everything queued for this client so far, in order.
    pub async fn settle(&mut self) -> Vec<WireEvent> {
        let answer = self.call_bare("fence").await;
        assert_eq!(answer["code"], "unknown-event", "{answer}");
        self.events.drain(..).collect()
    }

    /// Events that have been read and not looked at.
    pub fn unread(&mut self) -> Vec<WireEvent> {
        self.events.drain(..).collect()
    }

    /// Reads until the server has closed the connection.
    pub async fn ending(&mut self) -> SessionEnding {
        let reading = async {
            let mut disconnected = false;
            while let Some(packet) = self.packet().await {
                disconnected |= packet == Packet::Disconnected;
                self.keep(packet);
            }
            disconnected
        };
        let disconnected = soon("the end of the connection", reading).await;
        let events = self.unread();
        SessionEnding {
            events,
            disconnected,
        }
    }

    /// The next packet, heartbeats included (they are answered); `None` at the end.
    pub async fn packet(&mut self) -> Option<Packet> {
        loop {
            let frame = match self.frames.pop_front() {
                Some(frame) => frame,
                None => self.wire.receive().await?,
            };
            if self.deaf && matches!(&frame, EnginePacket::Text(text) if text.starts_with("42[")) {
                continue;
            }
            let Some(packet) = self.codec.decode(frame) else {
                continue;
            };
            if packet == Packet::Ping {
                self.send(vec![EnginePacket::from("3")]).await;
            }
            return Some(packet);
        }
    }

    /// Reads one packet and keeps what it carries. `false` at the end.
    async fn advance(&mut self) -> bool {
        match self.packet().await {
            Some(packet) => {
                self.keep(packet);
                true
            }
            None => false,
        }
    }

    fn keep(&mut self, packet: Packet) {
        match packet {
            Packet::Event(event) if event.name == "events:packed" => {
                self.packed += 1;
                self.events.extend(unpacked(&event.attachments[0]));
            }
            Packet::Event(event) => self.events.push_back(event),
            Packet::Answer(id, answer) => {
                assert!(self.answered.insert(id), "answer {id} came twice");
                self.answers.insert(id, answer);
            }
            _ => {}
        }
    }
}

/// The events that an attachment packs.
fn unpacked(attachment: &[u8]) -> Vec<WireEvent> {
    let text = packed::unpack(attachment).expect("an attachment unpacks");
    let events = packed::events(&text).expect("it holds events");
    let events = events.iter().map(|event| WireEvent {
        name: event.name().to_owned(),
        data: serde_json::from_str(event.payload()).expect("a payload is JSON"),
        attachments: Vec::new(),
    });
    events.collect()
}
