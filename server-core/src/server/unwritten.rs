//! What still waits to be written when the server has to end.

use crate::moderation::Moderation;
use store::accounts::Archive;
use store::records::People;

/// The queues in memory that are lost with the process.
pub(super) struct Unwritten {
    pub(super) archive: Archive,
    pub(super) people: People,
    pub(super) moderation: Moderation,
}

impl Unwritten {
    /// Says once what did not reach the database, if anything.
    pub(super) fn report_lost(&self) {
        let chat = self.archive.waiting();
        let people = self.people.waiting();
        let audit = self.moderation.waiting_lines();
        if chat + people + audit > 0 {
            tracing::error!(
                chat,
                people,
                audit,
                "the database did not take everything in time: chat messages, sightings of people and \
                 lines of the audit log are lost"
            );
        }
    }
}
