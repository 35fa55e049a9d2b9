//! Watches how long real players wait for answers while a run goes on.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use contract::admin::load_test::{LoadTestWhy, LoadTestWhyCode};
use metrics::{LatencySnapshot, Metrics};

/// Looks that count together, one a second: a single slow second is not yet a suffering world.
const WINDOW: usize = 3;

/// Answers within the period below which nothing is concluded.
const ENOUGH: u64 = 5;

/// See the module.
pub(super) struct Guard {
    metrics: Arc<Metrics>,
    limit: Duration,
    looks: VecDeque<(LatencySnapshot, LatencySnapshot)>,
}

impl Guard {
    /// A limit of zero is none.
    pub(super) fn new(metrics: Arc<Metrics>, limit: Duration) -> Self {
        Self {
            metrics,
            limit,
            looks: VecDeque::new(),
        }
    }

    /// Once a second: why the run must stop, if it must.
    pub(super) fn look(&mut self) -> Option<LoadTestWhy> {
        if self.limit.is_zero() {
            return None;
        }
        // The bots' part first, so that what comes meanwhile counts as a player's rather than as
        // fewer than none.
        let bots = self.metrics.receipt_to_ack_bots.snapshot();
        let all = self.metrics.receipt_to_ack.snapshot();
        self.looks.push_back((all, bots));
        if self.looks.len() <= WINDOW {
            return None;
        }
        let before = self.looks.pop_front()?;
        let (all, bots) = self.looks.back()?;
        let players = all.since(&before.0).since(&bots.since(&before.1));
        let p95 = players.quantile(0.95)?;
        if players.count() < ENOUGH || p95 <= self.limit {
            return None;
        }
        let (took, limit) = (p95.as_secs_f64() * 1000.0, self.limit.as_millis());
        Some(LoadTestWhy {
            ack_p95_ms: Some(took.round()),
            max_ack_ms: u64::try_from(limit).ok(),
            ..LoadTestWhy::new(
                LoadTestWhyCode::PlayersSuffered,
                format!(
                    "It stopped itself: real players waited {took:.0} ms for answers (95%), and {limit} ms is the limit."
                ),
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Duration = Duration::from_millis(100);

    struct GuardScene(Arc<Metrics>, Guard);

    impl GuardScene {
        fn new(limit: Duration) -> Self {
            let metrics = Arc::new(Metrics::default());
            Self(metrics.clone(), Guard::new(metrics, limit))
        }

        /// A second in which `players` and `bots` got answers after so long.
        fn second(&mut self, players: u64, bots: u64, took: Duration) -> Option<LoadTestWhy> {
            for index in 0..players + bots {
                self.0.receipt_to_ack.record(took);
                if index < bots {
                    self.0.receipt_to_ack_bots.record(took);
                }
            }
            self.1.look()
        }
    }

    #[test]
    fn a_run_stops_when_players_wait_too_long() {
        let mut scene = GuardScene::new(LIMIT);
        for _ in 0..WINDOW {
            assert_eq!(scene.second(10, 500, LIMIT / 2), None);
        }
        assert_eq!(scene.second(10, 500, LIMIT / 2), None);
        let why = scene.second(10, 500, LIMIT * 3).unwrap();
        assert_eq!(why.code, LoadTestWhyCode::PlayersSuffered);
        assert!(why.ack_p95_ms.unwrap() >= 300.0, "{why:?}");
        assert!(why.message.contains("100 ms is the limit"), "{why:?}");
    }

    #[test]
    fn bots_may_wait_and_few_answers_prove_nothing() {
        let mut scene = GuardScene::new(LIMIT);
        for _ in 0..10 {
            assert_eq!(scene.second(0, 500, LIMIT * 5), None);
            assert_eq!(scene.second(1, 500, LIMIT * 5), None);
        }
    }

    #[test]
    fn without_a_limit_it_goes_on() {
        let mut scene = GuardScene::new(Duration::ZERO);
        for _ in 0..10 {
            assert_eq!(scene.second(50, 0, LIMIT * 9), None);
        }
    }
}
