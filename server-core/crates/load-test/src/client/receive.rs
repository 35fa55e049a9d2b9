//! What a bot makes of what it receives.

use tokio_tungstenite::tungstenite::Message;

use super::bot::{Asked, Bot, State};
use super::connect::sentence;
use super::known::{Change, Said};
use super::link::cut;
use super::pacer::Turn;
use super::wire::{self, Answer, Incoming, Seen};
use crate::sequence;
use contract::batch;

impl Bot {
    /// Reads the frames that `arrived` consists of and keeps the beginning of one more.
    pub(super) fn read_frames(&mut self, arrived: &[u8]) -> Result<(), String> {
        // When they were read; a look at the clock for each would cost more than reading it.
        let now = self.shared.now();
        let mut rest = arrived;
        while let Some(frame) = cut(rest).map_err(|error| sentence(&error))? {
            rest = &rest[frame.len()..];
            if !self.on_known(frame, now) {
                self.on_frame(frame, now)?;
            }
        }
        self.socket.keep(rest);
        Ok(())
    }

    /// Whether the frame is one that some client has read before; then it is done with.
    fn on_known(&mut self, frame: &[u8], now: u64) -> bool {
        let known = self.shared.known.borrow();
        let Some((said, payload)) = known.find(&mut self.place, frame) else {
            return false;
        };
        let mut recorder = self.shared.recorder.borrow_mut();
        recorder.bytes_in(payload);
        self.batch_follows = match said {
            Said::BatchFollows => true,
            Said::Changes(changes) => {
                for change in changes {
                    recorder.received((self.index, change.sender), change.update, now);
                }
                false
            }
        };
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
        self.shared.recorder.borrow_mut().bytes_in(message.len());
        match message {
            Message::Text(text) => match wire::quick_update(&text) {
                Some((id, position)) => {
                    let change = self.resolve(id, position);
                    self.on_changes(frame, text.len(), change.into_iter().collect(), now);
                    Ok(())
                }
                None if wire::announces_batch(&text) => {
                    self.batch_follows = true;
                    let mut known = self.shared.known.borrow_mut();
                    known.remember(frame, text.len(), Said::BatchFollows);
                    Ok(())
                }
                None => self.on_text(&text, now),
            },
            Message::Binary(bytes) if self.batch_follows => {
                self.batch_follows = false;
                self.on_batch(frame, &bytes, now);
                Ok(())
            }
            Message::Close(_) => Err("the server closed the connection".to_owned()),
            _ => Ok(()),
        }
    }

    fn on_batch(&mut self, frame: &[u8], bytes: &[u8], now: u64) {
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

    /// A frame with these changes arrived, which nobody has had before.
    fn on_changes(&self, frame: &[u8], payload: usize, changes: Vec<Change>, now: u64) {
        let mut recorder = self.shared.recorder.borrow_mut();
        for change in &changes {
            recorder.received((self.index, change.sender), change.update, now);
        }
        let mut known = self.shared.known.borrow_mut();
        known.remember(frame, payload, Said::Changes(changes));
    }

    fn resolve(&self, id: &str, position: wire::Flat) -> Option<Change> {
        let recorder = self.shared.recorder.borrow();
        let place = [position.x, position.z];
        Change::resolve(id, place, &self.shared.names, &recorder)
    }

    fn on_text(&mut self, packet: &str, now: u64) -> Result<(), String> {
        let mut recorder = self.shared.recorder.borrow_mut();
        let names = &self.shared.names;
        let player = |seen: &Seen| Some((names.index(&seen.id)?, code(seen.position)?));
        match wire::read(packet) {
            Incoming::Ping => {
                drop(recorder);
                return self.send(wire::PONG.to_owned());
            }
            Incoming::Updated(seen) => {
                let place = [seen.position.x, seen.position.z];
                if let Some(change) = Change::resolve(&seen.id, place, names, &recorder) {
                    recorder.received((self.index, change.sender), change.update, now);
                }
            }
            Incoming::Snapshot(players) => {
                let players = players.iter().filter_map(player);
                recorder.deliveries.snapshot(self.index, players);
            }
            Incoming::Joined(seen) => {
                if let Some((sender, code)) = player(&seen) {
                    recorder.deliveries.heard_joined(self.index, sender, code);
                }
            }
            Incoming::Left(id) => {
                if let Some(sender) = names.index(&id) {
                    recorder.deliveries.heard_left(self.index, sender);
                }
            }
            Incoming::Ack(id, answer) => {
                drop(recorder);
                return self.on_ack(id, &answer, now);
            }
            Incoming::Terminated { code, message } => {
                let kind = format!("terminated: {code}");
                recorder.error(self.index, now, &kind, &message);
            }
            Incoming::Disconnected => return Err("the server disconnected the client".to_owned()),
            Incoming::Broken(why) => recorder.error(self.index, now, "protocol", &why),
            Incoming::Other => {}
        }
        Ok(())
    }

    fn on_ack(&mut self, id: i64, answer: &Answer, now: u64) -> Result<(), String> {
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
            if !matches!(asked, Asked::Chat) {
                recorder.deliveries.uncertain(self.index);
            }
            return match asked {
                Asked::Join => Err(format!("the join was refused: {}", answer.message)),
                Asked::Update | Asked::Chat | Asked::Leave => Ok(()),
            };
        }
        match asked {
            Asked::Join => {
                recorder.joined(self.index, emitted, now);
                self.state = State::Joined;
                drop(recorder);
                let plan = &self.shared.plan;
                if !plan.idle {
                    let first = self.first_turn(plan.knobs.update_interval);
                    self.shared.pacer.plan(first, Turn::Move, self.index);
                }
                if let Some(interval) = plan.chat_interval {
                    let first = self.first_turn(interval);
                    self.shared.pacer.plan(first, Turn::Speak, self.index);
                }
            }
            Asked::Update => recorder.acknowledged(emitted, now),
            Asked::Chat => {}
            Asked::Leave => {
                recorder.left(self.index);
                self.state = State::Left;
            }
        }
        Ok(())
    }
}

fn code(position: wire::Flat) -> Option<u64> {
    sequence::code(position.x, position.z)
}
