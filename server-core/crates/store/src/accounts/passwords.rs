//! Hashing and checking passwords without letting a flood of logins starve the server.
//!
//! Argon2id is slow on purpose and takes 19 MiB a run, so it runs on the blocking pool, on at most
//! half of the processors at once: the world needs the others. [`WAITING_HASHES`] more may wait.
//! Beyond that the answer is "try again", at once, instead of a queue that only grows.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread::available_parallelism;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use tokio::sync::{OnceCell, Semaphore};

/// Most passwords hashed at the same time, however many processors there are.
pub const MAX_CONCURRENT_HASHES: usize = 4;
/// Passwords that may wait for their turn; at about 30 ms each that is a wait of a second or less.
pub const WAITING_HASHES: usize = 32;
/// Passwords that may wait besides, of people on devices that are known: a flood of others must not
/// keep them out.
pub const RESERVED_HASHES: usize = 8;

/// Hashes and checks passwords; cheap to clone.
#[derive(Debug, Clone)]
pub struct Passwords {
    running: Arc<Semaphore>,
    admitted: Arc<Semaphore>,
    reserved: Arc<Semaphore>,
    decoy: Arc<OnceCell<String>>,
}

/// Why a password was not hashed or checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// More passwords wait already than can be answered soon.
    #[error("too many passwords are waiting to be checked")]
    Busy,
    /// The hashing library or the blocking pool failed.
    #[error("a password could not be hashed")]
    Failed,
}

impl Default for Passwords {
    fn default() -> Self {
        let processors = available_parallelism().map_or(1, NonZeroUsize::get);
        let concurrent = (processors / 2).clamp(1, MAX_CONCURRENT_HASHES);
        Self {
            running: Arc::new(Semaphore::new(concurrent)),
            admitted: Arc::new(Semaphore::new(concurrent + WAITING_HASHES)),
            reserved: Arc::new(Semaphore::new(RESERVED_HASHES)),
            decoy: Arc::new(OnceCell::new()),
        }
    }
}

impl Passwords {
    /// The same for those on devices that are known, with places of their own to wait in.
    #[must_use]
    pub fn reserved(&self) -> Self {
        Self {
            admitted: self.reserved.clone(),
            ..self.clone()
        }
    }

    /// The PHC string to store for a password.
    ///
    /// # Errors
    /// [`PasswordError::Busy`] in a flood, [`PasswordError::Failed`] when hashing is impossible.
    pub async fn hash(&self, password: &str) -> Result<String, PasswordError> {
        let password = password.to_owned();
        self.run(move || {
            Argon2::default()
                .hash_password(password.as_bytes())
                .map(|hash| hash.to_string())
                .map_err(|_| PasswordError::Failed)
        })
        .await?
    }

    /// Whether `password` is the one behind `stored`. Without `stored` (no such account) the same
    /// work is done on a decoy and the answer is `false`, so that the time taken does not tell
    /// which e-mail addresses have an account.
    ///
    /// # Errors
    /// As [`Self::hash`].
    pub async fn verify(
        &self,
        password: &str,
        stored: Option<&str>,
    ) -> Result<bool, PasswordError> {
        let (stored, known) = match stored {
            Some(stored) => (stored.to_owned(), true),
            None => (self.decoy().await?, false),
        };
        let password = password.to_owned();
        self.run(move || {
            let matches = PasswordHash::new(&stored).is_ok_and(|hash| {
                Argon2::default()
                    .verify_password(password.as_bytes(), &hash)
                    .is_ok()
            });
            matches && known
        })
        .await
    }

    /// Makes the decoy before anybody logs in, so that the first unknown address takes no longer.
    ///
    /// # Errors
    /// As [`Self::hash`].
    pub async fn warm_up(&self) -> Result<(), PasswordError> {
        self.decoy().await.map(drop)
    }

    async fn decoy(&self) -> Result<String, PasswordError> {
        let make = || self.hash("nobody has this password");
        self.decoy.get_or_try_init(make).await.cloned()
    }

    /// The permits travel into the blocking task: a caller that goes away does not free a place
    /// while its work still runs.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, PasswordError> {
        let admitted = Arc::clone(&self.admitted)
            .try_acquire_owned()
            .map_err(|_| PasswordError::Busy)?;
        let running = Arc::clone(&self.running)
            .acquire_owned()
            .await
            .map_err(|_| PasswordError::Failed)?;
        tokio::task::spawn_blocking(move || {
            let _permits = (admitted, running);
            work()
        })
        .await
        .map_err(|_| PasswordError::Failed)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    #[tokio::test]
    async fn a_password_matches_only_its_own_hash() {
        let passwords = Passwords::default();
        let stored = passwords.hash("correct horse").await.unwrap();
        assert!(stored.starts_with("$argon2id$"));
        assert!(
            passwords
                .verify("correct horse", Some(&stored))
                .await
                .unwrap()
        );
        assert!(
            !passwords
                .verify("correct horsf", Some(&stored))
                .await
                .unwrap()
        );
        assert!(
            !passwords
                .verify("correct horse", Some("no hash"))
                .await
                .unwrap()
        );
        assert!(!passwords.verify("correct horse", None).await.unwrap());
        let decoy = "nobody has this password";
        assert!(!passwords.verify(decoy, None).await.unwrap());
    }

    #[tokio::test]
    async fn an_unknown_account_takes_as_long_as_a_wrong_password() {
        let passwords = Passwords::default();
        passwords.warm_up().await.unwrap();
        let stored = passwords.hash("correct horse").await.unwrap();
        let best = async |stored: Option<&str>| {
            let mut best = f64::MAX;
            for _ in 0..4 {
                let start = Instant::now();
                passwords.verify("something else", stored).await.unwrap();
                best = best.min(start.elapsed().as_secs_f64());
            }
            best
        };
        let (wrong, unknown) = (best(Some(&stored)).await, best(None).await);
        // Without the decoy the unknown account would be thousands of times faster.
        assert!(unknown > wrong / 5.0, "{unknown} against {wrong}");
    }

    #[tokio::test]
    async fn a_flood_is_turned_away_instead_of_queued() {
        let passwords = Passwords::default();
        let all = Arc::clone(&passwords.admitted);
        let _taken = all
            .acquire_many_owned(u32::try_from(passwords.admitted.available_permits()).unwrap())
            .await
            .unwrap();
        assert_eq!(passwords.hash("x").await, Err(PasswordError::Busy));
        assert!(passwords.reserved().hash("x").await.is_ok());
    }
}
