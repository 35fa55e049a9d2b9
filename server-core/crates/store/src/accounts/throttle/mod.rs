//! How often somebody may try to log in, to register, or to guess a PIN.
//!
//! Token buckets with the time passed in. An honest attempt gets its tokens back, so that only
//! failures count; a refused attempt costs nothing. No bucket can be emptied from elsewhere for
//! somebody else: those of an account are one for each network, and a device on which its owner has
//! logged in before has one of its own. Otherwise an attacker could lock the owner out.
//!
//! A PIN is the same for everybody and may have four digits, so wrong ones also count together,
//! wherever they come from; see [`Throttle::attempt_pin`].
//!
//! Memory is bounded: beyond [`MAX_BUCKETS`] the buckets that are closest to full, which restrict
//! nobody, are forgotten first. Each node counts for itself.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::{Mutex, MutexGuard};

use super::tokens::Device;
use crate::storage::fold;
use identity::{Block, Network};

mod bucket;

use bucket::{Bucket, Limit, limit};

/// Wrong PINs that everybody together may enter a day, unless a host sets another number.
pub const WRONG_PINS_PER_DAY: u32 = 500;
/// Buckets kept at most; one takes about 100 bytes.
pub const MAX_BUCKETS: usize = 20_000;

/// Failed logins of one account from one network, or on one device that is known: ten at once, then
/// one a minute.
const LOGIN_ACCOUNT: Limit = limit(10, 60);
/// Failed logins from one network, over all accounts: a classroom behind one address gets in.
const LOGIN_NETWORK: Limit = limit(40, 15);
/// Registrations with one e-mail address from one network, which would otherwise tell who has an
/// account.
const REGISTER_ACCOUNT: Limit = limit(10, 60);
/// Registrations from one network.
const REGISTER_NETWORK: Limit = limit(60, 30);
/// Wrong join PINs from one network.
const PIN_NETWORK: Limit = limit(10, 60);
/// Whether a site entered a wrong PIN today.
const PIN_SITE: Limit = limit(1, 24 * 60 * 60);
/// Bits of an IPv6 address that name a site: what providers hand out at most (RFC 6177).
const SITE_PREFIX: u8 = 48;

/// Counts attempts; cheap to clone.
#[derive(Debug, Clone)]
pub struct Throttle {
    /// Its lock is held for a few map operations, never across an await.
    state: Arc<Mutex<ThrottleState>>,
}

#[derive(Debug)]
struct ThrottleState {
    buckets: HashMap<Key, Bucket>,
    /// Wrong PINs of everybody. Apart from the others, because it must never be forgotten.
    wrong_pins: Option<Bucket>,
    wrong_pins_limit: Limit,
}

/// What somebody tries who has an account or wants one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Attempt {
    /// To log in, or to prove a password again.
    Login,
    /// To register.
    Register,
}

/// An attempt that may go on. Give it to [`Throttle::give_back`] when it was an honest one.
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct Admitted {
    keys: Vec<Key>,
    wrong_pin: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Account(Attempt, String, Network),
    Network(Attempt, Network),
    Device(Device),
    Pin(Network),
    Site(Block),
}

impl Default for Throttle {
    fn default() -> Self {
        Self::new(WRONG_PINS_PER_DAY)
    }
}

impl Throttle {
    /// A throttle that knows of no failures; everybody together may enter so many wrong PINs a day.
    #[must_use]
    pub fn new(wrong_pins_per_day: u32) -> Self {
        Self {
            state: Arc::new(Mutex::new(ThrottleState {
                buckets: HashMap::new(),
                wrong_pins: None,
                wrong_pins_limit: Limit::per_day(wrong_pins_per_day),
            })),
        }
    }

