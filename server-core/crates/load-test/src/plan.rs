//! What a run does: the knobs, checked and completed.

use std::net::SocketAddr;
use std::time::Duration;

use crate::LoadTestConfig;
use contract::load_test::{CrowdShape, Mode};

/// The part of a run in which a ramp grows.
const RAMP: f64 = 0.9;

/// Time in which all clients try again after an outage: the first wait of clients that come back by
/// themselves.
const COMING_BACK: Duration = Duration::from_secs(1);

/// Everything a run needs to know.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Target, number of clients, times.
    pub knobs: LoadTestConfig,
    /// How the clients receive.
    pub mode: Mode,
    /// One update in this many asks for an ack; at least 1. The last one of a client always does.
    pub ack_every: u64,
    /// Whether clients move at all once they joined.
    pub idle: bool,
    /// Time between two chat messages of one client; `None` when nobody speaks.
    pub chat_interval: Option<Duration>,
    /// Where the target is, for those who looked the name up already.
    pub addresses: Vec<SocketAddr>,
    /// The process whose CPU time is the server's, when it cannot be found by its port.
    pub server_pid: Option<u32>,
    /// Signed by the server that is to be loaded, and sent in the handshake as `auth.runToken`.
    pub run_token: Option<String>,
    /// How long latencies are not counted at the beginning, for whoever wants those of the whole crowd
    /// alone.
    pub warm_up: Duration,
    /// Whether the end waits for what is on its way, and for everybody to leave in order. Whoever asks
    /// for latencies alone need not.
    pub settles: bool,
    /// Whether the run begins to be measured, for its whole length, when all clients are in and the server has come
    /// to rest.
    pub from_all_in: bool,
    /// Of so many in a hundred clients everything is read; of the others frames and bytes are counted. Acks are read of
    /// all.
    pub read_percent: u32,
    /// So many in a hundred clients receive as `Mode::Plain` says, whatever the mode is.
    pub plain_percent: u32,
    /// Part of every player id, so that two runs at once do not take each other's players.
    pub run_id: String,
}

impl Plan {
    /// A plan with the defaults of the command line and a random run id.
    #[must_use]
    pub fn new(knobs: LoadTestConfig) -> Self {
        Self {
            knobs,
            mode: Mode::default(),
            ack_every: 1,
            idle: false,
            chat_interval: None,
            addresses: Vec::new(),
            server_pid: None,
            run_token: None,
            warm_up: Duration::ZERO,
            settles: true,
            from_all_in: false,
            read_percent: 100,
            plain_percent: 0,
            run_id: format!("{:04x}", rand::random::<u16>()),
        }
    }

    /// How the client `index` receives.
    pub(super) fn mode_of(&self, index: u32) -> Mode {
        match is_chosen(index, self.plain_percent) {
            true => Mode::Plain,
            false => self.mode,
        }
    }

    /// Whether the client `index` asks for single updates while most others ask for batches.
    pub(super) fn is_single_among_batches(&self, index: u32) -> bool {
        self.mode != Mode::Plain && self.mode_of(index) == Mode::Plain
    }

    /// Whether everything that the client `index` receives is read. Neither its turn in the interval nor how it receives
    /// says anything about that.
    pub(super) fn reads_all(&self, index: u32) -> bool {
        const SILVER: f64 = std::f64::consts::SQRT_2;
        let share = (f64::from(index) * SILVER).fract() * 100.0;
        share < f64::from(self.read_percent)
    }

    /// Where in its interval the client `index` sends. The golden ratio spreads any number of
    /// clients evenly without giving them an order that a server could profit from.
    pub(super) fn offset(&self, index: u32, interval: Duration) -> Duration {
        const GOLDEN: f64 = 0.618_033_988_749_894_9;
        interval.mul_f64((f64::from(index) * GOLDEN).fract())
    }

    /// When the client `index` starts to connect, counted from the start of the run.
    pub(super) fn spawn_at(&self, index: u32) -> Duration {
        self.spawn_interval().saturating_mul(index)
    }

    /// Time between two new clients, as the shape has it.
    pub(super) fn spawn_interval(&self) -> Duration {
        match self.knobs.crowd.shape {
            CrowdShape::Steady | CrowdShape::Restart | CrowdShape::Slow => {
                self.knobs.spawn_interval
            }
            CrowdShape::Storm => Duration::ZERO,
            CrowdShape::Ramp => self.knobs.duration.mul_f64(RAMP) / self.clients().max(1),
        }
    }

    /// When all connections are dropped, counted from the start of the run, and when their clients may
    /// come back.
    pub(super) fn outage(&self) -> Option<(Duration, Duration)> {
        let crowd = &self.knobs.crowd;
        let start = self.knobs.duration / 2;
        let length = Duration::from_millis(crowd.outage_ms.into());
        (crowd.shape == CrowdShape::Restart).then_some((start, start + length))
    }

    /// How long after the outage the client `index` comes back.
    pub(super) fn comes_back_after(&self, index: u32) -> Duration {
        self.offset(index, COMING_BACK)
    }

