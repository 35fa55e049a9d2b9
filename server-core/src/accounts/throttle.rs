//! How often an account and an address may try to log in, to register, or to guess a PIN.
//!
//! Token buckets with the time passed in. A correct password gives its tokens back, so that only
//! failures count; a refused attempt costs nothing. Memory is bounded: beyond [`MAX_BUCKETS`] the
//! buckets that are closest to full, which restrict nobody, are forgotten first.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::users::fold;

/// Buckets kept at most; one takes about 100 bytes.
pub const MAX_BUCKETS: usize = 20_000;

/// Size of a bucket, and the time in which one token comes back.
#[derive(Debug, Clone, Copy)]
struct Limit {
    burst: f64,
    refill: Duration,
}

/// Failed logins of one account from anywhere: ten at once, then one a minute. Slow enough against
/// guessing, and an owner who is being attacked still gets in within minutes.
const LOGIN_ACCOUNT: Limit = limit(10, 60);
/// Failed logins from one address, over all accounts: a classroom behind one address gets in.
const LOGIN_ADDRESS: Limit = limit(40, 15);
/// Registrations with one e-mail address, which would otherwise tell who has an account.
const REGISTER_ACCOUNT: Limit = limit(10, 60);
/// Registrations from one address.
const REGISTER_ADDRESS: Limit = limit(60, 30);

/// Wrong join PINs from one address: four digits would last years.
const PIN_ADDRESS: Limit = limit(10, 60);

const fn limit(burst: u32, seconds: u64) -> Limit {
    Limit {
        burst: burst as f64,
        refill: Duration::from_secs(seconds),
    }
}

/// Counts attempts; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Throttle {
    /// A std lock: held for two map operations, never across an await.
    buckets: Arc<Mutex<HashMap<Key, Bucket>>>,
}

/// What somebody tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Attempt {
    /// To log in, or to prove a password again.
    Login,
    /// To register.
    Register,
    /// To join with a PIN.
    Pin,
}

/// An attempt that may go on. Give it to [`Throttle::give_back`] when it was an honest one.
#[derive(Debug, Clone)]
#[must_use]
pub struct Admitted {
    keys: Vec<Key>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Account(Attempt, String),
    Address(Attempt, IpAddr),
}

#[derive(Debug, Clone, Copy)]
struct Bucket {
    tokens: f64,
    at: Instant,
}

impl Throttle {
    /// Takes one token for the account and one for the address. `address` is `None` for this
    /// machine, which is exempt from both.
    ///
    /// # Errors
    /// The time after which another attempt may succeed; then no token was taken.
    pub fn attempt(
        &self,
        attempt: Attempt,
        account: &str,
        address: Option<IpAddr>,
        now: Instant,
    ) -> Result<Admitted, Duration> {
        let Some(address) = address else {
            return Ok(Admitted { keys: Vec::new() });
        };
        let keys = vec![
            Key::Account(attempt, fold(account)),
            Key::Address(attempt, network(address)),
        ];
        self.take(keys, now)
    }

    /// Takes one token for the address alone, for what has no account.
    ///
    /// # Errors
    /// As [`Self::attempt`].
    pub fn attempt_from(
        &self,
        attempt: Attempt,
        address: Option<IpAddr>,
        now: Instant,
    ) -> Result<Admitted, Duration> {
        let key = address.map(|address| Key::Address(attempt, network(address)));
        self.take(key.into_iter().collect(), now)
    }

    fn take(&self, keys: Vec<Key>, now: Instant) -> Result<Admitted, Duration> {
        let mut buckets = self.lock();
        let mut wait = Duration::ZERO;
        for key in &keys {
            let limit = key.limit();
            let tokens = buckets
                .get(key)
                .map_or(limit.burst, |b| b.tokens(limit, now));
            if tokens < 1.0 {
                wait = wait.max(limit.refill.mul_f64(1.0 - tokens));
            }
        }
        if wait > Duration::ZERO {
            return Err(wait);
        }
        for key in &keys {
            add(&mut buckets, key, -1.0, now);
        }
        if buckets.len() > MAX_BUCKETS {
            forget_the_fullest(&mut buckets, now);
        }
        Ok(Admitted { keys })
    }

    /// Undoes an attempt that turned out to be honest.
    pub fn give_back(&self, admitted: &Admitted, now: Instant) {
        let mut buckets = self.lock();
        for key in &admitted.keys {
            add(&mut buckets, key, 1.0, now);
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Key, Bucket>> {
        // A panic cannot leave the map half changed.
        self.buckets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Key {
    fn limit(&self) -> Limit {
        match self {
            Self::Account(Attempt::Login, _) => LOGIN_ACCOUNT,
            Self::Account(Attempt::Register, _) => REGISTER_ACCOUNT,
            Self::Address(Attempt::Login, _) => LOGIN_ADDRESS,
            Self::Address(Attempt::Register, _) => REGISTER_ADDRESS,
            Self::Account(Attempt::Pin, _) | Self::Address(Attempt::Pin, _) => PIN_ADDRESS,
        }
    }
}

impl Bucket {
    fn tokens(&self, limit: Limit, now: Instant) -> f64 {
        let passed = now.saturating_duration_since(self.at).as_secs_f64();
        (self.tokens + passed / limit.refill.as_secs_f64()).min(limit.burst)
    }
}

fn add(buckets: &mut HashMap<Key, Bucket>, key: &Key, tokens: f64, now: Instant) {
    let limit = key.limit();
    let before = buckets
        .get(key)
        .map_or(limit.burst, |b| b.tokens(limit, now));
    let tokens = (before + tokens).min(limit.burst);
    if tokens >= limit.burst {
        buckets.remove(key);
    } else {
        buckets.insert(key.clone(), Bucket { tokens, at: now });
    }
}

/// Forgets the fuller half, so that this happens once in ten thousand attempts at most.
fn forget_the_fullest(buckets: &mut HashMap<Key, Bucket>, now: Instant) {
    let mut missing: Vec<f64> = buckets.iter().map(|(key, b)| gap(key, b, now)).collect();
    let middle = missing.len() / 2;
    let (_, median, _) = missing.select_nth_unstable_by(middle, f64::total_cmp);
    let median = *median;
    // Many buckets miss exactly as much as the median; they share what the emptier ones leave.
    let emptier = missing.iter().filter(|gap| **gap > median).count();
    let mut keep_equal = (MAX_BUCKETS / 2).saturating_sub(emptier);
    buckets.retain(|key, bucket| {
        let missing = gap(key, bucket, now);
        let equal = missing.total_cmp(&median).is_eq() && keep_equal > 0;
        keep_equal -= usize::from(equal);
        equal || missing > median
    });
}

/// Share of the bucket that is missing, 0 to 1.
fn gap(key: &Key, bucket: &Bucket, now: Instant) -> f64 {
    let limit = key.limit();
    1.0 - bucket.tokens(limit, now) / limit.burst
}

/// Providers hand a customer a whole IPv6 network, so its 64 bits count as one address. Local
/// addresses count singly, as a whole house shares those 64 bits.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) if !v6.is_unicast_link_local() && !v6.is_unique_local() => {
            let network = u128::from(v6) & !u128::from(u64::MAX);
            IpAddr::V6(Ipv6Addr::from(network))
        }
        other => other,
    }
}

#[cfg(test)]
mod tests;
