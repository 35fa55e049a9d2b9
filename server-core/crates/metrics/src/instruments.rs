//! Every metric of a server, and its text for Prometheus.

use std::sync::Arc;

use super::host::{HostGauges, HostSample};
use super::text::MetricsPage;
use super::{Counter, Gauge, Latency, LinkMetrics};
use contract::{RefusalCode, TerminationCode};

/// All metrics of one server. Fields are changed where the thing happens; share it in an `Arc`.
#[derive(Debug, Default)]
pub struct Metrics {
    /// Players in the world, as this node sees it.
    pub players: Gauge,
    /// Open Socket.IO connections of this node, joined or looking on.
    pub sockets: Gauge,
    /// Changes of one player handed to another client's connection.
    pub deliveries: Counter,
    /// Updates replaced by a newer one of the same player before they were sent.
    pub coalesced: Counter,
    /// Times a packet did not fit into a connection's channel of the Socket.IO layer.
    pub full_channels: Counter,
    /// Connections aborted because they could not keep up.
    pub slow_consumers: Counter,
    /// `player:update` events accepted.
    pub updates: Counter,
    /// Chat messages said.
    pub chat_messages: Counter,
    /// The part of [`Self::chat_messages`] that bots of load tests said.
    pub bot_messages: Counter,
    /// Bots of load tests among the players of this node. A join counts at once, what left is seen
    /// within a second.
    pub bots: Gauge,
    /// Players who joined, takeovers included.
    pub joins: Counter,
    /// The part of [`Self::joins`] that bots of load tests are.
    pub bot_joins: Counter,
    /// The part of [`Self::leaves`] that bots of load tests are.
    pub bot_leaves: Counter,
    /// Players who left, however their session ended; takeovers do not count.
    pub leaves: Counter,
    /// Players reported by others.
    pub reports: Counter,
    /// From receiving an event of a player to handing over its ack.
    pub receipt_to_ack: Latency,
    /// The part of [`Self::receipt_to_ack`] that clients of load tests asked for.
    pub receipt_to_ack_bots: Latency,
    /// One flush of collected changes to all connections.
    pub flush: Latency,
    /// The tick of a world in which distance decides how often somebody is told of whom, in milliseconds; 0 in a smaller one.
    pub near_tick: Gauge,
    /// The link to other nodes.
    pub link: Arc<LinkMetrics>,
    refused: [Counter; RefusalCode::ALL.len()],
    terminated: [Counter; TerminationCode::ALL.len()],
    host: HostGauges,
}

impl Metrics {
    /// Counts an event refused with `code`.
    pub fn refused(&self, code: RefusalCode) {
        self.refused[code as usize].increment();
    }

    /// Counts a session the server ended with `code`.
    pub fn terminated(&self, code: TerminationCode) {
        self.terminated[code as usize].increment();
    }

    /// The newest sample of process and machine.
    #[must_use]
    pub fn host(&self) -> HostSample {
        self.host.get()
    }

    /// Stores a sample of process and machine.
    pub fn set_host(&self, sample: HostSample) {
        self.host.set(sample);
    }

    /// Players who are people, as this node sees the world.
    #[must_use]
    pub fn people(&self) -> u64 {
        u64::try_from(self.players.get() - self.bots.get()).unwrap_or(0)
    }

    /// How often people joined.
    #[must_use]
    pub fn people_joins(&self) -> u64 {
        // The bots' part first: it must not count what is not yet in the whole.
        let bots = self.bot_joins.get();
        self.joins.get().saturating_sub(bots)
    }

