//! The link to the other nodes of a world.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use super::text::MetricsPage;
use super::{Counter, Gauge, Latency};

/// What the link costs and how it is. Rendered only where there is one by configuration.
#[derive(Debug, Default)]
pub struct LinkMetrics {
    exists: AtomicBool,
    /// 1 while other nodes see this one and are seen.
    pub up: Gauge,
    /// Nodes that live, this one included.
    pub nodes: Gauge,
    /// Milliseconds the last proof of life took to come back.
    pub lag_ms: Gauge,
    /// Calls of scripts, and messages about moves.
    pub calls: Counter,
    /// From sending calls to their answers.
    pub round_trip: Latency,
    /// Events heard on the session channel, those of this node included.
    pub events: Counter,
    /// Bytes of those events.
    pub event_bytes: Counter,
    /// Times the whole state was compared, because something was missed or the link was new.
    pub resyncs: Counter,
    /// States of players told to other nodes, each counted once however many nodes there are.
    pub moves_sent: Counter,
    /// Times a node answered what of its players' moves was missed.
    pub moves_healed: Counter,
    /// Times the link broke.
    pub breaks: Counter,
}

impl LinkMetrics {
    /// From now on the link is part of the page.
    pub fn exists(&self) {
        self.exists.store(true, Relaxed);
    }

    pub(super) fn render(&self, page: &mut MetricsPage) {
        if !self.exists.load(Relaxed) {
            return;
        }
        page.gauge(
            "comutiny_link_up",
            "Whether this node is linked with the others.",
            self.up.get() as f64,
        );
        page.gauge(
            "comutiny_nodes",
            "Nodes of this world that live.",
            self.nodes.get() as f64,
        );
        page.gauge(
            "comutiny_link_lag_seconds",
            "Time the last proof of life took through Redis and back.",
            self.lag_ms.get() as f64 / 1000.0,
        );
        for (name, help, counter) in [
            (
                "comutiny_redis_calls_total",
                "Calls of Redis: scripts, and messages from node to node.",
                &self.calls,
            ),
            (
                "comutiny_redis_events_total",
                "Events and messages heard from nodes through Redis.",
                &self.events,
            ),
            (
                "comutiny_redis_event_bytes_total",
                "Bytes of events and messages heard from nodes through Redis.",
                &self.event_bytes,
            ),
            (
                "comutiny_resyncs_total",
                "Comparisons of the whole state with the other nodes.",
                &self.resyncs,
            ),
            (
                "comutiny_moves_sent_total",
                "Players' states told to the other nodes.",
                &self.moves_sent,
            ),
            (
                "comutiny_moves_healed_total",
                "Times another node told again what was missed of its players' moves.",
                &self.moves_healed,
            ),
            (
                "comutiny_link_breaks_total",
                "Times the link to the other nodes broke.",
                &self.breaks,
            ),
        ] {
            page.counter(name, help, counter.get() as f64);
        }
        page.histogram(
            "comutiny_redis_round_trip_seconds",
            "From sending calls to Redis to their answers.",
            &self.round_trip.snapshot(),
        );
    }
}