    /// Takes one token for the account in this network and one for the network. `address` is `None`
    /// for this machine, which is exempt from both.
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
            return Ok(Admitted::default());
        };
        let network = Network::of(address);
        let keys = vec![
            Key::Account(attempt, fold(account), network),
            Key::Network(attempt, network),
        ];
        self.lock().take(keys, now)
    }

    /// Takes one token for a login on a device that is known; nothing else counts for it.
    ///
    /// # Errors
    /// As [`Self::attempt`].
    pub fn attempt_on(&self, device: Device, now: Instant) -> Result<Admitted, Duration> {
        self.lock().take(vec![Key::Device(device)], now)
    }

    /// Takes one token for the network, and one of those for the wrong PINs of everybody. When the
    /// latter are used up, only sites that entered no wrong PIN today may go on: a right one from
    /// there always passes, and a wrong one was the last. A site is an IPv4 address or an IPv6 /48,
    /// because whoever has one of these has 65,536 networks. `None` stands for this machine, which is
    /// exempt.
    ///
    /// # Errors
    /// As [`Self::attempt`].
    pub fn attempt_pin(&self, address: Option<IpAddr>, now: Instant) -> Result<Admitted, Duration> {
        let Some(address) = address else {
            return Ok(Admitted::default());
        };
        let mut state = self.lock();
        let site = match address.to_canonical() {
            IpAddr::V4(_) => Block::single(address),
            IpAddr::V6(_) => Block::around(address, SITE_PREFIX),
        };
        let mut keys = vec![Key::Pin(Network::of(address))];
        let brake = state.wait_for_wrong_pins(now);
        match state.wait(&Key::Site(site), now).is_zero() {
            true => keys.push(Key::Site(site)),
            false if brake > Duration::ZERO => return Err(brake),
            false => {}
        }
        let mut admitted = state.take(keys, now)?;
        if brake.is_zero() {
            state.add_wrong_pin(-1.0, now);
            admitted.wrong_pin = true;
        }
        Ok(admitted)
    }

    /// Undoes an attempt that turned out to be honest.
    pub fn give_back(&self, admitted: &Admitted, now: Instant) {
        let mut state = self.lock();
        for key in &admitted.keys {
            state.add(key, 1.0, now);
        }
        if admitted.wrong_pin {
            state.add_wrong_pin(1.0, now);
        }
    }

    fn lock(&self) -> MutexGuard<'_, ThrottleState> {
        // A panic cannot leave the map half changed.
        self.state.lock()
    }
}

impl ThrottleState {
    /// One token from each bucket, or none.
    fn take(&mut self, keys: Vec<Key>, now: Instant) -> Result<Admitted, Duration> {
        let waits = keys.iter().map(|key| self.wait(key, now));
        let wait = waits.max().unwrap_or_default();
        if wait > Duration::ZERO {
            return Err(wait);
        }
        for key in &keys {
            self.add(key, -1.0, now);
        }
        if self.buckets.len() > MAX_BUCKETS {
            self.forget_the_fullest(now);
        }
        Ok(Admitted {
            keys,
            wrong_pin: false,
        })
    }

    /// Time until a bucket has a token.
    fn wait(&self, key: &Key, now: Instant) -> Duration {
        let bucket = self.buckets.get(key);
        bucket.map_or(Duration::ZERO, |it| it.wait(key.limit(), now))
    }

    fn add(&mut self, key: &Key, tokens: f64, now: Instant) {
        let before = self.buckets.get(key).copied();
        match Bucket::add(before, key.limit(), tokens, now) {
            Some(bucket) => drop(self.buckets.insert(key.clone(), bucket)),
            None => drop(self.buckets.remove(key)),
        }
    }

    fn wait_for_wrong_pins(&self, now: Instant) -> Duration {
        let bucket = self.wrong_pins;
        bucket.map_or(Duration::ZERO, |it| it.wait(self.wrong_pins_limit, now))
    }

    fn add_wrong_pin(&mut self, tokens: f64, now: Instant) {
        self.wrong_pins = Bucket::add(self.wrong_pins, self.wrong_pins_limit, tokens, now);
    }

    /// Forgets the fuller half, so that this happens once in ten thousand attempts at most.
    fn forget_the_fullest(&mut self, now: Instant) {
        let gap = |key: &Key, bucket: &Bucket| bucket.gap(key.limit(), now);
        let mut gaps: Vec<f64> = self.buckets.iter().map(|(key, it)| gap(key, it)).collect();
        let middle = gaps.len() / 2;
        let (_, median, _) = gaps.select_nth_unstable_by(middle, f64::total_cmp);
        let median = *median;
        // Many buckets miss exactly as much as the median; they share what the emptier ones leave.
        let emptier = gaps.iter().filter(|gap| **gap > median).count();
        let mut keep_equal = (MAX_BUCKETS / 2).saturating_sub(emptier);
        self.buckets.retain(|key, bucket| {
            let missing = gap(key, bucket);
            let equal = missing.total_cmp(&median).is_eq() && keep_equal > 0;
            keep_equal -= usize::from(equal);
            equal || missing > median
        });
    }
}

impl Key {
    fn limit(&self) -> Limit {
        match self {
            Self::Account(Attempt::Login, ..) | Self::Device(_) => LOGIN_ACCOUNT,
            Self::Account(Attempt::Register, ..) => REGISTER_ACCOUNT,
            Self::Network(Attempt::Login, _) => LOGIN_NETWORK,
            Self::Network(Attempt::Register, _) => REGISTER_NETWORK,
            Self::Pin(_) => PIN_NETWORK,
            Self::Site(_) => PIN_SITE,
        }
    }
}

#[cfg(test)]
mod tests;
