//! What a bot makes of packed events.
//!
//! Everybody gets the same bytes, so whoever gets them first unpacks them, and what they say is kept with the frame in
//! the [cache](super::frame_cache).

use super::bot::Bot;
use super::frame_cache::{FrameContent, SentUpdate};
use super::receive::code;
use super::wire::{self, IncomingText, SeenPlayer};
use contract::packed;

impl Bot {
    /// An attachment that nobody has had before.
    pub(super) fn on_packed(&self, frame: &[u8], attachment: &[u8], now: u64) {
        match self.unpacked(attachment) {
            Ok(contents) => {
                let content = FrameContent::Packed(contents);
                self.on_new(frame, attachment.len(), content, now);
            }
            Err(why) => {
                let mut recorder = self.shared.recorder.borrow_mut();
                recorder.error(self.index, now, "protocol", &why);
            }
        }
    }

    /// What the packed events say, as far as a client cares.
    fn unpacked(&self, attachment: &[u8]) -> Result<Box<[FrameContent]>, String> {
        let text = packed::unpack(attachment).map_err(|error| error.to_string())?;
        let events = packed::events(&text).map_err(|error| error.to_string())?;
        let names = &self.shared.names;
        let recorder = self.shared.recorder.borrow();
        let player = |seen: &SeenPlayer| Some((names.index(&seen.id)?, code(seen.position)?));
        let mut contents = Vec::new();
        for event in &events {
            contents.extend(match wire::event_of(event.name(), event.payload()) {
                IncomingText::Snapshot(players) => {
                    let players = players.iter().filter_map(player).collect();
                    Some(FrameContent::Snapshot(players))
                }
                IncomingText::Joined(seen) => {
                    player(&seen).map(|(sender, code)| FrameContent::Joined { sender, code })
                }
                IncomingText::Left(id) => {
                    names.index(&id).map(|sender| FrameContent::Left { sender })
                }
                IncomingText::Updated(seen) => {
                    let place = [seen.position.x, seen.position.z];
                    let change = SentUpdate::resolve(&seen.id, place, names, &recorder);
                    change.map(|change| FrameContent::Changes(vec![change]))
                }
                IncomingText::Broken(why) => return Err(why),
                _ => None,
            });
        }
        Ok(contents.into())
    }
}
