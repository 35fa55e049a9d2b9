//! What a run does: the knobs, checked and completed.

use std::net::SocketAddr;
use std::time::Duration;

use crate::LoadTestConfig;
use contract::load_test::Mode;

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
            run_id: format!("{:04x}", rand::random::<u16>()),
        }
    }

    /// Where in its interval the client `index` sends. The golden ratio spreads any number of
    /// clients evenly without giving them an order that a server could profit from.
    pub(super) fn offset(&self, index: u32, interval: Duration) -> Duration {
        const GOLDEN: f64 = 0.618_033_988_749_894_9;
        interval.mul_f64((f64::from(index) * GOLDEN).fract())
    }

    /// When the client `index` starts to connect, counted from the start of the run.
    pub(super) fn spawn_at(&self, index: u32) -> Duration {
        self.knobs.spawn_interval.saturating_mul(index)
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
