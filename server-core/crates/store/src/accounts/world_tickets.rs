//! One-time tickets that log a page in as somebody who is logged in elsewhere: the administration hands
//! one to the player page.
//!
//! In memory, on the node that made them: they are good for a moment only. A ticket stands in a link, so
//! whoever reads the link first has it; that is why it is good once.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::Mutex;
use uuid::Uuid;

use identity::digest_of;

/// How long a ticket is good.
const GOOD_FOR: Duration = Duration::from_secs(60);
/// Tickets that may be out at once; the oldest goes first.
const MOST: usize = 64;

/// The tickets that are out; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct WorldTickets {
    // By the ticket's digest, so that none can be read from memory or found by its timing. Held for a map
    // operation.
    out: Arc<Mutex<HashMap<String, WorldTicket>>>,
}

#[derive(Debug)]
struct WorldTicket {
    account: String,
    until: Instant,
}

impl WorldTickets {
    /// A ticket for an account, at `now`.
    #[must_use]
    pub fn mint(&self, account: &str, now: Instant) -> String {
        let ticket = format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple());
        let mut out = self.out.lock();
        out.retain(|_, ticket| ticket.until > now);
        if out.len() >= MOST
            && let Some(oldest) = oldest(&out)
        {
            out.remove(&oldest);
        }
        let made = WorldTicket {
            account: account.to_owned(),
            until: now + GOOD_FOR,
        };
        out.insert(digest(&ticket), made);
        ticket
    }

    /// Whom a ticket stands for at `now`. It is used up by that.
    #[must_use]
    pub fn take(&self, ticket: &str, now: Instant) -> Option<String> {
        let found = self.out.lock().remove(&digest(ticket))?;
        (found.until > now).then_some(found.account)
    }
}

fn digest(ticket: &str) -> String {
    digest_of(&["world ticket", ticket])
}

fn oldest(out: &HashMap<String, WorldTicket>) -> Option<String> {
    let oldest = out.iter().min_by_key(|(_, ticket)| ticket.until);
    oldest.map(|(digest, _)| digest.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_is_good_once_and_for_a_minute() {
        let (world_tickets, now) = (WorldTickets::default(), Instant::now());
        let ticket = world_tickets.mint("ana", now);
        assert_eq!(world_tickets.take("made up", now), None);
        assert_eq!(world_tickets.take(&ticket, now).as_deref(), Some("ana"));
        assert_eq!(world_tickets.take(&ticket, now), None);
        let late = world_tickets.mint("ana", now);
        assert_eq!(world_tickets.take(&late, now + GOOD_FOR), None);
    }

    #[test]
    fn few_are_out_at_once() {
        let (world_tickets, now) = (WorldTickets::default(), Instant::now());
        let first = world_tickets.mint("ana", now);
        for n in 1..=MOST as u64 {
            drop(world_tickets.mint("bo", now + Duration::from_millis(n)));
        }
        assert_eq!(world_tickets.take(&first, now), None);
        assert_eq!(world_tickets.out.lock().len(), MOST);
    }
}
