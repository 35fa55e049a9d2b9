//! What a bot makes of what it receives.

use tokio_tungstenite::tungstenite::Message;

use super::bot::{AckPurpose, Bot, BotState};
use super::connect::sentence;
use super::frame_cache::{AttachmentKind, FrameContent, SentUpdate};
use super::link::split_frame;
use super::pacer::BotTurn;
use super::wire::{self, AckHead, IncomingText, SeenPlayer};
use crate::sequence;
use crate::stats::Recorder;
use contract::batch::stream::{self, FrameHead};
use contract::batch::{self, BatchError};

impl Bot {
    /// Reads the frames that `arrived` consists of and keeps the beginning of one more.
    pub(super) fn read_frames(&mut self, arrived: &[u8]) -> Result<(), String> {
        // When they were read; a look at the clock for each would cost more than reading it.
        let now = self.shared.now();
        let mut rest = arrived;
        while let Some(frame) = split_frame(rest).map_err(|error| sentence(&error))? {
            rest = &rest[frame.len()..];
            if !self.reads_all && self.on_counted(frame) {
                continue;
            }
            if !self.on_cached(frame, now) {
                self.on_frame(frame, now)?;
            }
        }
        self.socket.keep(rest);
        Ok(())
    }

    /// Counts a frame that says nothing but what others are told as well. `false` when it has to be read, whoever
    /// gets it: an answer, a ping, or the end.
    fn on_counted(&self, frame: &[u8]) -> bool {
        let Some(payload) = counted_payload(frame) else {
            return false;
        };
        let mut recorder = self.shared.recorder.borrow_mut();
        recorder.bytes_in(payload, self.is_plain);
        true
    }

    /// Whether the frame is one that some client has read before; then it is done with.
    fn on_cached(&mut self, frame: &[u8], now: u64) -> bool {
        let shared = self.shared.clone();
        let frame_cache = shared.frame_cache.borrow();
        let Some((content, payload)) = frame_cache.find(&mut self.place, frame) else {
            return false;
        };
        let mut recorder = shared.recorder.borrow_mut();
        recorder.bytes_in(payload, self.is_plain);
        self.follows = match content {
            FrameContent::AttachmentFollows(kind) => Some(*kind),
            _ => None,
        };
        if let FrameContent::Streamed(head, changes) = content {
            drop(recorder);
            self.follow(*head, changes, now);
        } else {
            apply(self.index, content, now, &mut recorder);
        }
        true
    }

    fn on_frame(&mut self, frame: &[u8], now: u64) -> Result<(), String> {
        let message = self
            .socket
            .decode(frame)
            .map_err(|error| sentence(&error))?;
        let Some(message) = message else {
            return Ok(());
        };
        let length = message.len();
        self.shared
            .recorder
            .borrow_mut()
            .bytes_in(length, self.is_plain);
        match message {
            Message::Text(text) => {
                if let Some((id, position)) = wire::quick_update(&text) {
                    let change = self.resolve(id, position);
                    self.on_changes(frame, text.len(), change.into_iter().collect(), now);
                    return Ok(());
                }
                self.follows = wire::announced(&text);
                let Some(kind) = self.follows else {
                    return self.on_text(frame, &text, now);
                };
                let mut frame_cache = self.shared.frame_cache.borrow_mut();
                frame_cache.remember(frame, text.len(), FrameContent::AttachmentFollows(kind));
                Ok(())
            }
            Message::Binary(bytes) => {
                match self.follows.take() {
                    Some(AttachmentKind::Batch) => self.on_batch(frame, &bytes, now),
                    Some(AttachmentKind::Packed) => self.on_packed(frame, &bytes, now),
                    None => {}
                }
                Ok(())
            }
            Message::Close(_) => Err("the server closed the connection".to_owned()),
            _ => Ok(()),
        }
    }

    fn on_batch(&mut self, frame: &[u8], bytes: &[u8], now: u64) {
        if bytes.first() == Some(&stream::VERSION) {
            if let Err(error) = self.on_streamed(frame, bytes, now) {
                let mut recorder = self.shared.recorder.borrow_mut();
                recorder.error(self.index, now, "protocol", &error.to_string());
            }
            return;
        }
        let mut changes = Vec::new();
        for change in batch::Changes::new(bytes) {
            match change {
                Ok(change) => {
                    let position = change.position.map(|[x, _, z]| wire::Flat { x, z });
                    changes.extend(position.and_then(|it| self.resolve(&change.id, it)));
                }
                Err(error) => {
                    let mut recorder = self.shared.recorder.borrow_mut();
                    return recorder.error(self.index, now, "protocol", &error.to_string());
                }
            }
        }
        self.on_changes(frame, bytes.len(), changes, now);
    }

