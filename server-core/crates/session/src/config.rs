//! What a world says about itself, how often somebody may do what, and how updates leave, as operators set them.

use std::str::FromStr;
use std::time::Duration;

use contract::events::RateBucket;
use contract::world_map::Mood;
use identity::Secret;

/// What the world says about itself.
#[derive(Debug, Clone)]
pub struct WorldConfig {
    /// Stable id (`WORLD_ID`).
    pub id: String,
    /// Name people see (`WORLD_NAME`).
    pub name: String,
    /// One sentence (`WORLD_DESCRIPTION`).
    pub description: String,
    /// The `System` line that opens a new world's chat (`WORLD_GREETING`); empty for none.
    pub greeting: String,
    /// Whether visitors without an account may join (`GUESTS_ALLOWED`).
    pub guests_allowed: bool,
    /// Most players at once (`MAX_PLAYERS`).
    pub max_players: usize,
    /// The light the world is in (`WORLD_MOOD`).
    pub light: WorldLight,
    /// What everybody but the administration has to know to join (`JOIN_PIN`).
    pub join_pin: Option<Secret>,
}

impl Default for WorldConfig {
    fn default() -> Self {
        Self {
            id: "harbour".to_owned(),
            name: "Lantern harbour".to_owned(),
            description: "A small harbour that somebody keeps lit.".to_owned(),
            greeting: "Welcome to the harbour. Say hello.".to_owned(),
            guests_allowed: true,
            max_players: 5000,
            light: WorldLight::Fixed(Mood::Day),
            join_pin: None,
        }
    }
}

impl WorldConfig {
    /// Whether `pin` lets somebody in. Takes the same time wherever the two differ.
    #[must_use]
    pub fn opens_with(&self, pin: &str) -> bool {
        let ours = self.join_pin.as_ref().map_or("", Secret::expose).as_bytes();
        let same = ours
            .iter()
            .zip(pin.as_bytes())
            .fold(0, |all, (a, b)| all | (a ^ b));
        ours.len() == pin.len() && same == 0
    }
}

/// What decides about the light a world is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorldLight {
    /// The host: it stays.
    Fixed(Mood),
    /// The hour on the server's clock.
    Clock,
}

/// From which minute of the day on which light is on the clock.
const LIGHT_OF_DAY: [(u32, Mood); 5] = [
    (0, Mood::Night),
    (6 * 60, Mood::Dusk),
    (7 * 60, Mood::Day),
    (19 * 60, Mood::Dusk),
    (21 * 60, Mood::Night),
];

impl WorldLight {
    /// Every word of the setting.
    pub const WORDS: &'static [&'static str] = &["day", "dusk", "night", "clock"];

    /// The word of this value.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fixed(mood) => mood.as_str(),
            Self::Clock => "clock",
        }
    }

    /// The light at a minute of the day.
    #[must_use]
    pub fn at(self, minute: u32) -> Mood {
        match self {
            Self::Fixed(mood) => mood,
            Self::Clock => LIGHT_OF_DAY
                .iter()
                .rfind(|(from, _)| *from <= minute)
                .map_or(Mood::Night, |(_, mood)| *mood),
        }
    }
}

impl FromStr for WorldLight {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        match word {
            "clock" => Ok(Self::Clock),
            word => Mood::ALL
                .into_iter()
                .find(|mood| mood.as_str() == word)
                .map(Self::Fixed)
                .ok_or(()),
        }
    }
}

/// A token bucket: `per_second` tokens flow in, at most `burst` are kept.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// Tokens per second.
    pub per_second: f64,
    /// Size of the bucket.
    pub burst: f64,
}

impl Rate {
    fn plus(self, other: Self) -> Self {
        Self {
            per_second: self.per_second + other.per_second,
            burst: self.burst + other.burst,
        }
    }

    /// As much for so many.
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        Self {
            per_second: self.per_second * factor,
            burst: self.burst * factor,
        }
    }
}

