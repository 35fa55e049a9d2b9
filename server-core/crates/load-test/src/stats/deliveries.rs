//! Who knows which state of whom: finds what was delivered, combined, doubled, reordered or lost.
//!
//! Every update carries its number, so a receiver that goes from 4 to 7 tells that 5 and 6 were
//! combined into 7, which the contract allows, while 7 after 7 or 5 after 7 is forbidden, and a last
//! number that never arrives is a loss. Nothing here knows sockets or clocks: times are arguments,
//! in microseconds since the start of the run.

use super::LatencyHistogram;
use crate::sequence::Numbering;
use contract::load_test::{DeliveryCounts, Missing};

/// Send times kept per sender. An update that is older when it arrives counts with the oldest one
/// kept, so its age is understated, but by then the run has long failed.
const KEPT: usize = 1024;

/// In a receiver's row: the receiver does not know this player. A row has an entry for each client, so
/// numbers are kept in as little room as a day of updates needs.
const UNKNOWN: u32 = u32::MAX;

/// Tiles between two clients up to which they may be near: a screen shows about as far.
const NEAR: f32 = 10.0;
/// Of those so many are near to each, the nearest: where a crowd is dense nobody follows more.
const NEAREST: usize = 100;
/// Distances looked at in a second to find who they are.
const LOOKED_AT: usize = 2_000_000;

#[derive(Debug, Default)]
struct Sender {
    /// Number of the newest update; 0 is the join.
    newest: u64,
    /// When each of the last [`KEPT`] updates was handed over.
    sent_at: Vec<u64>,
    /// In the world, by its own ack.
    joined: bool,
    /// Left by its own ack, or with its connection.
    gone: bool,
    /// The server refused something or the connection broke: nobody can say what must arrive.
    uncertain: bool,
}

#[derive(Debug, Default)]
struct Receiver {
    /// The newest update known of each sender.
    known: Vec<u32>,
    /// Got its snapshot and is still connected.
    watching: bool,
    /// On a slow line: what it waits says nothing about the others.
    slow: bool,
    /// Reads single updates in a crowd of batch clients: likewise.
    single: bool,
    /// How far the nearest of all are at most, squared; none before that was looked at.
    reach: Option<f32>,
}

/// The durations that arrivals add. Together they are a fan-out; they are kept apart because nearly
/// every one is an age, and recording is most of what an arrival costs.
#[derive(Debug, Default)]
pub(crate) struct DeliveryDelays {
    /// Of the updates that arrived.
    pub(crate) age: LatencyHistogram,
    /// Of those they replaced.
    pub(crate) superseded: LatencyHistogram,
}

/// The same, by who waited for whom. An arrival is recorded once, in one of them.
#[derive(Debug, Default)]
pub(crate) struct DelaysByDistance {
    /// Of clients who stand near each other.
    pub(crate) near: DeliveryDelays,
    /// Of all others.
    pub(crate) far: DeliveryDelays,
    /// Of receivers on slow lines, wherever they stand.
    pub(crate) slow: DeliveryDelays,
    /// Of those that read single updates beside batch clients, wherever they stand.
    pub(crate) single: DeliveryDelays,
}

/// All pairs of senders and receivers.
#[derive(Debug, Default)]
pub(crate) struct Deliveries {
    senders: Vec<Sender>,
    receivers: Vec<Receiver>,
    /// Where each client was last.
    places: Vec<[f32; 2]>,
    /// Whose surroundings are looked at next.
    next: usize,
    numbering: Numbering,
    watching: u64,
    pub(crate) counts: DeliveryCounts,
}

impl Deliveries {
    pub(crate) fn new(clients: u32, numbering: Numbering) -> Self {
        Self {
            senders: (0..clients).map(|_| Sender::default()).collect(),
            receivers: (0..clients).map(|_| Receiver::default()).collect(),
            places: vec![[0.0; 2]; clients as usize],
            numbering,
            ..Self::default()
        }
    }

    /// How many clients there may be.
    pub(crate) fn clients(&self) -> u64 {
        self.senders.len() as u64
    }

    /// This client reads from a slow line.
    pub(crate) fn reads_slowly(&mut self, client: u32) {
        self.receivers[client as usize].slow = true;
    }

    /// Whether it does.
    pub(crate) fn is_slow(&self, client: u32) -> bool {
        self.receivers[client as usize].slow
    }

    /// This client reads single updates while most others read batches.
    pub(crate) fn reads_single(&mut self, client: u32) {
        self.receivers[client as usize].single = true;
    }

