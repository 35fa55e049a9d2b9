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
    spoke: Mutex<HashMap<PersonRef, Instant>>,
}

impl SlowMode {
    /// Notes that a person speaks at `now`, if `pause` is over since they last did.
    ///
    /// # Errors
    /// How long they still have to wait; then nothing is noted.
    pub(super) fn speak(
        &self,
        person: PersonRef,
        pause: Duration,
        now: Instant,
    ) -> Result<(), Duration> {
        if pause.is_zero() {
            return Ok(());
        }
        let mut spoke = self.spoke.lock();
        if let Some(last) = spoke.get(&person) {
            let waited = now.saturating_duration_since(*last);
            if waited < pause {
                return Err(pause.saturating_sub(waited));
            }
        }
        if spoke.len() >= REMEMBERED {
            spoke.retain(|_, last| now.saturating_duration_since(*last) < pause);
        }
        spoke.insert(person, now);
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
        assert_eq!(slow.speak(person("ana"), pause, at(0)), Ok(()));
        let wait = Duration::from_secs(7);
        assert_eq!(slow.speak(person("ana"), pause, at(3)), Err(wait));
        assert_eq!(slow.speak(person("bo"), pause, at(3)), Ok(()));
        let spoken = slow.speak(person("ana"), pause, at(10));
        assert_eq!(spoken, Ok(()), "a refused line starts no new wait");
        assert_eq!(slow.speak(person("ana"), Duration::ZERO, at(10)), Ok(()));
    }
}
