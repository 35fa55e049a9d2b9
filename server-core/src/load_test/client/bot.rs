//! One player: joins, moves at its times, leaves, disconnects, and writes down what it sees.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::{Sink as _, SinkExt as _, StreamExt as _};
use serde::Serialize;
use tokio::sync::watch;
use tokio::time::{Instant, Sleep, sleep_until, timeout};
use tokio_tungstenite::tungstenite::Message;

use super::batches::Batches;
use super::connect::Socket;
use super::wire::{self, Answer, Incoming, Seen};
use crate::load_test::plan::{Names, Plan};
use crate::load_test::sequence;
use crate::load_test::stats::Recorder;
use crate::protocol::events;

/// A join without an answer for so long has failed.
const JOIN_TIMEOUT: Duration = Duration::from_secs(30);

/// Time a server gets to answer the close of a connection.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(2);

/// Messages read before timers get their turn.
const READS_PER_TURN: usize = 128;

/// What all clients do at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Join and move.
    Play,
    /// Stand still and receive what is on its way.
    Settle,
    /// Give the player up and watch the others go.
    Leave,
    /// Disconnect.
    Close,
}

/// What the clients of a run share. All run on one thread.
pub(crate) struct Shared {
    pub(crate) plan: Plan,
    pub(crate) names: Names,
    pub(crate) recorder: RefCell<Recorder>,
    pub(crate) started: Instant,
    batches: RefCell<Batches>,
    /// Acks that are awaited, over all clients.
    pub(crate) awaited: Cell<u64>,
}

impl Shared {
    pub(crate) fn new(plan: Plan) -> Self {
        Self {
            names: plan.names(),
            recorder: RefCell::new(Recorder::new(plan.clients())),
            started: Instant::now(),
            batches: RefCell::default(),
            awaited: Cell::new(0),
            plan,
        }
    }

    /// Microseconds since the start of the run.
    pub(crate) fn now(&self) -> u64 {
        self.started.elapsed().as_micros() as u64
    }
}

/// What an ack is for.
#[derive(Debug, Clone, Copy)]
enum Asked {
    Join,
    Update,
    Leave,
}

/// How far a bot has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Joining,
    Joined,
    Left,
}

/// Why reading stopped.
enum Step {
    Timer,
    Ended(String),
}

/// One client from its connection on.
pub(crate) struct Bot {
    index: u32,
    socket: Socket,
    shared: Rc<Shared>,
    state: State,
    /// Acks to come, oldest first: id, what for, emitted when.
    asked: VecDeque<(i64, Asked, u64)>,
    next_ack: i64,
    /// When the next update is due, or until when the join may take.
    timer: Pin<Box<Sleep>>,
    /// The next binary message is a batch.
    batch_follows: bool,
    unflushed: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Join<'a> {
    player_id: &'a str,
    position: Place,
}

#[derive(Serialize)]
struct Update {
    position: Place,
}

#[derive(Serialize)]
struct Place {
    x: f64,
    y: f64,
    z: f64,
}

impl From<[f64; 3]> for Place {
    fn from([x, y, z]: [f64; 3]) -> Self {
        Self { x, y, z }
    }
}

impl Bot {
    pub(crate) fn new(index: u32, socket: Socket, shared: Rc<Shared>) -> Self {
        shared.recorder.borrow_mut().connected();
        Self {
            index,
            socket,
            state: State::Joining,
            asked: VecDeque::new(),
            next_ack: 0,
            timer: Box::pin(sleep_until(Instant::now() + JOIN_TIMEOUT)),
            batch_follows: false,
            unflushed: false,
            shared,
        }
    }

    /// Plays until the run closes or the connection ends.
    pub(crate) async fn run(mut self, mut phases: watch::Receiver<Phase>) {
        let mut ended = self.join().err();
        let mut phase = *phases.borrow_and_update();
        while ended.is_none() && phase != Phase::Close {
            let step = tokio::select! {
                biased;
                changed = phases.changed() => {
                    phase = match changed {
                        Ok(()) => *phases.borrow_and_update(),
                        Err(_) => Phase::Close,
                    };
                    if phase == Phase::Leave { self.leave() } else { Ok(()) }
                }
                step = std::future::poll_fn(|cx| self.poll(cx)) => match step {
                    Step::Timer => self.on_timer(phase),
                    Step::Ended(why) => Err(why),
                },
            };
            ended = step.err();
        }
        self.finish(ended).await;
    }

    fn join(&mut self) -> Result<(), String> {
        let id = self.shared.names.id(self.index);
        let join = Join {
            player_id: &id,
            position: sequence::place(self.index, 0).into(),
        };
        self.emit(events::PLAYER_JOIN, Some(&join), Some(Asked::Join))
    }

