//! Collects what the clients report, second by second and in total.

use super::deliveries::{DelaysByDistance, Deliveries};
use super::latency::LatencyHistogram;
use crate::sequence::Numbering;
use contract::load_test::{Connections, DeliveryCounts, ErrorSample, Errors, Processes, Second};

/// A send later than this is the load test's own fault: sending never waits for the server.
pub(crate) const LATE_US: u64 = 10_000;

/// Emitting within this of the due time is on time, the grain of the timer, and latency counts from
/// the emit. Beyond it latency counts from the due time.
const GRAIN_US: u64 = 2_000;

/// The distributions of a run.
#[derive(Debug, Clone, Default)]
pub struct Latencies {
    /// Emit of a join to its ack.
    pub join: LatencyHistogram,
    /// Emit of an update to its ack.
    pub update: LatencyHistogram,
    /// Emit of an update to the moment a peer knows it or a newer one.
    pub fanout: LatencyHistogram,
    /// Age of the states that arrived, at their arrival.
    pub age: LatencyHistogram,
    /// Begin of a connection to its join's ack.
    pub arrival: LatencyHistogram,
    /// The part of `fanout` between clients who stood near each other.
    pub near: LatencyHistogram,
    /// The rest of it.
    pub far: LatencyHistogram,
    /// What clients on slow lines waited; no part of `fanout`.
    pub slow: LatencyHistogram,
    /// What clients waited that read single updates beside batch clients; no part of `fanout`.
    pub single: LatencyHistogram,
    /// How late updates were sent.
    pub lateness: LatencyHistogram,
}

impl Latencies {
    fn absorb(&mut self, second: &mut Self) {
        let pairs = [
            (&mut self.join, &mut second.join),
            (&mut self.update, &mut second.update),
            (&mut self.fanout, &mut second.fanout),
            (&mut self.age, &mut second.age),
            (&mut self.arrival, &mut second.arrival),
            (&mut self.near, &mut second.near),
            (&mut self.far, &mut second.far),
            (&mut self.slow, &mut second.slow),
            (&mut self.single, &mut second.single),
            (&mut self.lateness, &mut second.lateness),
        ];
        for (total, part) in pairs {
            total.add(part);
            part.clear();
        }
    }
}

/// Everything counted so far. One thread runs all clients, so there is no lock.
#[derive(Debug)]
pub(crate) struct Recorder {
    pub(crate) deliveries: Deliveries,
    pub(crate) connections: Connections,
    pub(crate) errors: Errors,
    pub(crate) seconds: Vec<Second>,
    pub(crate) total: Latencies,
    pub(crate) sums: Second,
    pub(crate) late: u64,
    /// From when on latencies count, in microseconds since the start of the run, and how many updates were sent before.
    pub(crate) measured_from: u64,
    pub(crate) sent_before: u64,
    in_second: Latencies,
    delays: DelaysByDistance,
    /// From when on arrivals of the whole crowd count, and how long they took.
    crowd_from: u64,
    pub(crate) all_in: Option<u64>,
    second: Second,
    counts_before: DeliveryCounts,
    clients: u64,
}

impl Recorder {
    pub(crate) fn new(clients: u32, numbering: Numbering) -> Self {
        Self {
            deliveries: Deliveries::new(clients, numbering),
            connections: Connections::default(),
            errors: Errors::default(),
            seconds: Vec::new(),
            total: Latencies::default(),
            sums: Second::default(),
            late: 0,
            measured_from: 0,
            sent_before: 0,
            in_second: Latencies::default(),
            delays: DelaysByDistance::default(),
            crowd_from: 0,
            all_in: None,
            second: Second::default(),
            counts_before: DeliveryCounts::default(),
            clients: 0,
        }
    }

    pub(crate) fn connected(&mut self) {
        self.connections.connected += 1;
    }

    /// A join that was emitted at `emitted`, by a client that had taken `connecting` to connect, was
    /// acknowledged. All durations in microseconds.
    pub(crate) fn joined(&mut self, client: u32, connecting: u64, emitted: u64, now: u64) {
        self.connections.joined += 1;
        self.clients += 1;
        self.deliveries.joined(client);
        let join = now.saturating_sub(emitted);
        self.in_second.join.record(join);
        self.in_second.arrival.record(connecting + join);
        if self.clients == self.deliveries.clients() {
            self.all_in = Some(now.saturating_sub(self.crowd_from));
        }
    }

    /// The run itself drops every connection, and everybody is to come back from `back` on.
    pub(crate) fn all_dropped(&mut self, back: u64) {
        (self.crowd_from, self.all_in) = (back, None);
    }

    /// The run dropped this connection.
    pub(crate) fn dropped(&mut self, client: u32, joined: bool) {
        self.connections.dropped += 1;
        self.deliveries.disconnected(client);
        self.deliveries.gone(client);
        if joined {
            self.clients = self.clients.saturating_sub(1);
        }
    }

    /// What was measured of updates so far does not count: the crowd was not yet as it is meant to be.
    pub(crate) fn forget_latencies(&mut self, now: u64) {
        let keep = |it: &mut Latencies| {
            let it = std::mem::take(it);
            Latencies {
                join: it.join,
                arrival: it.arrival,
                ..Latencies::default()
            }
        };
        (self.total, self.in_second) = (keep(&mut self.total), keep(&mut self.in_second));
        self.delays = DelaysByDistance::default();
        (self.late, self.sent_before) = (0, self.sums.sent + self.second.sent);
        self.measured_from = now;
    }

