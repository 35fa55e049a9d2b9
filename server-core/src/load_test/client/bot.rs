//! One player: joins, moves at its times, leaves, disconnects, and writes down what it sees.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::{Sink as _, SinkExt as _, StreamExt as _};
use serde::Serialize;
use tokio::sync::watch;
use tokio::time::{Instant, Sleep, sleep_until, timeout};
use tokio_tungstenite::tungstenite::Message;

use super::connect::Socket;
use super::shared::{Phase, Shared};
use super::wire;
use crate::load_test::sequence;
use crate::protocol::events;

/// A join without an answer for so long has failed.
const JOIN_TIMEOUT: Duration = Duration::from_secs(30);

/// Time a server gets to answer the close of a connection.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(2);

/// Messages read before timers get their turn.
const READS_PER_TURN: usize = 128;

/// What an ack is for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Asked {
    Join,
    Update,
    Leave,
}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Join => "join",
            Self::Update => "update",
            Self::Leave => "leave",
        })
    }
}

/// How far a bot has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
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
    pub(super) index: u32,
    socket: Socket,
    pub(super) shared: Rc<Shared>,
    pub(super) state: State,
    /// Acks to come, oldest first: id, what for, emitted when.
    pub(super) asked: VecDeque<(i64, Asked, u64)>,
    next_ack: i64,
    /// When the next update is due, or until when the join may take.
    pub(super) timer: Pin<Box<Sleep>>,
    /// The next binary message is a batch.
    pub(super) batch_follows: bool,
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
    pub(super) fn send(&mut self, packet: String) -> Result<(), String> {
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

    /// The first of this bot's moments that is still to come.
    pub(super) fn first_update(&self) -> Instant {
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
                for (_, asked, emitted) in &self.asked {
                    let seconds = *emitted as f64 / 1e6;
                    let what = format!("no ack of the {asked} sent at {seconds:.1} s");
                    recorder.error(self.index, now, "no-answer", &what);
                }
            }
        }
        if expected && self.send(wire::DISCONNECT.to_owned()).is_ok() {
            // The server may already be gone.
            let _ = timeout(CLOSE_TIMEOUT, self.socket.close(None)).await;
        }
    }
}