    fn leave(&mut self) -> Result<(), String> {
        if self.state != State::Joined {
            return Ok(());
        }
        self.emit(events::PLAYER_LEAVE, None::<&()>, Some(Asked::Leave))
    }

    fn on_timer(&mut self, phase: Phase) -> Result<(), String> {
        let never = self.timer.deadline() + Duration::from_secs(86_400);
        match self.state {
            State::Joining => Err("no answer to the join within 30 s".to_owned()),
            State::Joined if phase == Phase::Play && !self.shared.plan.idle => self.update(),
            State::Joined | State::Left => {
                self.timer.as_mut().reset(never);
                Ok(())
            }
        }
    }

    /// Sends the update that is due. The next one is due an interval after this one was, not after
    /// it was sent: nothing the server does makes the bot send less.
    fn update(&mut self) -> Result<(), String> {
        let shared = self.shared.clone();
        let due = self.timer.deadline();
        let next = due + shared.plan.knobs.update_interval;
        self.timer.as_mut().reset(next);
        let due_us = due.saturating_duration_since(shared.started).as_micros() as u64;
        let number = shared.recorder.borrow().deliveries.next(self.index);
        let update = Update {
            position: sequence::place(self.index, number).into(),
        };
        let last = next >= shared.started + shared.plan.knobs.duration;
        let ask = last || number.is_multiple_of(shared.plan.ack_every);
        let ack = ask.then_some(self.next_ack);
        let packet = wire::event(events::PLAYER_UPDATE, Some(&update), ack);
        let now = shared.now();
        let counts_from = shared.recorder.borrow_mut().sent(self.index, due_us, now);
        if ask {
            self.expect(Asked::Update, counts_from);
        }
        self.send(packet)
    }

    fn emit(
        &mut self,
        name: &str,
        payload: Option<&impl Serialize>,
        asked: Option<Asked>,
    ) -> Result<(), String> {
        let packet = wire::event(name, payload, asked.map(|_| self.next_ack));
        if let Some(asked) = asked {
            self.expect(asked, self.shared.now());
        }
        self.send(packet)
    }

    fn expect(&mut self, asked: Asked, emitted: u64) {
        self.asked.push_back((self.next_ack, asked, emitted));
        self.next_ack += 1;
        self.shared.awaited.set(self.shared.awaited.get() + 1);
    }

