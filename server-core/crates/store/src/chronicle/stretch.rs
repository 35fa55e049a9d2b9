//! Stretches of time and how they are joined. Values; no clock, no database.

use std::collections::BTreeMap;

/// How long the stretches of a row are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grain {
    /// Ten seconds, as nodes write them.
    Fine,
    /// A minute.
    Minute,
    /// A quarter of an hour.
    Quarter,
}

impl Grain {
    /// Every grain, the finest first.
    pub const ALL: [Self; 3] = [Self::Fine, Self::Minute, Self::Quarter];

    /// Seconds, as the table has them.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        match self {
            Self::Fine => 10,
            Self::Minute => 60,
            Self::Quarter => 900,
        }
    }

    /// Milliseconds.
    #[must_use]
    pub const fn ms(self) -> i64 {
        self.seconds() * 1000
    }

    /// The beginning of the stretch in which a moment lies; both in milliseconds since 1970.
    #[must_use]
    pub const fn begin(self, moment: i64) -> i64 {
        begin_of(moment, self.ms())
    }
}

const fn begin_of(moment: i64, step_ms: i64) -> i64 {
    moment.div_euclid(step_ms) * step_ms
}

/// One second of a node.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct MeasuredSecond {
    /// People who play on this node; bots of load tests are none.
    pub people: u64,
    /// Bots of load tests on this node.
    pub bots: u64,
    /// Chat messages said, by others than bots of load tests.
    pub messages: u64,
    /// Changes of one player handed to another client.
    pub deliveries: u64,
    /// How long flushes took in milliseconds: half of them, 95 and 99 of 100 at most so long.
    pub flush_ms: [Option<f64>; 3],
}

/// How the world, or a node of it, was in a stretch of time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stretch {
    /// When it begins, in milliseconds since 1970.
    pub at: i64,
    /// Seconds in it that were measured: fewer than it has where the server was closed for a while.
    pub seconds: i64,
    /// People, summed over its seconds.
    pub people: i64,
    /// Most people at once.
    pub most_people: i64,
    /// Most bots at once.
    pub most_bots: i64,
    /// Chat messages said.
    pub messages: i64,
    /// Deliveries, summed over its seconds.
    pub deliveries: i64,
    /// Most deliveries in a second.
    pub most_deliveries: i64,
    /// The worst of its flush times in microseconds, p50, p95 and p99; `None` where too few were measured.
    pub flush_us: [Option<i64>; 3],
}

impl Stretch {
    /// An empty one.
    #[must_use]
    pub fn begin(at: i64) -> Self {
        Self {
            at,
            ..Self::default()
        }
    }

    /// People on average while it was measured.
    #[must_use]
    pub fn mean_people(&self) -> f64 {
        self.people as f64 / self.seconds.max(1) as f64
    }

    /// Deliveries a second on average while it was measured.
    #[must_use]
    pub fn mean_deliveries(&self) -> f64 {
        self.deliveries as f64 / self.seconds.max(1) as f64
    }

    /// Adds a second.
    pub(super) fn measure(&mut self, second: &MeasuredSecond) {
        let whole = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        let us = |ms: f64| (ms * 1000.0).round() as i64;
        *self = self.followed_by(&Self {
            at: self.at,
            seconds: 1,
            people: whole(second.people),
            most_people: whole(second.people),
            most_bots: whole(second.bots),
            messages: whole(second.messages),
            deliveries: whole(second.deliveries),
            most_deliveries: whole(second.deliveries),
            flush_us: second.flush_ms.map(|ms| ms.map(us)),
        });
    }

    /// This one and a later one as one. Peaks stay peaks.
    pub(super) fn followed_by(&self, later: &Self) -> Self {
        Self {
            at: self.at,
            seconds: self.seconds + later.seconds,
            people: self.people.saturating_add(later.people),
            most_people: self.most_people.max(later.most_people),
            most_bots: self.most_bots.max(later.most_bots),
            messages: self.messages.saturating_add(later.messages),
            deliveries: self.deliveries.saturating_add(later.deliveries),
            most_deliveries: self.most_deliveries.max(later.most_deliveries),
            flush_us: worst(self.flush_us, later.flush_us),
        }
    }

    /// What nodes measured in one and the same stretch of `whole` seconds, added up.
    ///
    /// Nodes that run side by side measure more seconds together than there are, and their peaks add up.
    /// A server that was started again within the stretch measured one part under each of its ids, and its
    /// people are not there twice: each peak weighs as much as it was measured.
    pub(super) fn beside(nodes: &[Self], whole: i64) -> Self {
        let nodes: Vec<_> = nodes.iter().map(|node| node.at_most(whole)).collect();
        let mut all = nodes
            .iter()
            .fold(Self::default(), |all, node| all.followed_by(node));
        all.at = nodes.first().map_or(0, |node| node.at);
        all.seconds = all.seconds.min(whole);
        let peak = |of: fn(&Self) -> i64| {
            let weighed = nodes.iter().fold(0_i64, |sum, node| {
                sum.saturating_add(of(node).saturating_mul(node.seconds))
            });
            weighed.saturating_add(all.seconds.max(1) - 1) / all.seconds.max(1)
        };
        Self {
            most_people: peak(|node| node.most_people),
            most_bots: peak(|node| node.most_bots),
            most_deliveries: peak(|node| node.most_deliveries),
            ..all
        }
    }

    /// At most `whole` seconds. More were measured when a clock was set back and told a time twice: then
    /// averages count, not sums.
    pub(super) fn at_most(self, whole: i64) -> Self {
        if self.seconds <= whole {
            return self;
        }
        let less =
            |sum: i64| sum / self.seconds * whole + sum % self.seconds * whole / self.seconds;
        Self {
            seconds: whole,
            people: less(self.people),
            deliveries: less(self.deliveries),
            ..self
        }
    }
}

/// Rows of one grain, all nodes added up, in their order of time.
pub(super) fn added_up(rows: &[Stretch], grain: Grain) -> Vec<Stretch> {
    let mut by_time: BTreeMap<i64, Vec<Stretch>> = BTreeMap::new();
    for row in rows {
        by_time.entry(row.at).or_default().push(*row);
    }
    let nodes = by_time.values();
    nodes
        .map(|nodes| Stretch::beside(nodes, grain.seconds()))
        .collect()
}

/// Stretches of different grains as stretches of `step_ms`, oldest first.
pub(super) fn joined(found: impl IntoIterator<Item = Stretch>, step_ms: i64) -> Vec<Stretch> {
    let mut by_time: BTreeMap<i64, Stretch> = BTreeMap::new();
    for one in found {
        let at = begin_of(one.at, step_ms);
        let joined = by_time.entry(at).or_insert_with(|| Stretch::begin(at));
        *joined = joined.followed_by(&one);
    }
    let joined = by_time.into_values();
    joined.map(|one| one.at_most(step_ms / 1000)).collect()
}

fn worst(one: [Option<i64>; 3], other: [Option<i64>; 3]) -> [Option<i64>; 3] {
    // `None` is less than any number.
    let [a, b, c] = one;
    let [x, y, z] = other;
    [a.max(x), b.max(y), c.max(z)]
}