    /// What the client `index` reads at most, in bytes a second; `None` for no limit.
    pub(super) fn bytes_a_second(&self, index: u32) -> Option<u32> {
        let crowd = &self.knobs.crowd;
        let clients = self.clients();
        // Where the share leaves nobody, the last.
        let is_slow = match u64::from(clients) * u64::from(crowd.slow_percent) / 100 {
            0 => index + 1 == clients,
            _ => is_chosen(index, crowd.slow_percent),
        };
        let is_slow = crowd.shape == CrowdShape::Slow && is_slow;
        is_slow.then(|| crowd.slow_kbps.max(1).saturating_mul(1000))
    }

    /// The number of clients. Settings allow far fewer than a `u32` holds.
    pub(super) fn clients(&self) -> u32 {
        u32::try_from(self.knobs.clients).unwrap_or(u32::MAX)
    }

    pub(super) fn names(&self) -> Names {
        Names {
            prefix: format!("load-{}-", self.run_id),
        }
    }
}

/// Whether a client is one of so many in a hundred: evenly among the others, so that they come in at all times.
fn is_chosen(index: u32, percent: u32) -> bool {
    let until = |count: u64| count * u64::from(percent) / 100;
    until(u64::from(index) + 1) > until(u64::from(index))
}

/// The player ids of a run.
#[derive(Debug, Clone)]
pub(super) struct Names {
    prefix: String,
}

impl Names {
    /// The id of one client: `load-7f3a-0017`.
    pub(super) fn id(&self, index: u32) -> String {
        format!("{}{index:04}", self.prefix)
    }

    /// Which client an id names, or nothing for players of others.
    pub(super) fn index(&self, id: &str) -> Option<u32> {
        id.strip_prefix(&self.prefix)?.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_again_and_strangers_are_not() {
        let names = Plan::new(LoadTestConfig::default()).names();
        for index in [0, 17, 12_345] {
            assert_eq!(names.index(&names.id(index)), Some(index));
        }
        assert_eq!(names.index("ana"), None);
    }

    #[test]
    fn slow_lines_are_spread_over_the_crowd() {
        let mut plan = Plan::new(LoadTestConfig::default());
        let slow = |plan: &Plan| -> Vec<u32> {
            let all = 0..plan.clients();
            all.filter(|it| plan.bytes_a_second(*it) == Some(150_000))
                .collect()
        };
        assert_eq!(slow(&plan), [0_u32; 0]);
        plan.knobs.crowd.shape = CrowdShape::Slow;
        assert_eq!(slow(&plan), [9, 19, 29, 39, 49]);
        plan.knobs.clients = 4;
        assert_eq!(slow(&plan), [3], "at least one");
    }

    #[test]
    fn who_is_read_is_no_matter_of_how_a_client_receives() {
        let mut plan = Plan::new(LoadTestConfig::default());
        plan.knobs.clients = 5000;
        plan.mode = Mode::Batch;
        let count = |plan: &Plan, mode: Mode, read: bool| {
            let all = (0..plan.clients()).filter(|it| plan.mode_of(*it) == mode);
            all.filter(|it| plan.reads_all(*it) == read).count()
        };
        assert_eq!(count(&plan, Mode::Batch, true), 5000);
        (plan.plain_percent, plan.read_percent) = (5, 10);
        let read = [Mode::Plain, Mode::Batch].map(|mode| count(&plan, mode, true));
        assert_eq!(count(&plan, Mode::Plain, false) + read[0], 250);
        assert!((20..=30).contains(&read[0]), "{read:?}");
        assert!((465..=485).contains(&read[1]), "{read:?}");
    }

    #[test]
    fn shapes_say_when_clients_come() {
        let mut plan = Plan::new(LoadTestConfig::default());
        let last = |plan: &Plan| plan.spawn_at(plan.clients() - 1);
        assert_eq!(last(&plan), Duration::from_millis(49 * 50));
        assert_eq!(plan.outage(), None);
        plan.knobs.crowd.shape = CrowdShape::Storm;
        assert_eq!(last(&plan), Duration::ZERO);
        plan.knobs.crowd.shape = CrowdShape::Ramp;
        assert_eq!(last(&plan).as_millis(), 52_920, "nine tenths of a minute");
        plan.knobs.crowd.shape = CrowdShape::Restart;
        let second = Duration::from_secs(1);
        assert_eq!(plan.outage(), Some((30 * second, 32 * second)));
        assert!((0..50).all(|it| plan.comes_back_after(it) < second));
    }

    #[test]
    fn clients_send_at_moments_of_their_own() {
        let plan = Plan::new(LoadTestConfig::default());
        let mut offsets: Vec<Duration> = (0..50)
            .map(|index| plan.offset(index, plan.knobs.update_interval))
            .collect();
        offsets.sort();
        let gap = |pair: &[Duration]| pair[1] - pair[0];
        let widest = offsets.windows(2).map(gap).max();
        assert!(widest < Some(Duration::from_millis(40)), "{widest:?}");
        assert!(offsets.iter().all(|it| *it < plan.knobs.update_interval));
    }
}