    /// Finds who is near to whom, of as many receivers as a second has time for.
    pub(crate) fn look_around(&mut self) {
        let Self {
            receivers, places, ..
        } = self;
        let watched: Vec<usize> = (0..receivers.len())
            .map(|place| (self.next + place) % receivers.len())
            .filter(|place| receivers[*place].watching && !receivers[*place].known.is_empty())
            .take(LOOKED_AT / places.len().max(1))
            .collect();
        let mut distances = Vec::with_capacity(places.len());
        for place in &watched {
            let here = places[*place];
            distances.clear();
            distances.extend(places.iter().map(|there| squared(here, *there)));
            // It is itself the very nearest.
            let reach = match distances.len() > NEAREST {
                true => *distances.select_nth_unstable_by(NEAREST, f32::total_cmp).1,
                false => f32::MAX,
            };
            receivers[*place].reach = Some(reach);
        }
        self.next = watched.last().map_or(0, |last| last + 1);
    }

    /// A client is there from now on.
    pub(crate) fn moved(&mut self, client: u32, [x, z]: [f64; 2]) {
        self.places[client as usize] = [x as f32, z as f32];
    }

    /// The number of the newest update of a sender; 0 is its join.
    pub(crate) fn newest(&self, sender: u32) -> u64 {
        self.senders[sender as usize].newest
    }

    /// The number the next update of a sender gets.
    pub(crate) fn next(&self, sender: u32) -> u64 {
        self.senders[sender as usize].newest + 1
    }

    /// An update was handed over. Returns how many receivers it is due at.
    pub(crate) fn sent(&mut self, sender: u32, at: u64) -> u64 {
        let it = &mut self.senders[sender as usize];
        it.newest += 1;
        let slot = it.newest as usize % KEPT;
        if it.sent_at.len() <= slot {
            it.sent_at.resize(slot + 1, at);
        }
        it.sent_at[slot] = at;
        let itself = self.receivers[sender as usize].watching;
        self.watching - u64::from(itself)
    }

    /// The join of a sender was acknowledged.
    pub(crate) fn joined(&mut self, sender: u32) {
        let it = &mut self.senders[sender as usize];
        (it.joined, it.gone) = (true, false);
    }

    /// The sender left by its own wish, or its connection ended.
    pub(crate) fn gone(&mut self, sender: u32) {
        self.senders[sender as usize].gone = true;
    }

    /// Nothing can be demanded of this sender's newest state any more.
    pub(crate) fn uncertain(&mut self, sender: u32) {
        self.senders[sender as usize].uncertain = true;
    }

    /// A receiver got a snapshot with these players and their codes; it replaces what it knew.
    pub(crate) fn snapshot(&mut self, receiver: u32, players: impl Iterator<Item = (u32, u64)>) {
        let row = &mut self.receivers[receiver as usize];
        self.watching += u64::from(!row.watching);
        row.watching = true;
        row.known.clear();
        row.known.resize(self.senders.len(), UNKNOWN);
        for (sender, code) in players {
            if let Some(newest) = self.senders.get(sender as usize).map(|it| it.newest)
                && let Some(number) = self.numbering.number(code, newest)
            {
                row.known[sender as usize] = short(number);
            }
        }
    }

    /// A receiver's connection ended; what it misses from now on is no loss.
    pub(crate) fn disconnected(&mut self, receiver: u32) {
        let row = &mut self.receivers[receiver as usize];
        self.watching -= u64::from(row.watching);
        row.watching = false;
    }

    /// A `player:joined` arrived.
    pub(crate) fn observe_joined(&mut self, receiver: u32, sender: u32, code: u64) {
        let Some(newest) = self.senders.get(sender as usize).map(|it| it.newest) else {
            return;
        };
        let number = short(self.numbering.number(code, newest).unwrap_or_default());
        if let Some(known) = self.receivers[receiver as usize]
            .known
            .get_mut(sender as usize)
        {
            match *known {
                UNKNOWN => self.counts.joined += 1,
                _ => self.counts.joined_doubled += 1,
            }
            *known = number;
        }
    }

    /// A `player:left` arrived.
    pub(crate) fn observe_left(&mut self, receiver: u32, sender: u32) {
        if let Some(known) = self.receivers[receiver as usize]
            .known
            .get_mut(sender as usize)
        {
            match *known {
                UNKNOWN => self.counts.left_doubled += 1,
                _ => self.counts.left += 1,
            }
            *known = UNKNOWN;
        }
    }

