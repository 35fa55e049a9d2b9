//! What operators say about how several nodes share one world.

use std::time::Duration;

use identity::Secret;

/// Redis, when there is more than one node.
#[derive(Debug, Clone)]
pub struct ReplicationConfig {
    /// `redis://` or `rediss://` address, or several with commas between (`REDIS_URL`, or put together from `REDIS_HOST`,
    /// `REDIS_PORT`, `REDIS_DB` and `REDIS_PASSWORD`); `None` is a cluster of one.
    pub redis_url: Option<Secret>,
    /// Begins every key and channel (`REDIS_PREFIX`), so that several worlds share one Redis.
    pub prefix: String,
    /// Whether a Redis that cannot be reached at start ends the start (`REDIS_REQUIRED`).
    pub required: bool,
    /// Time between two proofs of life to the other nodes (`REDIS_BEAT_MS`).
    pub beat_interval: Duration,
    /// Time without a proof of life after which a node's players leave (`REDIS_LEASE_MS`); see
    /// [`Self::lasting_lease`].
    pub lease: Duration,
    /// Time for an answer of Redis, after which this node goes on alone (`REDIS_ANSWER_MS`).
    pub answer_timeout: Duration,
    /// Time a chat message waits for its place among those of other nodes (`REDIS_CHAT_MS`).
    pub chat_patience: Duration,
    /// Shortest time between two flushes to the other nodes (`REDIS_FLUSH_MS`).
    pub flush_interval: Duration,
    /// Time nodes have to come back after Redis was away, before they count as dead
    /// (`REDIS_GRACE_MS`); see [`Self::lasting_grace`].
    pub grace: Duration,
    /// Time after which a node looks again what others may have stored and could not tell
    /// (`REDIS_REREAD_MS`).
    pub reread: Duration,
}

impl Default for ReplicationConfig {
    fn default() -> Self {
        Self {
            redis_url: None,
            prefix: "comutiny".to_owned(),
            required: false,
            beat_interval: Duration::from_millis(500),
            lease: Duration::from_secs(5),
            answer_timeout: Duration::from_secs(1),
            chat_patience: Duration::from_millis(80),
            flush_interval: Duration::from_millis(10),
            grace: Duration::from_secs(3),
            reread: Duration::from_secs(60),
        }
    }
}

impl ReplicationConfig {
    /// The lease, but never so short that one late beat ends it.
    #[must_use]
    pub fn lasting_lease(&self) -> Duration {
        self.lease.max(3 * self.beat_interval)
    }

    /// The time to come back, but never so short that the pause between two beats of the only node
    /// left looks like a silence of all: then nobody would ever count as dead.
    #[must_use]
    pub fn lasting_grace(&self) -> Duration {
        self.grace.max(4 * self.beat_interval)
    }
}

/// The addresses in `REDIS_URL`, which are separated by commas. A comma elsewhere belongs to a
/// password.
pub fn redis_addresses(url: &str) -> impl Iterator<Item = &str> {
    let begins = |text: &str| {
        let text = text.trim_start();
        text.starts_with("redis://") || text.starts_with("rediss://")
    };
    let mut rest = Some(url);
    std::iter::from_fn(move || {
        let text = rest?;
        let mut commas = text.match_indices(',').map(|(at, _)| at);
        let end = commas.find(|at| begins(&text[at + 1..]));
        let (first, others) = match end {
            Some(end) => (&text[..end], Some(&text[end + 1..])),
            None => (text, None),
        };
        rest = others;
        Some(first.trim())
    })
}

/// Who may take over a guest's live player (`GUEST_TAKEOVER`).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum GuestTakeover {
    /// Only the holder of the same guest secret.
    #[default]
    Secret,
    /// Also anyone from the holder's address.
    Address,
    /// Anyone.
    Open,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slow_beat_stretches_what_hangs_on_it() {
        let usual = ReplicationConfig::default();
        assert_eq!(usual.lasting_lease(), usual.lease);
        assert_eq!(usual.lasting_grace(), usual.grace);
        let slow = ReplicationConfig {
            beat_interval: Duration::from_secs(2),
            ..usual
        };
        assert_eq!(slow.lasting_lease(), Duration::from_secs(6));
        assert_eq!(slow.lasting_grace(), Duration::from_secs(8));
    }

    #[test]
    fn one_setting_may_hold_several_addresses() {
        let check = |url, expected: &[&str]| {
            assert_eq!(redis_addresses(url).collect::<Vec<_>>(), expected);
        };
        check("redis://a:1/0", &["redis://a:1/0"]);
        check("redis://a, rediss://b", &["redis://a", "rediss://b"]);
        check(
            "redis://:x,y@a,rediss://b",
            &["redis://:x,y@a", "rediss://b"],
        );
    }
}
