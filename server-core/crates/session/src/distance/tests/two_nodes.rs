//! Two nodes that tell each other by rings: wherever somebody stands still, all clients of the other node soon show them
//! there.

use proptest::prelude::*;

use super::*;
use replication::MoveTurn;
use world::nearness::Interest;

/// Players of each node.
const EACH: u64 = 160;
const BEATS_A_SECOND: u32 = 1000 / BEAT_MS as u32;

/// What one node tells the other.
type ToldMoves = Vec<(contract::Player, MoveTurn)>;

struct CrowdNode {
    live: Live,
    readers: Vec<CrowdReader>,
    session: SessionConfig,
    /// What it has told, and how much of that had to wait.
    told: usize,
    waited: usize,
}

impl CrowdNode {
    fn new(ours: std::ops::Range<u64>, apart: f64, start: Instant) -> Self {
        let (world, limits) = empty_world();
        let tick = Arc::new(Tick::new(Arc::default()));
        let pacer = FlushPacer::new(Duration::from_millis(50), 2000, start);
        let mut live = Live::new(world, pacer, tick.clone());
        for n in 0..2 * EACH {
            let holder = Holder {
                connection: ours.contains(&n).then_some(ConnectionId(n)),
                fence: 1,
            };
            // Each node's crowd has a place of its own.
            let corner = if n < EACH { 0.0 } else { apart };
            let (x, z) = ((n % 16) as f64 + corner, (n % EACH / 16) as f64);
            live.world.join(at(n, x, z, &limits), holder).unwrap();
        }
        let forms = [UpdateForm::Batch, UpdateForm::Stream, UpdateForm::Batch];
        let ids = [ours.start, ours.start + 31, 999];
        let readers: Vec<CrowdReader> = forms
            .into_iter()
            .zip(ids)
            .map(|(form, id)| CrowdReader::open(id, form, &tick))
            .collect();
        for reader in &readers {
            live.subscribe(reader.connection.clone());
        }
        let session = SessionConfig {
            nearness_from: 50,
            ..SessionConfig::default()
        };
        live.review_distance(&session, start);
        Self {
            live,
            readers,
            session,
            told: 0,
            waited: 0,
        }
    }

    fn walk(&mut self, n: u64, x: f64, z: f64) {
        let id = PlayerId::trusted(format!("p{n}"));
        let at = self.live.world.player(&id).unwrap().position;
        let position = PositionPatch {
            x: Some(at.x + x),
            z: Some(at.z + z),
            ..PositionPatch::default()
        };
        let patch = PlayerPatch {
            position,
            ..PlayerPatch::default()
        };
        self.live.world.update(ConnectionId(n), patch).unwrap();
    }

    /// Everybody is told, and what the other node is to be told is returned.
    fn flush(&mut self, now: Instant) -> ToldMoves {
        let mut near_flush = self.live.begin_near_flush(now, true).unwrap();
        let at_once = std::mem::take(&mut near_flush.held).into_iter();
        let forwarded = self.live.take_forwarded(now).into_iter();
        self.waited += forwarded.len();
        let told = at_once.map(|it| (it, MoveTurn::AtOnce));
        let told = told.chain(forwarded.map(|it| (it, MoveTurn::Waited)));
        let told: ToldMoves = told
            .map(|((id, ..), turn)| (self.live.world.player(&id).unwrap().clone(), turn))
            .collect();
        self.told += told.len();
        for reader in &mut self.readers {
            if reader.connection.takes_more() {
                self.live
                    .queue_near(&mut near_flush, &reader.connection, 10_000);
            }
            reader.connection.pump();
            reader.read();
        }
        self.live.review_distance(&self.session, now);
        told
    }

    /// The other node's frames arrive.
    fn hear(&mut self, told: ToldMoves) {
        for (player, turn) in told {
            if turn == MoveTurn::Waited {
                self.live.world.hurry(&player.id);
            }
            assert!(self.live.world.update_remote(player, 1));
        }
    }

    fn interest(&mut self) -> Interest {
        let text = self.live.world.interest().unwrap().to_string();
        Interest::read(&text).unwrap()
    }

    fn x_of(&self, n: u64) -> f64 {
        let id = PlayerId::trusted(format!("p{n}"));
        self.live.world.player(&id).unwrap().position.x
    }
}

fn at(n: u64, x: f64, z: f64, limits: &PayloadLimits) -> contract::Player {
    let id = PlayerId::trusted(format!("p{n}"));
    let position = PositionPatch {
        x: Some(x),
        z: Some(z),
        ..PositionPatch::default()
    };
    let patch = PlayerPatch {
        position,
        ..PlayerPatch::default()
    };
    new_player(id, patch, limits).unwrap()
}

struct NodePair {
    nodes: [CrowdNode; 2],
    start: Instant,
    beat: u32,
}