    /// Which update a code means, and when it was sent.
    pub(crate) fn resolve(&self, sender: u32, code: u64) -> Option<(u64, u64)> {
        let it = self.senders.get(sender as usize)?;
        let number = self.numbering.number(code, it.newest)?;
        // Number 0 is the join, which has no send time of its own here.
        let sent_at = it.sent_at.get(number as usize % KEPT).copied();
        Some((number, sent_at.unwrap_or_default()))
    }

    /// Whether a receiver does not know this update yet.
    pub(crate) fn is_unknown(&self, (receiver, sender): (u32, u32), number: u64) -> bool {
        let known = self.receivers[receiver as usize].known.get(sender as usize);
        known.is_none_or(|it| u64::from(*it) != number)
    }

    /// An update of `sender`, resolved by [`Deliveries::resolve`], arrived at `receiver`.
    pub(crate) fn received(
        &mut self,
        (receiver, sender): (u32, u32),
        (number, sent_at): (u64, u64),
        now: u64,
        into: &mut DelaysByDistance,
    ) {
        if receiver == sender {
            // A batch is shared by all recipients and may hold the recipient itself.
            return;
        }
        let is_near = self.are_near(receiver, sender);
        let Receiver {
            known,
            slow,
            single,
            ..
        } = &mut self.receivers[receiver as usize];
        let Some(known) = known.get_mut(sender as usize) else {
            self.counts.stray += 1;
            return;
        };
        if *known == UNKNOWN {
            self.counts.stray += 1;
            return;
        }
        let before = u64::from(*known);
        if number == before {
            self.counts.duplicated += 1;
        } else if number < before {
            self.counts.reordered += 1;
        } else {
            *known = short(number);
            self.counts.received += 1;
            let into = match *slow {
                true => &mut into.slow,
                false if *single => &mut into.single,
                false if is_near => &mut into.near,
                false => &mut into.far,
            };
            let age = now.saturating_sub(sent_at);
            into.age.record(age);
            if number - before > 1 {
                self.counts.coalesced += number - before - 1;
                self.superseded(sender, before, number, now, &mut into.superseded);
            }
        }
    }

    /// Whether `one` has `other` near.
    fn are_near(&self, one: u32, other: u32) -> bool {
        let reach = self.receivers[one as usize].reach.unwrap_or(f32::MAX);
        let (here, there) = (self.places[one as usize], self.places[other as usize]);
        squared(here, there) <= reach.min(NEAR * NEAR)
    }

    /// What a newer state replaced counts in the fan-out until that newer state is there: leaving it
    /// out would make a server look faster the more it drops.
    #[cold]
    fn superseded(
        &self,
        sender: u32,
        before: u64,
        number: u64,
        now: u64,
        into: &mut LatencyHistogram,
    ) {
        let first = (before + 1).max((number + 1).saturating_sub(KEPT as u64));
        let sent_at = &self.senders[sender as usize].sent_at;
        for older in first..number {
            if let Some(sent_at) = sent_at.get(older as usize % KEPT) {
                into.record(now.saturating_sub(*sent_at));
            }
        }
    }

    /// What has not arrived by now, over all pairs that are connected and certain. Slow lines bring it
    /// when they can.
    pub(crate) fn missing(&self) -> Missing {
        let mut missing = Missing::default();
        for (receiver, row) in self.watching_receivers() {
            for (sender, known) in
                self.senders
                    .iter()
                    .zip(&row.known)
                    .enumerate()
                    .filter_map(|(index, pair)| {
                        (index != receiver && !pair.0.uncertain).then_some(pair)
                    })
            {
                match (*known, sender.gone) {
                    (UNKNOWN, false) if sender.joined => missing.joined += 1,
                    (UNKNOWN, _) => {}
                    (_, true) => missing.left += 1,
                    (known, false) if u64::from(known) < sender.newest => {
                        missing.last_states += 1;
                        missing.updates += sender.newest - u64::from(known);
                    }
                    (_, false) => {}
                }
            }
        }
        missing
    }

    fn watching_receivers(&self) -> impl Iterator<Item = (usize, &Receiver)> {
        let all = self.receivers.iter().enumerate();
        all.filter(|(_, receiver)| receiver.watching && !receiver.slow)
    }
}

fn squared([x, z]: [f32; 2], [to_x, to_z]: [f32; 2]) -> f32 {
    let (east, south) = (to_x - x, to_z - z);
    east * east + south * south
}

/// The number of an update as a row keeps it.
fn short(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(UNKNOWN - 1)
}