    /// All metrics in the Prometheus text format, version 0.0.4.
    #[must_use]
    pub fn render(&self) -> String {
        let mut page = MetricsPage::default();
        page.gauge(
            "comutiny_players",
            "Players in the world.",
            self.players.get() as f64,
        );
        page.gauge(
            "comutiny_bots",
            "Bots of load tests among the players of this node.",
            self.bots.get() as f64,
        );
        page.gauge(
            "comutiny_sockets",
            "Open Socket.IO connections of this node.",
            self.sockets.get() as f64,
        );
        page.gauge(
            "comutiny_near_tick_seconds",
            "The tick while distance decides how often clients are told of whom; 0 in a smaller world.",
            self.near_tick.get() as f64 / 1000.0,
        );
        for (name, help, counter) in [
            (
                "comutiny_deliveries_total",
                "Changes of one player handed to another client.",
                &self.deliveries,
            ),
            (
                "comutiny_coalesced_updates_total",
                "Updates replaced by a newer one before they were sent.",
                &self.coalesced,
            ),
            (
                "comutiny_full_channels_total",
                "Packets that did not fit into a connection's channel.",
                &self.full_channels,
            ),
            (
                "comutiny_slow_consumers_total",
                "Connections aborted because they could not keep up.",
                &self.slow_consumers,
            ),
            (
                "comutiny_updates_total",
                "Updates of players accepted.",
                &self.updates,
            ),
            (
                "comutiny_chat_messages_total",
                "Chat messages said.",
                &self.chat_messages,
            ),
            ("comutiny_joins_total", "Players who joined.", &self.joins),
            ("comutiny_leaves_total", "Players who left.", &self.leaves),
            (
                "comutiny_reports_total",
                "Players reported by others.",
                &self.reports,
            ),
        ] {
            page.counter(name, help, counter.get() as f64);
        }
        page.counter_by(
            "comutiny_refused_events_total",
            "Events refused, by the code of their answer.",
            "code",
            RefusalCode::ALL
                .iter()
                .map(|code| (code.as_str(), self.refused[*code as usize].get())),
        );
        page.counter_by(
            "comutiny_terminated_sessions_total",
            "Sessions the server ended, by code.",
            "code",
            TerminationCode::ALL
                .iter()
                .map(|code| (code.as_str(), self.terminated[*code as usize].get())),
        );
        page.histogram(
            "comutiny_receipt_to_ack_seconds",
            "From receiving a player's event to handing over its ack.",
            &self.receipt_to_ack.snapshot(),
        );
        page.histogram(
            "comutiny_flush_seconds",
            "One flush of collected changes to all connections.",
            &self.flush.snapshot(),
        );
        self.link.render(&mut page);
        self.host.get().render(&mut page);
        page.into_text()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn bots_are_no_people() {
        let metrics = Metrics::default();
        metrics.players.set(5);
        metrics.bots.set(3);
        metrics.joins.add(7);
        metrics.bot_joins.add(6);
        assert_eq!((metrics.people(), metrics.people_joins()), (2, 1));
        metrics.players.set(1);
        assert_eq!(metrics.people(), 0, "who left is still counted as a bot");
    }

    #[test]
    fn what_was_counted_is_in_the_text() {
        let metrics = Metrics::default();
        metrics.players.set(3);
        metrics.sockets.increment();
        metrics.deliveries.add(12);
        metrics.refused(RefusalCode::RateLimited);
        metrics.terminated(TerminationCode::SlowConsumer);
        metrics.flush.record(Duration::from_micros(100));
        let text = metrics.render();
        for line in [
            "# TYPE comutiny_players gauge",
            "comutiny_players 3",
            "comutiny_sockets 1",
            "comutiny_deliveries_total 12",
            "comutiny_refused_events_total{code=\"rate-limited\"} 1",
            "comutiny_refused_events_total{code=\"banned\"} 0",
            "comutiny_terminated_sessions_total{code=\"slow-consumer\"} 1",
            "comutiny_flush_seconds_bucket{le=\"0.000064\"} 0",
            "comutiny_flush_seconds_bucket{le=\"0.000128\"} 1",
            "comutiny_flush_seconds_bucket{le=\"+Inf\"} 1",
            "comutiny_flush_seconds_sum 0.0001",
            "comutiny_flush_seconds_count 1",
        ] {
            assert!(
                text.lines().any(|found| found == line),
                "{line} is not in\n{text}"
            );
        }
    }

    /// Each name has one HELP and one TYPE line before its samples, and no sample repeats.
    #[test]
    fn the_text_is_well_formed() {
        let metrics = Metrics::default();
        assert!(!metrics.render().contains("redis"), "a node alone");
        metrics.link.exists();
        let text = metrics.render();
        assert!(text.contains("comutiny_redis_round_trip_seconds_count 0"));
        assert!(text.ends_with('\n'));
        let mut seen = std::collections::HashSet::new();
        let mut family = String::new();
        for line in text.lines() {
            if let Some(rest) = line.strip_prefix("# HELP ") {
                family = rest.split(' ').next().unwrap().to_owned();
            } else if !line.starts_with("# TYPE ") {
                let (series, value) = line.rsplit_once(' ').unwrap();
                assert!(series.starts_with(&family), "{series} after {family}");
                assert!(value.parse::<f64>().is_ok(), "{line}");
            }
            assert!(
                seen.insert(line.rsplit_once(' ').unwrap().0.to_owned()),
                "{line} repeats"
            );
        }
    }
}