impl NodePair {
    fn new(apart: f64) -> Self {
        let start = Instant::now();
        let node = |ours| CrowdNode::new(ours, apart, start);
        Self {
            nodes: [node(0..EACH), node(EACH..2 * EACH)],
            start,
            beat: 0,
        }
    }

    fn of(&mut self, n: u64) -> &mut CrowdNode {
        &mut self.nodes[usize::from(n >= EACH)]
    }

    fn exchange_interests(&mut self) {
        let [one, other] = &mut self.nodes;
        let interests = [one.interest(), other.interest()];
        for (node, of_the_other) in [other, one].into_iter().zip(interests) {
            let held_back = &mut node.live.forwarding.held_back;
            held_back.set_interests(Some(vec![of_the_other]));
        }
    }

    /// A beat goes by. The second node flushes behind the first: what it tells arrives with the next beat.
    fn go_on(&mut self) {
        self.beat += 1;
        let now = self.start + Duration::from_millis(BEAT_MS) * self.beat;
        let told = self.nodes.each_mut().map(|node| node.flush(now));
        let [by_one, by_other] = told;
        self.nodes[0].hear(by_other);
        self.nodes[1].hear(by_one);
    }

    /// Who is shown elsewhere than where they stand.
    fn wrong(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        for n in 0..2 * EACH {
            let is = self.nodes[usize::from(n >= EACH)].x_of(n);
            for (number, node) in self.nodes.iter().enumerate() {
                for (place, reader) in node.readers.iter().enumerate() {
                    let shown = reader.shown.get(&format!("p{n}")).copied();
                    // Who never moved is told of to nobody.
                    let shown = shown.unwrap_or_else(|| node.x_of(n));
                    if shown != is {
                        wrong.push(format!("p{n} by reader {place} of node {number}"));
                    }
                }
            }
        }
        wrong
    }
}

#[derive(Debug, Clone, Copy)]
enum WalkStep {
    Walk(u64, i8, i8),
    /// Far away at once.
    Jump(u64, i8),
    /// A whole node's crowd goes on.
    Drift(bool, i8),
    Beats(u8),
    Exchange,
}

fn steps() -> impl Strategy<Value = Vec<WalkStep>> {
    let who = || 0..2 * EACH;
    let step = prop_oneof![
        4 => (who(), -9..9i8, -9..9i8).prop_map(|(n, x, z)| WalkStep::Walk(n, x, z)),
        2 => (who(), any::<i8>()).prop_map(|(n, x)| WalkStep::Jump(n, x)),
        2 => (any::<bool>(), -20..20i8).prop_map(|(first, x)| WalkStep::Drift(first, x)),
        6 => (0..5u8).prop_map(WalkStep::Beats),
        2 => Just(WalkStep::Exchange),
    ];
    proptest::collection::vec(step, 1..40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn whoever_stands_still_is_shown_there_by_the_other_nodes_clients_within_a_second(
        steps in steps(),
        apart in prop_oneof![Just(0.0), Just(30.0), Just(300.0)],
    ) {
        let mut pair = NodePair::new(apart);
        pair.go_on();
        pair.exchange_interests();
        for step in steps {
            match step {
                WalkStep::Walk(n, x, z) => {
                    pair.of(n).walk(n, f64::from(x) / 8.0, f64::from(z) / 8.0);
                }
                WalkStep::Jump(n, x) => pair.of(n).walk(n, f64::from(x) * 4.0, 0.0),
                WalkStep::Drift(first, x) => {
                    let from = if first { 0 } else { EACH };
                    for n in from..from + EACH {
                        pair.of(n).walk(n, f64::from(x) / 16.0, 0.0);
                    }
                }
                WalkStep::Beats(beats) => (0..beats).for_each(|_| pair.go_on()),
                WalkStep::Exchange => pair.exchange_interests(),
            }
        }
        (0..BEATS_A_SECOND).for_each(|_| pair.go_on());
        prop_assert_eq!(pair.wrong(), Vec::<String>::new());
    }
}

#[test]
fn crowds_apart_tell_each_other_once_a_second_and_crowds_together_everything() {
    // Ten seconds with ten steps of everybody in each.
    let check = |apart: f64, expected: std::ops::Range<usize>| {
        let mut pair = NodePair::new(apart);
        pair.go_on();
        for round in 0..10 * BEATS_A_SECOND {
            if round % 8 == 0 {
                pair.exchange_interests();
            }
            if round % 2 == 0 {
                for n in 0..2 * EACH {
                    pair.of(n).walk(n, 0.01, 0.0);
                }
            }
            pair.go_on();
        }
        for node in &pair.nodes {
            let each = node.told / EACH as usize;
            assert!(expected.contains(&each), "{each} steps {apart} tiles apart");
            assert_eq!(node.waited > 0, apart > 0.0);
        }
    };
    check(0.0, 100..101);
    check(3000.0, 10..16);
}
