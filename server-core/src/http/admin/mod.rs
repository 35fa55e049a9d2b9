//! What hosts, moderators and viewers do over REST.

mod sprite_upload;
pub mod sprites;
