//! What a bot makes of what it receives.

use tokio_tungstenite::tungstenite::Message;

use super::bot::{Asked, Bot, State};
use super::pacer::Turn;
use super::wire::{self, Answer, Incoming, Seen};
use crate::load_test::sequence;

impl Bot {
    pub(super) fn receive(&mut self, message: &Message) -> Result<(), String> {
        let now = self.shared.now();
        self.shared.recorder.borrow_mut().bytes_in(message.len());
        match message {
            Message::Text(text) => self.on_text(text, now),
            Message::Binary(bytes) if self.batch_follows => {
                self.batch_follows = false;
                self.on_batch(bytes, now);
                Ok(())
            }
            Message::Close(_) => Err("the server closed the connection".to_owned()),
            _ => Ok(()),
        }
    }

    fn on_batch(&mut self, bytes: &bytes::Bytes, now: u64) {
        let mut recorder = self.shared.recorder.borrow_mut();
        let mut batches = self.shared.batches.borrow_mut();
        match batches.read(bytes, &self.shared.names, &recorder) {
            Ok(changes) => {
                for change in changes {
                    recorder.received((self.index, change.sender), change.update, now);
                }
            }
            Err(error) => recorder.error(self.index, now, "protocol", &error.to_string()),
        }
    }

    fn on_text(&mut self, packet: &str, now: u64) -> Result<(), String> {
        let quick = wire::quick_update(packet);
        if let Some((id, position)) = quick {
            self.on_update(id, position, now);
            return Ok(());
        }
        let mut recorder = self.shared.recorder.borrow_mut();
        let names = &self.shared.names;
        let player = |seen: &Seen| Some((names.index(&seen.id)?, code(seen.position)?));
        match wire::read(packet) {
            Incoming::Ping => {
                drop(recorder);
                return self.send(wire::PONG.to_owned());
            }
            Incoming::Updated(seen) => {
                drop(recorder);
                self.on_update(&seen.id, seen.position, now);
            }
            Incoming::Batch => self.batch_follows = true,
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

    fn on_update(&self, id: &str, position: wire::Flat, now: u64) {
        let Some((sender, code)) = self.shared.names.index(id).zip(code(position)) else {
            return;
        };
        let mut recorder = self.shared.recorder.borrow_mut();
        if let Some(update) = recorder.deliveries.resolve(sender, code) {
            recorder.received((self.index, sender), update, now);
        }
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