    /// A frame of a stream that nobody has had before.
    fn on_streamed(&mut self, frame: &[u8], bytes: &[u8], now: u64) -> Result<(), BatchError> {
        let head = FrameHead::of(bytes)?;
        let shared = self.shared.clone();
        let mut changes = Vec::new();
        if head.keyframe {
            shared.streams.borrow_mut().come_in(head, bytes)?;
        } else {
            for step in shared.streams.borrow_mut().read(head, bytes)? {
                let [x, _, z] = step.position;
                changes.extend(self.resolve(&step.id, wire::Flat { x, z }));
            }
        }
        self.follow(head, &changes, now);
        let mut frame_cache = shared.frame_cache.borrow_mut();
        frame_cache.remember(frame, bytes.len(), FrameContent::Streamed(head, changes));
        Ok(())
    }

    /// This client has read the stream up to here, and this is what the frame said.
    fn follow(&mut self, head: FrameHead, changes: &[SentUpdate], now: u64) {
        let before = self.stream_at.replace(head);
        let mut recorder = self.shared.recorder.borrow_mut();
        if head.keyframe {
            return;
        }
        let behind = match head.near {
            true => (head.epoch, head.number),
            false => (head.epoch, head.number.wrapping_sub(1)),
        };
        if before.map(|it| (it.epoch, it.number)) != Some(behind) {
            let why = BatchError::OutOfStep.to_string();
            recorder.error(self.index, now, "protocol", &why);
        }
        // What a snapshot or a batch has said may be repeated.
        for change in changes {
            let pair = (self.index, change.sender);
            if recorder.deliveries.is_unknown(pair, change.update.0) {
                recorder.received(pair, change.update, now);
            }
        }
    }

    /// A frame with these changes arrived, which nobody has had before.
    fn on_changes(&self, frame: &[u8], payload: usize, changes: Vec<SentUpdate>, now: u64) {
        self.on_new(frame, payload, FrameContent::Changes(changes), now);
    }

    /// As [`Self::on_changes`], for whatever others may get as well.
    pub(super) fn on_new(&self, frame: &[u8], payload: usize, content: FrameContent, now: u64) {
        let mut recorder = self.shared.recorder.borrow_mut();
        apply(self.index, &content, now, &mut recorder);
        let mut frame_cache = self.shared.frame_cache.borrow_mut();
        frame_cache.remember(frame, payload, content);
    }

    fn resolve(&self, id: &str, position: wire::Flat) -> Option<SentUpdate> {
        let recorder = self.shared.recorder.borrow();
        let place = [position.x, position.z];
        SentUpdate::resolve(id, place, &self.shared.names, &recorder)
    }

    fn on_text(&mut self, frame: &[u8], packet: &str, now: u64) -> Result<(), String> {
        let payload = packet.len();
        let mut recorder = self.shared.recorder.borrow_mut();
        let names = &self.shared.names;
        let player = |seen: &SeenPlayer| Some((names.index(&seen.id)?, code(seen.position)?));
        match wire::read(packet) {
            IncomingText::Ping => {
                drop(recorder);
                return self.send(wire::PONG.to_owned());
            }
            IncomingText::Updated(seen) => {
                let place = [seen.position.x, seen.position.z];
                if let Some(change) = SentUpdate::resolve(&seen.id, place, names, &recorder) {
                    recorder.received((self.index, change.sender), change.update, now);
                }
            }
            IncomingText::Snapshot(players) => {
                let players = players.iter().filter_map(player).collect();
                drop(recorder);
                self.on_new(frame, payload, FrameContent::Snapshot(players), now);
            }
            IncomingText::Joined(seen) => {
                if let Some((sender, code)) = player(&seen) {
                    drop(recorder);
                    self.on_new(frame, payload, FrameContent::Joined { sender, code }, now);
                }
            }
            IncomingText::Left(id) => {
                if let Some(sender) = names.index(&id) {
                    drop(recorder);
                    self.on_new(frame, payload, FrameContent::Left { sender }, now);
                }
            }
            IncomingText::Ack(id, answer) => {
                drop(recorder);
                return self.on_ack(id, &answer, now);
            }
            IncomingText::Terminated { code, message } => {
                let kind = format!("terminated: {code}");
                recorder.error(self.index, now, &kind, &message);
            }
            IncomingText::Disconnected => {
                return Err("the server disconnected the client".to_owned());
            }
            IncomingText::Broken(why) => recorder.error(self.index, now, "protocol", &why),
            IncomingText::Other => {}
        }
        Ok(())
    }

