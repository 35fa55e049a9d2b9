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
pub struct Entrances {
    // By the ticket's digest, so that none can be read from memory or found by its timing. Held for a map
    // operation.
    out: Arc<Mutex<HashMap<String, Entrance>>>,
}

#[derive(Debug)]
struct Entrance {
    account: String,
    until: Instant,
}

impl Entrances {
    /// A ticket for an account, at `now`.
    #[must_use]
    pub fn mint(&self, account: &str, now: Instant) -> String {
        let ticket = format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple());
        let mut out = self.out.lock();
        out.retain(|_, entrance| entrance.until > now);
        if out.len() >= MOST
            && let Some(oldest) = oldest(&out)
        {
            out.remove(&oldest);
        }
        let entrance = Entrance {
            account: account.to_owned(),
            until: now + GOOD_FOR,
        };
        out.insert(digest(&ticket), entrance);
        ticket
    }

    /// Whom a ticket stands for at `now`. It is used up by that.
    #[must_use]
    pub fn take(&self, ticket: &str, now: Instant) -> Option<String> {
        let entrance = self.out.lock().remove(&digest(ticket))?;
        (entrance.until > now).then_some(entrance.account)
    }
}

fn digest(ticket: &str) -> String {
    digest_of(&["entrance", ticket])
}

fn oldest(out: &HashMap<String, Entrance>) -> Option<String> {
    let oldest = out.iter().min_by_key(|(_, entrance)| entrance.until);
    oldest.map(|(digest, _)| digest.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_is_good_once_and_for_a_minute() {
        let (entrances, now) = (Entrances::default(), Instant::now());
        let ticket = entrances.mint("ana", now);
        assert_eq!(entrances.take("made up", now), None);
        assert_eq!(entrances.take(&ticket, now).as_deref(), Some("ana"));
        assert_eq!(entrances.take(&ticket, now), None);
        let late = entrances.mint("ana", now);
        assert_eq!(entrances.take(&late, now + GOOD_FOR), None);
    }

    #[test]
    fn few_are_out_at_once() {
        let (entrances, now) = (Entrances::default(), Instant::now());
        let first = entrances.mint("ana", now);
        for n in 1..=MOST as u64 {
            drop(entrances.mint("bo", now + Duration::from_millis(n)));
        }
        assert_eq!(entrances.take(&first, now), None);
        assert_eq!(entrances.out.lock().len(), MOST);
    }
}
