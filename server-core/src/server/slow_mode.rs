//! Slow mode: how long ago somebody spoke, in memory.

use std::collections::HashMap;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::time::Instant;

use contract::admin::PersonRef;

/// People whose last line is remembered; beyond that, those who may speak again are forgotten.
const REMEMBERED: usize = 20_000;

/// See the module. A person speaks on one node at a time, so each node remembers by itself.
#[derive(Debug, Default)]
pub(super) struct SlowMode {
    // Held for one map operation, never across an await.
    last_lines: Mutex<HashMap<PersonRef, Instant>>,
}

impl SlowMode {
    /// Notes that a person speaks at `now`, if `pause` is over since they last did.
    ///
    /// # Errors
    /// How long they still have to wait; then nothing is noted.
    pub(super) fn admit(
        &self,
        person: PersonRef,
        pause: Duration,
        now: Instant,
    ) -> Result<(), Duration> {
        if pause.is_zero() {
            return Ok(());
        }
        let mut last_lines = self.last_lines.lock();
        if let Some(last) = last_lines.get(&person) {
            let waited = now.saturating_duration_since(*last);
            if waited < pause {
                return Err(pause.saturating_sub(waited));
            }
        }
        if last_lines.len() >= REMEMBERED {
            last_lines.retain(|_, last| now.saturating_duration_since(*last) < pause);
        }
        last_lines.insert(person, now);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::admin::PersonKind;

    fn person(subject: &str) -> PersonRef {
        PersonRef {
            kind: PersonKind::Guest,
            subject: subject.to_owned(),
        }
    }

    #[test]
    fn a_person_waits_between_two_lines_and_others_do_not() {
        let (slow, start) = (SlowMode::default(), Instant::now());
        let pause = Duration::from_secs(10);
        let at = |seconds: u64| start + Duration::from_secs(seconds);
        assert_eq!(slow.admit(person("ana"), pause, at(0)), Ok(()));
        let wait = Duration::from_secs(7);
        assert_eq!(slow.admit(person("ana"), pause, at(3)), Err(wait));
        assert_eq!(slow.admit(person("bo"), pause, at(3)), Ok(()));
        let admitted = slow.admit(person("ana"), pause, at(10));
        assert_eq!(admitted, Ok(()), "a refused line starts no new wait");
        assert_eq!(slow.admit(person("ana"), Duration::ZERO, at(10)), Ok(()));
    }
}