    fn on_ack(&mut self, id: i64, answer: &AckHead, now: u64) -> Result<(), String> {
        let mut recorder = self.shared.recorder.borrow_mut();
        let place = self.asked.iter().position(|(asked, ..)| *asked == id);
        let Some((_, asked, emitted)) = place.and_then(|place| self.asked.remove(place)) else {
            recorder.error(self.index, now, "protocol", "an ack nobody asked for");
            return Ok(());
        };
        self.shared.awaited.set(self.shared.awaited.get() - 1);
        if !answer.ok {
            let kind = format!("refused: {}", answer.code);
            recorder.error(self.index, now, &kind, &answer.message);
            if !matches!(asked, AckPurpose::Chat) {
                recorder.deliveries.uncertain(self.index);
            }
            return match asked {
                AckPurpose::Join => Err(format!("the join was refused: {}", answer.message)),
                AckPurpose::Update | AckPurpose::Chat | AckPurpose::Leave => Ok(()),
            };
        }
        match asked {
            AckPurpose::Join => {
                recorder.joined(self.index, self.connecting, emitted, now);
                self.state = BotState::Joined;
                drop(recorder);
                self.shared
                    .keep_guest_token(self.index, answer.guest_token.clone());
                let plan = &self.shared.plan;
                if !plan.idle {
                    let first = self.first_turn(plan.knobs.update_interval);
                    self.shared.pacer.plan(first, BotTurn::Move, self.index);
                }
                if let Some(interval) = plan.chat_interval {
                    let first = self.first_turn(interval);
                    self.shared.pacer.plan(first, BotTurn::Speak, self.index);
                }
            }
            AckPurpose::Update => recorder.acknowledged(self.index, emitted, now),
            AckPurpose::Chat => {}
            AckPurpose::Leave => {
                recorder.left(self.index);
                self.state = BotState::Left;
            }
        }
        Ok(())
    }
}

/// The bytes of an unmasked frame's payload, if that is an attachment or an event that everybody may get.
fn counted_payload(frame: &[u8]) -> Option<usize> {
    const WHOLE_TEXT: u8 = 0x81;
    const WHOLE_BINARY: u8 = 0x82;
    let head = match frame.get(1)? {
        0..=125 => 2,
        126 => 4,
        127 => 10,
        _ => return None,
    };
    let payload = frame.get(head..)?;
    let is_counted = match frame[0] {
        WHOLE_BINARY => true,
        WHOLE_TEXT => {
            let is_event = payload.starts_with(b"42[") || payload.starts_with(b"451-[");
            is_event && !payload.starts_with(TERMINATED)
        }
        _ => false,
    };
    is_counted.then_some(payload.len())
}

const TERMINATED: &[u8] = b"42[\"session:terminated\"";

/// Writes down what a frame told the bot of this index.
fn apply(index: u32, content: &FrameContent, now: u64, recorder: &mut Recorder) {
    match content {
        // A frame of the stream is more than its changes: see `Bot::follow`.
        FrameContent::AttachmentFollows(_) | FrameContent::Streamed(..) => {}
        FrameContent::Packed(contents) => {
            for content in contents {
                apply(index, content, now, recorder);
            }
        }
        FrameContent::Changes(changes) => {
            for change in changes {
                recorder.received((index, change.sender), change.update, now);
            }
        }
        FrameContent::Snapshot(players) => {
            let players = players.iter().copied();
            recorder.deliveries.snapshot(index, players);
        }
        FrameContent::Joined { sender, code } => {
            recorder.deliveries.observe_joined(index, *sender, *code);
        }
        FrameContent::Left { sender } => recorder.deliveries.observe_left(index, *sender),
    }
}

pub(super) fn code(position: wire::Flat) -> Option<u64> {
    sequence::code(position.x, position.z)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(head: &[u8], payload: &str, expected: Option<usize>) {
        let frame = [head, payload.as_bytes()].concat();
        assert_eq!(counted_payload(&frame), expected, "{payload}");
    }

    #[test]
    fn what_everybody_is_told_is_counted_and_the_rest_is_read() {
        check(&[0x82, 3], "abc", Some(3));
        check(&[0x82, 126, 0, 3], "abc", Some(3));
        check(&[0x81, 23], "42[\"player:left\",{...}]", Some(23));
        check(&[0x81, 9], "451-[\"...\"]", Some(11));
        check(&[0x81, 9], "437[{}]", None);
        check(&[0x81, 1], "2", None);
        check(&[0x81, 30], "42[\"session:terminated\",{}]", None);
        check(&[0x88, 0], "", None);
        check(&[0x82, 0x83], "abc", None);
        check(&[0x82], "", None);
    }
}
