//! Looks every few seconds at what nobody does: how many are here, and how the server is. What begins or ends is told
//! once, by the node that turns its mark in the store.

use std::sync::Arc;
use std::time::Duration;

use contract::admin::webhook::HookEvent;
use runtime::clock::now_ms;
use serde_json::json;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use super::{Hooks, message};

/// Looks in a row that have to find the same: a hiccup is no trouble.
const SAME: u32 = 3;
/// A crowd is over when so many parts of a hundred are left.
const OVER_PERCENT: u64 = 90;

/// The mark of a crowd in the store.
const CROWD: &str = "crowd";

/// What is looked at; each answers from memory.
pub struct Watched {
    /// This node.
    pub node: String,
    /// The world's name.
    pub world: Arc<dyn Fn() -> String + Send + Sync>,
    /// Players of all nodes.
    pub players: Arc<dyn Fn() -> u64 + Send + Sync>,
    /// What is wrong with this server, as sentences; empty when nothing is.
    pub trouble: Arc<dyn Fn() -> Vec<String> + Send + Sync>,
    /// Players from which on there is a crowd; 0 for never.
    pub crowd: u64,
    /// Time between two looks.
    pub every: Duration,
}

/// Looks until `stop`.
pub async fn keep_watching(hooks: Hooks, watched: Watched, stop: CancellationToken) {
    let mut looks = interval(watched.every);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (mut crowd, mut trouble) = (Debounced::default(), Debounced::default());
    // A crowd that was told before this start ends once, too.
    crowd.known = hooks.store().marked(CROWD).await.unwrap_or_default();
    while stop.run_until_cancelled(looks.tick()).await.is_some() {
        let players = (watched.players)();
        let sentences = (watched.trouble)();
        if watched.crowd > 0
            && let Some(begins) = crowd.see(is_crowd(players, watched.crowd, crowd.known))
            && !promise_crowd(&hooks, &watched, players, begins).await
        {
            crowd.known = !begins;
        }
        if let Some(begins) = trouble.see(!sentences.is_empty()) {
            promise_trouble(&hooks, &watched, &sentences, begins).await;
        }
    }
}

fn is_crowd(players: u64, from: u64, was: bool) -> bool {
    match was {
        true => players * 100 >= from * OVER_PERCENT,
        false => players >= from,
    }
}

/// Something that counts when it was seen several times in a row.
#[derive(Debug, Default)]
struct Debounced {
    known: bool,
    differs: u32,
}

impl Debounced {
    /// What is so from now on, if that is news.
    fn see(&mut self, now: bool) -> Option<bool> {
        self.differs = match now == self.known {
            true => 0,
            false => self.differs + 1,
        };
        if self.differs < SAME {
            return None;
        }
        (self.known, self.differs) = (now, 0);
        Some(now)
    }
}

/// `false` while nobody can say whether another node has told it: then it is looked at again.
async fn promise_crowd(hooks: &Hooks, watched: &Watched, players: u64, begins: bool) -> bool {
    match hooks.store().mark(CROWD, begins).await {
        Ok(true) => {}
        // Every node sees the same crowd.
        Ok(false) => return true,
        Err(error) => {
            tracing::debug!(%error, "a crowd is noted for webhooks when the database answers");
            return false;
        }
    }
    let world = (watched.world)();
    let sentence = match begins {
        true => format!("{players} people are in {world}."),
        false => format!("The crowd in {world} is over: {players} people are left."),
    };
    let data = json!({ "players": players, "limit": watched.crowd, "begins": begins });
    let promise = message::promise(HookEvent::Crowd, now_ms(), &world, &sentence, data);
    hooks.promise(promise).await;
    true
}

async fn promise_trouble(hooks: &Hooks, watched: &Watched, sentences: &[String], begins: bool) {
    let world = (watched.world)();
    let sentence = match begins {
        true => format!("The server of {world} has trouble. {}", sentences.join(" ")),
        false => format!("The server of {world} works again."),
    };
    let data = json!({ "node": watched.node, "reasons": sentences, "begins": begins });
    hooks
        .promise(message::promise(
            HookEvent::Trouble,
            now_ms(),
            &world,
            &sentence,
            data,
        ))
        .await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hiccup_is_no_news() {
        let mut steady = Debounced::default();
        let told: Vec<_> = [false, true, true, false, true, true, true, true, false]
            .map(|now| steady.see(now))
            .into_iter()
            .flatten()
            .collect();
        assert_eq!(told, [true]);
    }

    #[test]
    fn a_crowd_ends_later_than_it_begins() {
        assert!(!is_crowd(99, 100, false) && is_crowd(100, 100, false));
        assert!(is_crowd(90, 100, true) && !is_crowd(89, 100, true));
    }
}