    /// Hands a packet to the socket. It never waits: what the network does not take stays in the
    /// socket's buffer, up to its limit.
    fn send(&mut self, packet: String) -> Result<(), String> {
        self.shared.recorder.borrow_mut().bytes_out(packet.len());
        self.unflushed = true;
        Pin::new(&mut self.socket)
            .start_send(Message::text(packet))
            .map_err(|error| error.to_string())
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Step> {
        for _ in 0..READS_PER_TURN {
            let step = match self.socket.poll_next_unpin(cx) {
                Poll::Pending => return self.poll_rest(cx),
                Poll::Ready(Some(Ok(message))) => self.receive(&message),
                Poll::Ready(Some(Err(error))) => Err(error.to_string()),
                Poll::Ready(None) => Err("the server closed the connection".to_owned()),
            };
            if let Err(why) = step {
                return Poll::Ready(Step::Ended(why));
            }
        }
        cx.waker().wake_by_ref();
        self.poll_rest(cx)
    }

    fn poll_rest(&mut self, cx: &mut Context<'_>) -> Poll<Step> {
        if self.unflushed {
            match self.socket.poll_flush_unpin(cx) {
                Poll::Pending => {}
                Poll::Ready(Ok(())) => self.unflushed = false,
                Poll::Ready(Err(error)) => return Poll::Ready(Step::Ended(error.to_string())),
            }
        }
        self.timer.as_mut().poll(cx).map(|()| Step::Timer)
    }

    fn receive(&mut self, message: &Message) -> Result<(), String> {
        let now = self.shared.now();
        self.shared.recorder.borrow_mut().bytes_in(message.len());
        match message {
            Message::Text(text) => self.on_text(text, now),
            Message::Binary(bytes) if self.batch_follows => {
                self.batch_follows = false;
                self.on_batch(bytes, now);
                Ok(())
            }
            Message::Close(_) => Err("the server closed the connection".to_owned()),
            _ => Ok(()),
        }
    }

    fn on_batch(&mut self, bytes: &bytes::Bytes, now: u64) {
        let mut recorder = self.shared.recorder.borrow_mut();
        let mut batches = self.shared.batches.borrow_mut();
        match batches.read(bytes, &self.shared.names, &recorder) {
            Ok(changes) => {
                for change in changes {
                    recorder.received((self.index, change.sender), change.update, now);
                }
            }
            Err(error) => recorder.error(self.index, now, "protocol", &error.to_string()),
        }
    }

    fn on_text(&mut self, packet: &str, now: u64) -> Result<(), String> {
        let quick = wire::quick_update(packet);
        if let Some((id, position)) = quick {
            self.on_update(id, position, now);
            return Ok(());
        }
        let mut recorder = self.shared.recorder.borrow_mut();
        let names = &self.shared.names;
        let player = |seen: &Seen| Some((names.index(&seen.id)?, code(seen.position)?));
        match wire::read(packet) {
            Incoming::Ping => {
                drop(recorder);
                return self.send(wire::PONG.to_owned());
            }
            Incoming::Updated(seen) => {
                drop(recorder);
                self.on_update(&seen.id, seen.position, now);
            }
            Incoming::Batch => self.batch_follows = true,
            Incoming::Snapshot(players) => {
                let players = players.iter().filter_map(player);
                recorder.deliveries.snapshot(self.index, players);
            }
            Incoming::Joined(seen) => {
                if let Some((sender, code)) = player(&seen) {
                    recorder.deliveries.heard_joined(self.index, sender, code);
                }
            }
            Incoming::Left(id) => {
                if let Some(sender) = names.index(&id) {
                    recorder.deliveries.heard_left(self.index, sender);
                }
            }
            Incoming::Ack(id, answer) => {
                drop(recorder);
                return self.on_ack(id, &answer, now);
            }
            Incoming::Terminated { code, message } => {
                let kind = format!("terminated: {code}");
                recorder.error(self.index, now, &kind, &message);
            }
            Incoming::Disconnected => return Err("the server disconnected the client".to_owned()),
            Incoming::Broken(why) => recorder.error(self.index, now, "protocol", &why),
            Incoming::Other => {}
        }
        Ok(())
    }

    fn on_update(&self, id: &str, position: wire::Flat, now: u64) {
        let Some((sender, code)) = self.shared.names.index(id).zip(code(position)) else {
            return;
        };
        let mut recorder = self.shared.recorder.borrow_mut();
        if let Some(update) = recorder.deliveries.resolve(sender, code) {
            recorder.received((self.index, sender), update, now);
        }
    }

    fn on_ack(&mut self, id: i64, answer: &Answer, now: u64) -> Result<(), String> {
        let mut recorder = self.shared.recorder.borrow_mut();
        let place = self.asked.iter().position(|(asked, ..)| *asked == id);
        let Some((_, asked, emitted)) = place.and_then(|place| self.asked.remove(place)) else {
            recorder.error(self.index, now, "protocol", "an ack nobody asked for");
            return Ok(());
        };
        self.shared.awaited.set(self.shared.awaited.get() - 1);
        if !answer.ok {
            let kind = format!("refused: {}", answer.code);
            recorder.error(self.index, now, &kind, &answer.message);
            recorder.deliveries.uncertain(self.index);
            return match asked {
                Asked::Join => Err(format!("the join was refused: {}", answer.message)),
                Asked::Update | Asked::Leave => Ok(()),
            };
        }
        match asked {
            Asked::Join => {
                recorder.joined(self.index, emitted, now);
                self.state = State::Joined;
                drop(recorder);
                let first = self.first_update();
                self.timer.as_mut().reset(first);
            }
            Asked::Update => recorder.acknowledged(emitted, now),
            Asked::Leave => {
                recorder.left(self.index);
                self.state = State::Left;
            }
        }
        Ok(())
    }

    /// The first of this bot's moments that is still to come.
    fn first_update(&self) -> Instant {
        let plan = &self.shared.plan;
        let interval = plan.knobs.update_interval.as_nanos().max(1);
        let start = self.shared.started + plan.offset(self.index);
        let past = Instant::now().saturating_duration_since(start).as_nanos();
        let count = u32::try_from(past.div_ceil(interval)).unwrap_or(u32::MAX);
        start + plan.knobs.update_interval * count
    }

    async fn finish(mut self, ended: Option<String>) {
        let joined = self.state == State::Joined;
        let expected = ended.is_none();
        {
            let now = self.shared.now();
            let mut recorder = self.shared.recorder.borrow_mut();
            recorder.disconnected(self.index, joined, expected);
            if let Some(why) = ended {
                recorder.error(self.index, now, "disconnected", &why);
            }
            let unanswered = self.asked.len() as u64;
            self.shared
                .awaited
                .set(self.shared.awaited.get().saturating_sub(unanswered));
            if expected {
                for (_, asked, _) in &self.asked {
                    recorder.error(
                        self.index,
                        now,
                        "no-answer",
                        &format!("no ack of {asked:?}"),
                    );
                }
            }
        }
        if expected && self.send(wire::DISCONNECT.to_owned()).is_ok() {
            // The server may already be gone.
            let _ = timeout(CLOSE_TIMEOUT, self.socket.close(None)).await;
        }
    }
}

fn code(position: wire::Flat) -> Option<u64> {
    sequence::code(position.x, position.z)
}