    /// The leave of a client was acknowledged.
    pub(crate) fn left(&mut self, client: u32) {
        self.connections.left += 1;
        self.clients = self.clients.saturating_sub(1);
        self.deliveries.gone(client);
    }

    /// A connection ended. `expected`: the run itself wanted that.
    pub(crate) fn disconnected(&mut self, client: u32, joined: bool, expected: bool) {
        self.deliveries.disconnected(client);
        if expected {
            self.connections.disconnected += 1;
        } else {
            self.connections.lost += 1;
            self.deliveries.uncertain(client);
            self.deliveries.gone(client);
        }
        if joined {
            self.clients = self.clients.saturating_sub(1);
        }
    }

    /// An update that was due at `due` is handed over now. Returns from when its latency counts:
    /// now, or since it was due when something held it back for longer than the timer's grain.
    pub(crate) fn sent(&mut self, client: u32, due: u64, now: u64) -> u64 {
        let lateness = now.saturating_sub(due);
        let counts_from = if lateness <= GRAIN_US { now } else { due };
        self.late += u64::from(lateness > LATE_US);
        self.in_second.lateness.record(lateness.max(1));
        self.second.sent += 1;
        self.second.due += self.deliveries.sent(client, counts_from);
        counts_from
    }

    /// A chat message was handed over.
    pub(crate) fn chat_sent(&mut self) {
        self.second.said += 1;
    }

    /// An ack of an update that was emitted at `emitted`. On a slow line it stands behind everything
    /// else, and says nothing about the server.
    pub(crate) fn acknowledged(&mut self, client: u32, emitted: u64, now: u64) {
        self.second.acks += 1;
        if !self.deliveries.is_slow(client) {
            self.in_second.update.record(now.saturating_sub(emitted));
        }
    }

    /// An update, resolved by [`Deliveries::resolve`], arrived.
    pub(crate) fn received(&mut self, pair: (u32, u32), update: (u64, u64), now: u64) {
        let into = &mut self.delays;
        self.deliveries.received(pair, update, now, into);
    }

    pub(crate) fn bytes_in(&mut self, bytes: usize, is_plain: bool) {
        self.second.bytes_in += bytes as u64;
        if is_plain {
            self.second.plain_bytes_in += bytes as u64;
        }
    }

    pub(crate) fn bytes_out(&mut self, bytes: usize) {
        self.second.bytes_out += bytes as u64;
    }

    pub(crate) fn error(&mut self, client: u32, now: u64, kind: &str, message: &str) {
        self.second.errors += 1;
        self.errors.push(ErrorSample {
            at_s: seconds(now),
            client,
            kind: kind.to_owned(),
            message: message.to_owned(),
        });
    }

    /// Ends the current second at `now`.
    pub(crate) fn end_second(&mut self, now: u64, processes: Processes) {
        self.gather_delays();
        self.deliveries.look_around();
        let counts = self.deliveries.counts;
        let mut second = std::mem::take(&mut self.second);
        second.at_s = seconds(now);
        second.clients = self.clients;
        second.delivered = counts.received - self.counts_before.received;
        second.coalesced = counts.coalesced - self.counts_before.coalesced;
        second.join = self.in_second.join.summary();
        second.update = self.in_second.update.summary();
        second.fanout = self.in_second.fanout.summary();
        second.age = self.in_second.age.summary();
        second.arrival = self.in_second.arrival.summary();
        second.near = self.in_second.near.summary();
        second.far = self.in_second.far.summary();
        second.processes = processes;
        self.total.absorb(&mut self.in_second);
        self.counts_before = counts;
        self.add_up(&second);
        self.seconds.push(second);
    }

    /// Makes the distributions of the second from the delays that were recorded apart.
    fn gather_delays(&mut self) {
        let it = &mut self.in_second;
        let DelaysByDistance {
            near,
            far,
            slow,
            single,
        } = &mut self.delays;
        for (delays, part) in [
            (near, &mut it.near),
            (far, &mut it.far),
            (slow, &mut it.slow),
            (single, &mut it.single),
        ] {
            part.add(&delays.age);
            part.add(&delays.superseded);
        }
        let DelaysByDistance {
            near,
            far,
            slow,
            single,
        } = &mut self.delays;
        for delays in [&*near, &*far] {
            it.age.add(&delays.age);
        }
        for part in [&it.near, &it.far] {
            it.fanout.add(part);
        }
        for delays in [near, far, slow, single] {
            delays.age.clear();
            delays.superseded.clear();
        }
    }

    fn add_up(&mut self, second: &Second) {
        let sums = &mut self.sums;
        sums.sent += second.sent;
        sums.due += second.due;
        sums.acks += second.acks;
        sums.said += second.said;
        sums.bytes_in += second.bytes_in;
        sums.plain_bytes_in += second.plain_bytes_in;
        sums.bytes_out += second.bytes_out;
    }
}

fn seconds(us: u64) -> f64 {
    (us / 1000) as f64 / 1000.0
}