macro_rules! declare_rates {
    ($( $(#[doc = $doc:literal])+ $bucket:ident $field:ident $env:literal $rate:literal, $burst:literal, $help:literal, $burst_help:literal; )+) => {
        /// How often one person may do what, by what it counts as.
        #[derive(Debug, Clone)]
        pub struct EventRates {
            $( $(#[doc = $doc])+ pub $field: Rate, )+
        }

        impl Default for EventRates {
            fn default() -> Self {
                Self { $( $field: Rate { per_second: $rate, burst: $burst }, )+ }
            }
        }

        impl EventRates {
            /// What every event that counts may bring together.
            pub(crate) fn all(&self) -> [Rate; RateBucket::ALL.len() - 1] {
                [ $( self.$field, )+ ]
            }

            /// How often one person may do what is counted by `bucket`.
            pub(crate) fn of(&self, bucket: RateBucket) -> Rate {
                match bucket {
                    $( RateBucket::$bucket => self.$field, )+
                    // Whoever wants to leave can. Only what nothing but a flood brings is refused.
                    RateBucket::Leaves => self.joins.plus(self.updates).times(10.0),
                }
            }
        }
    };
}
contract::for_rate_buckets!(declare_rates);

/// Limits on the events of a person, on whatever connections, and of a network.
#[derive(Debug, Clone)]
pub struct RateLimits {
    /// What one person may do of each kind.
    pub events: EventRates,
    /// Socket.IO CONNECTs of one transport (`RATE_CONNECTS`, `RATE_CONNECTS_BURST`).
    pub connects: Rate,
    /// Words to everybody of one account (`RATE_ANNOUNCEMENTS`, `RATE_ANNOUNCEMENTS_BURST`).
    pub announcements: Rate,
    /// So many times what one person may do is what everybody of one network may do together
    /// (`NETWORK_FACTOR`).
    pub network_factor: u32,
    /// People, and networks, whose last events are remembered (`RATE_MEMORY`).
    pub remembered: usize,
    /// Open reports of one person; those of one network are limited as well (`MAX_OPEN_REPORTS`).
    pub open_reports: u32,
    /// Wrong join PINs of everybody together in a day (`WRONG_PINS_PER_DAY`).
    pub wrong_pins_per_day: u32,
    /// Live views of the administration at once (`MAX_FEEDS`).
    pub feeds: usize,
    /// The same of one person (`MAX_FEEDS_PER_PERSON`).
    pub feeds_per_person: usize,
    /// Service accounts that there may be (`MAX_SERVICE_ACCOUNTS`).
    pub service_accounts: u32,
    /// Refusals of one person within [`Self::flood_window`] that end the connection (`FLOOD_REFUSALS`).
    pub flood_refusals: u32,
    /// See [`Self::flood_refusals`] (`FLOOD_WINDOW_MS`).
    pub flood_window: Duration,
}

impl Default for RateLimits {
    fn default() -> Self {
        Self {
            events: EventRates::default(),
            connects: Rate {
                per_second: 5.0,
                burst: 10.0,
            },
            announcements: Rate {
                per_second: 0.2,
                burst: 5.0,
            },
            network_factor: 20,
            remembered: 20_000,
            open_reports: 20,
            wrong_pins_per_day: 500,
            feeds: 64,
            feeds_per_person: 8,
            service_accounts: 20,
            flood_refusals: 500,
            flood_window: Duration::from_secs(10),
        }
    }
}

/// Flushing, queues and slow clients.
#[derive(Debug, Clone)]
pub struct SessionConfig {
    /// The tick on which updates are flushed in a crowd (`FLUSH_INTERVAL_MS`).
    pub flush_interval: Duration,
    /// Deliveries (updates x recipients) within one interval below which a change is flushed at
    /// once (`FLUSH_BUDGET`).
    pub flush_budget: u64,
    /// Players above which distance decides how often somebody is told of whom; 0 for never (`NEARNESS_FROM`).
    pub nearness_from: usize,
    /// Bytes a second of updates for a client that reads single ones, where distance decides (`PLAIN_BYTES`).
    pub plain_bytes: usize,
    /// Time a thread rests before it asks for more work while updates leave on the tick
    /// (`CROWD_REST_MS`); zero never.
    pub crowd_park_delay: Duration,
    /// Messages kept and sent in the snapshot (`CHAT_HISTORY`).
    pub chat_history: usize,
    /// Bytes of reliable events that may wait for one client (`OUTBOX_BYTES`).
    pub outbox_bytes: usize,
    /// Time without progress after which a client that has something waiting is disconnected
    /// (`SLOW_CONSUMER_MS`).
    pub slow_consumer_timeout: Duration,
    /// Events of one client that may wait to be applied (`INBOX_EVENTS`).
    pub inbox_events: usize,
    /// Packets that may wait inside the Socket.IO layer for one client (`CHANNEL_PACKETS`).
    pub channel_packets: usize,
    /// Longest wait for a store during a join (`JOIN_LOOKUP_MS`).
    pub join_lookup_timeout: Duration,
    /// Time without any event from a player after which the session ends; zero never
    /// (`IDLE_TIMEOUT_MS`).
    pub idle_timeout: Duration,
    /// Longest time a shutdown may take (`SHUTDOWN_TIMEOUT_MS`).
    pub shutdown_timeout: Duration,
}

impl Default for SessionConfig {
    fn default() -> Self {
        Self {
            flush_interval: Duration::from_millis(50),
            flush_budget: 2000,
            nearness_from: 1500,
            plain_bytes: 64_000,
            crowd_park_delay: Duration::from_millis(4),
            chat_history: 50,
            outbox_bytes: 1024 * 1024,
            slow_consumer_timeout: Duration::from_secs(10),
            inbox_events: 512,
            channel_packets: 2048,
            join_lookup_timeout: Duration::from_secs(1),
            idle_timeout: Duration::ZERO,
            shutdown_timeout: Duration::from_secs(15),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_goes_from_night_through_dusk_to_day_and_back() {
        let at = |hour: u32, minute: u32| WorldLight::Clock.at(hour * 60 + minute);
        assert_eq!(at(0, 0), Mood::Night);
        assert_eq!(at(5, 59), Mood::Night);
        assert_eq!(at(6, 0), Mood::Dusk);
        assert_eq!(at(12, 0), Mood::Day);
        assert_eq!(at(20, 30), Mood::Dusk);
        assert_eq!(at(23, 59), Mood::Night);
        assert_eq!(WorldLight::Fixed(Mood::Dusk).at(720), Mood::Dusk);
    }

    #[test]
    fn every_word_is_read_as_what_it_says() {
        for word in WorldLight::WORDS {
            assert_eq!(word.parse().map(WorldLight::as_str), Ok(*word));
        }
        assert!("noon".parse::<WorldLight>().is_err());
    }
}
