//! Crowds that walk in ways that clients really do, at ten updates a second each, flushed every 50 ms.
//!
//! Without a clock and with a random sequence of its own: the same bytes every time.

use contract::batch::stream::{PlayerStep, StreamEncoder};

/// People in the crowd of the promise.
pub(crate) const CROWD: usize = 500;

/// Bytes around a frame on a websocket: the text that announces the attachment, and the heads of both messages.
const ENVELOPE: usize = 52 + 2 + 4;

/// Milliseconds from one flush to the next.
const TICK_MS: u64 = 50;

/// Tiles a second, as on the player page.
const PACE: f64 = 4.0;

/// How somebody walks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Walk {
    /// The clients of the load test: a thousandth to the right and seven down, within a tile.
    Numbered,
    /// The player page: keys held for a while, then others or none; as far as the frames of a screen at 60 Hz took
    /// it, in hundredths.
    Keys,
    /// The player page: to a place that was clicked, and another one; in hundredths.
    Clicks,
    /// In a straight line at a steady ten updates a second, and another one every two seconds; in thousandths.
    Steady,
    /// From tile to tile.
    Tiles,
    /// As [`Walk::Clicks`], without rounding.
    EveryBit,
}

impl Walk {
    /// Those that round, as `PROTOCOL.md` advises.
    pub(crate) const ROUNDED: [Self; 5] = [
        Self::Numbered,
        Self::Keys,
        Self::Clicks,
        Self::Steady,
        Self::Tiles,
    ];

    /// How `PROTOCOL.md` calls it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Numbered => "the load test's clients, within their tiles",
            Self::Keys => {
                "by keys on the player page: straight on for a while, then another way or none; hundredths"
            }
            Self::Clicks => "to places that were clicked on the player page; hundredths",
            Self::Steady => "straight ahead at an even pace, another way now and then; thousandths",
            Self::Tiles => "from tile to tile",
            Self::EveryBit => "to places that were clicked, without rounding",
        }
    }
}

/// A crowd that walks one way.
pub(crate) struct Crowd {
    walkers: Vec<Walker>,
    now_ms: u64,
}

struct Walker {
    id: String,
    walk: Walk,
    place: [f64; 2],
    direction: [f64; 2],
    /// Until when it goes that way.
    until_ms: u64,
    /// When its next update leaves.
    due_ms: u64,
    /// When its last one left.
    left_ms: u64,
    sent: u32,
    index: u32,
    seed: u64,
}

impl Crowd {
    /// So many people with the ids of accounts.
    pub(crate) fn new(walk: Walk, people: usize) -> Self {
        let walkers = (0..people as u64).map(|index| {
            let mut seed = index.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
            let id = uuid::Uuid::from_u64_pair(next(&mut seed), next(&mut seed)).to_string();
            let place = [unit(&mut seed) * 60.0, unit(&mut seed) * 60.0];
            Walker {
                id,
                walk,
                place,
                direction: [0.0, 0.0],
                until_ms: 0,
                due_ms: next(&mut seed) % 100,
                left_ms: 0,
                sent: 0,
                index: index as u32,
                seed,
            }
        });
        Self {
            walkers: walkers.collect(),
            now_ms: 0,
        }
    }

    /// Goes on to the next flush and hands out who has moved until then.
    pub(crate) fn tick(&mut self, mut step: impl FnMut(&PlayerStep<'_>)) {
        self.now_ms += TICK_MS;
        for walker in &mut self.walkers {
            let mut moved = None;
            while walker.due_ms <= self.now_ms {
                moved = Some(walker.update());
            }
            if let Some(position) = moved {
                step(&PlayerStep {
                    id: &walker.id,
                    position,
                    ..PlayerStep::default()
                });
            }
        }
    }
}

impl Walker {
    fn update(&mut self) -> [f64; 3] {
        let now = self.due_ms;
        let seconds = (now - self.left_ms) as f64 / 1000.0;
        self.left_ms = now;
        self.sent += 1;
        // A steady client keeps a timer; a page sends with the first picture of its screen after that.
        self.due_ms = match self.walk {
            Walk::Keys | Walk::Clicks | Walk::EveryBit => now + 100 + next(&mut self.seed) % 17,
            Walk::Numbered | Walk::Steady | Walk::Tiles => now + 100,
        };
        if now >= self.until_ms {
            self.turn(now);
        }
        let [x, z] = self.place;
        let [dx, dz] = self.direction;
        self.place = [x + dx * PACE * seconds, z + dz * PACE * seconds];
        let [x, z] = self.place;
        match self.walk {
            Walk::Numbered => self.numbered(),
            Walk::Keys | Walk::Clicks => [rounded(x, 100.0), 0.0, rounded(z, 100.0)],
            Walk::Steady => [rounded(x, 1000.0), 0.0, rounded(z, 1000.0)],
            Walk::Tiles => [x.round(), 0.0, z.round()],
            Walk::EveryBit => [x, 0.0, z],
        }
    }

    fn turn(&mut self, now: u64) {
        let diagonal = std::f64::consts::FRAC_1_SQRT_2;
        self.until_ms = now + 500 + next(&mut self.seed) % 3000;
        self.direction = match (self.walk, next(&mut self.seed) % 10) {
            (Walk::Keys, 0) => [0.0, 0.0],
            (Walk::Keys, 1) => [diagonal, diagonal],
            (Walk::Keys, 2) => [-diagonal, diagonal],
            (Walk::Keys | Walk::Tiles, 3 | 4) => [1.0, 0.0],
            (Walk::Keys | Walk::Tiles, 5 | 6) => [0.0, 1.0],
            (Walk::Keys | Walk::Tiles, 7) => [-1.0, 0.0],
            (Walk::Keys | Walk::Tiles, _) => [0.0, -1.0],
            _ => {
                let angle = unit(&mut self.seed) * std::f64::consts::TAU;
                [angle.cos(), angle.sin()]
            }
        };
    }

    /// As `place` in the load test.
    fn numbered(&self) -> [f64; 3] {
        let (low, high) = (self.sent % 1000, self.sent / 1000);
        let x = (2 + self.index % 61) * 1000 + low;
        let z = (2 + self.index / 61 % 61) * 1000 + (high + 7 * low) % 1000;
        [f64::from(x) / 1000.0, 0.0, f64::from(z) / 1000.0]
    }
}

/// Bytes on the wire to one reader for each step of others, on average over so many seconds from an empty stream on.
pub(crate) fn bytes_per_step(walk: Walk, people: usize, seconds: u64) -> f64 {
    let mut crowd = Crowd::new(walk, people);
    let mut encoder = StreamEncoder::new(1);
    let (mut bytes, mut steps) = (0, 0);
    for _ in 0..seconds * 1000 / TICK_MS {
        crowd.tick(|step| encoder.push(step));
        steps += encoder.len();
        bytes += encoder.finish(|_| true).len() + ENVELOPE;
    }
    bytes as f64 / steps as f64
}

fn rounded(value: f64, scale: f64) -> f64 {
    (value * scale).round() / scale
}

/// From 0 to 1.
fn unit(seed: &mut u64) -> f64 {
    (next(seed) >> 11) as f64 / (1_u64 << 53) as f64
}

/// The sequence xorshift64*.
fn next(seed: &mut u64) -> u64 {
    *seed ^= *seed >> 12;
    *seed ^= *seed << 25;
    *seed ^= *seed >> 27;
    seed.wrapping_mul(0x2545_f491_4f6c_dd1d)
}
