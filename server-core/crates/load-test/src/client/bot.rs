//! One player: joins, moves at its times, leaves, disconnects, and writes down what it sees.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use serde::Serialize;
use tokio::sync::watch;
use tokio::time::{Instant, Sleep, sleep_until, timeout};
use tokio_tungstenite::tungstenite::Message;

use super::connect::{BotSocket, sentence};
use super::frame_cache::{AttachmentKind, FrameCursor};
use super::pacer::{BotTurn, Paced};
use super::payload::{ChatLine, Join, SentMetadata, Update};
use super::shared::{CrowdPhase, CrowdState};
use super::slow_line::SlowLine;
use super::wire;
use crate::walk::{BotAnimation, BotHeading};
use contract::batch::stream::FrameHead;
use contract::events::ClientEvent;
use contract::load_test::Mode;

/// A join without an answer for so long has failed.
const JOIN_TIMEOUT: Duration = Duration::from_secs(30);

/// Time a server gets to answer the close of a connection.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(2);

/// Reads before others get their turn.
const READS_PER_TURN: usize = 8;

/// What an ack is for.
#[derive(Debug, Clone, Copy)]
pub(super) enum AckPurpose {
    Join,
    Update,
    Chat,
    Leave,
}

impl fmt::Display for AckPurpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Join => "join",
            Self::Update => "update",
            Self::Chat => "chat message",
            Self::Leave => "leave",
        })
    }
}

/// How far a bot has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BotState {
    Joining,
    Joined,
    Left,
}

/// One client from its connection on.
pub(crate) struct Bot {
    pub(super) index: u32,
    pub(super) socket: BotSocket,
    pub(super) shared: Rc<CrowdState>,
    pub(super) state: BotState,
    /// How long it took to connect, in microseconds.
    pub(super) connecting: u64,
    /// What it reads through, when that is slow.
    line: Option<SlowLine>,
    /// Acks to come, oldest first: id, what for, emitted when.
    pub(super) asked: VecDeque<(i64, AckPurpose, u64)>,
    next_ack: i64,
    /// Until when the join may take.
    patience: Pin<Box<Sleep>>,
    /// The task that runs this bot, for what others did with its socket.
    waker: Waker,
    /// Why a send did not work.
    failed: Option<String>,
    /// The next binary message is a batch.
    pub(super) follows: Option<AttachmentKind>,
    pub(super) place: FrameCursor,
    /// Whether everything it receives is read.
    pub(super) reads_all: bool,
    /// Whether it gets single updates.
    pub(super) is_plain: bool,
    /// The frame of a stream that it read last.
    pub(super) stream_at: Option<FrameHead>,
}

impl Bot {
    /// A client that has connected, and took so long to.
    pub(crate) fn new(
        index: u32,
        socket: BotSocket,
        connecting: Duration,
        shared: Rc<CrowdState>,
    ) -> Self {
        shared.recorder.borrow_mut().connected();
        Self {
            connecting: connecting.as_micros() as u64,
            line: shared.plan.bytes_a_second(index).map(SlowLine::new),
            reads_all: shared.plan.reads_all(index),
            is_plain: shared.plan.mode_of(index) == Mode::Plain,
            index,
            socket,
            state: BotState::Joining,
            asked: VecDeque::new(),
            next_ack: 0,
            patience: Box::pin(sleep_until(Instant::now() + JOIN_TIMEOUT)),
            waker: Waker::noop().clone(),
            failed: None,
            follows: None,
            place: FrameCursor::default(),
            stream_at: None,
            shared,
        }
    }

    /// Plays until the run closes or the connection ends.
    pub(crate) async fn run(mut self, mut phases: watch::Receiver<CrowdPhase>) {
        let mut ended = self.join().err();
        let shared = self.shared.clone();
        let bot = Rc::new(RefCell::new(self));
        shared.pacer.register(bot.borrow().index, &bot);
        let mut phase = *phases.borrow_and_update();
        while ended.is_none() && !matches!(phase, CrowdPhase::Drop | CrowdPhase::Close) {
            let read = std::future::poll_fn(|cx| {
                let step = bot.borrow_mut().poll(cx);
                shared.pacer.send_due();
                step
            });
            tokio::select! {
                biased;
                changed = phases.changed() => {
                    phase = match changed {
                        Ok(()) => *phases.borrow_and_update(),
                        Err(_) => CrowdPhase::Close,
                    };
                    if phase == CrowdPhase::Leave {
                        ended = bot.borrow_mut().leave().err();
                    }
                }
                why = read => ended = Some(why),
            }
        }
        // The pacer knows bots weakly, so this is the only owner.
        if let Ok(bot) = Rc::try_unwrap(bot) {
            let bot = bot.into_inner();
            match phase {
                CrowdPhase::Drop if ended.is_none() => bot.vanish(),
                _ => bot.finish(ended).await,
            }
        }
    }

    fn join(&mut self) -> Result<(), String> {
        let id = self.shared.names.id(self.index);
        let shared = self.shared.clone();
        // Who comes back stands where it was, with the number of its last update.
        let number = shared.recorder.borrow().deliveries.newest(self.index);
        let mut steps = shared.steps.borrow_mut();
        let name = steps.name(self.index);
        let step = steps.enter(self.index, number, shared.now());
        let place = step.place;
        shared
            .recorder
            .borrow_mut()
            .deliveries
            .moved(self.index, place);
        let join = Join {
            player_id: &id,
            name: &name,
            position: place.into(),
            animation: step.animation.map(BotAnimation::as_str),
            metadata: metadata(step.heading, Some(true)),
        };
        self.emit(
            ClientEvent::Join.name(),
            Some(&join),
            Some(AckPurpose::Join),
        )
    }

    fn leave(&mut self) -> Result<(), String> {
        if self.state != BotState::Joined {
            return Ok(());
        }
        self.emit(
            ClientEvent::Leave.name(),
            None::<&()>,
            Some(AckPurpose::Leave),
        )
    }

    /// Sends the update that is due and returns when the next one is. That is an interval after
    /// this one was due, not after it was sent: nothing the server does makes the bot send less.
    fn update(&mut self, due: Instant) -> Option<Instant> {
        if self.state != BotState::Joined || self.failed.is_some() {
            return None;
        }
        let shared = self.shared.clone();
        let next = due + shared.plan.knobs.update_interval;
        let due_us = due.saturating_duration_since(shared.started).as_micros() as u64;
        let number = shared.recorder.borrow().deliveries.next(self.index);
        let step = shared.steps.borrow_mut().next(self.index, number, due_us);
        let update = Update {
            position: step.place.into(),
            animation: step.animation.map(BotAnimation::as_str),
            metadata: metadata(step.heading, None),
        };
        let last = next >= shared.ends.get();
        let ask = last || number.is_multiple_of(shared.plan.ack_every);
        let ack = ask.then_some(self.next_ack);
        let packet = wire::event(ClientEvent::Update.name(), Some(&update), ack);
        let now = shared.now();
        let counts_from = {
            let mut recorder = shared.recorder.borrow_mut();
            recorder.deliveries.moved(self.index, step.place);
            recorder.sent(self.index, due_us, now)
        };
        if ask {
            self.expect(AckPurpose::Update, counts_from);
        }
        let waker = self.waker.clone();
        let sent = self.send(packet);
        match sent.and_then(|()| self.flush(&mut Context::from_waker(&waker))) {
            Ok(()) => Some(next),
            Err(why) => {
                self.failed = Some(why);
                waker.wake();
                None
            }
        }
    }

    /// Sends the line that is due and returns when the next one is.
    fn send_chat(&mut self, due: Instant) -> Option<Instant> {
        if self.state != BotState::Joined || self.failed.is_some() {
            return None;
        }
        let interval = self.shared.plan.chat_interval?;
        let shared = self.shared.clone();
        let content = shared.steps.borrow_mut().say(self.index, self.next_ack);
        let line = ChatLine { content: &content };
        self.shared.recorder.borrow_mut().chat_sent();
        let waker = self.waker.clone();
        let sent = self.emit(
            ClientEvent::Chat.name(),
            Some(&line),
            Some(AckPurpose::Chat),
        );
        match sent.and_then(|()| self.flush(&mut Context::from_waker(&waker))) {
            Ok(()) => Some(due + interval),
            Err(why) => {
                self.failed = Some(why);
                waker.wake();
                None
            }
        }
    }

    fn emit(
        &mut self,
        name: &str,
        payload: Option<&impl Serialize>,
        asked: Option<AckPurpose>,
    ) -> Result<(), String> {
        let packet = wire::event(name, payload, asked.map(|_| self.next_ack));
        if let Some(asked) = asked {
            self.expect(asked, self.shared.now());
        }
        self.send(packet)
    }

    fn expect(&mut self, asked: AckPurpose, emitted: u64) {
        self.asked.push_back((self.next_ack, asked, emitted));
        self.next_ack += 1;
        self.shared.awaited.set(self.shared.awaited.get() + 1);
    }

    /// Hands a packet to the socket. It never waits: what the network does not take stays in the
    /// socket's buffer, up to its limit.
    pub(super) fn send(&mut self, packet: String) -> Result<(), String> {
        self.shared.recorder.borrow_mut().bytes_out(packet.len());
        self.socket
            .write(Message::text(packet))
            .map_err(|error| error.to_string())
    }

    /// Reads what there is. Ready when the connection is over, with the reason.
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<String> {
        self.waker.clone_from(cx.waker());
        if let Some(why) = self.failed.take() {
            return Poll::Ready(why);
        }
        for turn in 1.. {
            let most = match self.line.as_mut().map(|line| line.poll_room(cx)) {
                None => usize::MAX,
                Some(Poll::Ready(room)) => room,
                Some(Poll::Pending) => break,
            };
            let mut arrived = self.shared.arrived.take();
            let before = self.socket.kept();
            let step = match self.socket.poll_read(cx, &mut arrived, most) {
                Poll::Pending => break,
                Poll::Ready(Ok(more)) => {
                    if let Some(line) = &mut self.line {
                        line.took(arrived.len().saturating_sub(before));
                    }
                    self.read_frames(&arrived).map(|()| more)
                }
                Poll::Ready(Err(error)) => Err(sentence(&error)),
            };
            self.shared.arrived.replace(arrived);
            match step {
                Err(why) => return Poll::Ready(why),
                Ok(more) if more || turn == READS_PER_TURN => {
                    cx.waker().wake_by_ref();
                    break;
                }
                Ok(_) => {}
            }
        }
        if let Err(why) = self.flush(cx) {
            return Poll::Ready(why);
        }
        if self.state == BotState::Joining && self.patience.as_mut().poll(cx).is_ready() {
            return Poll::Ready("no answer to the join within 30 s".to_owned());
        }
        Poll::Pending
    }

    /// Hands the network what it takes; the rest when it takes more.
    fn flush(&mut self, cx: &mut Context<'_>) -> Result<(), String> {
        match self.socket.poll_flush(cx) {
            Poll::Pending | Poll::Ready(Ok(())) => Ok(()),
            Poll::Ready(Err(error)) => Err(sentence(&error)),
        }
    }

    /// The first of this bot's moments that is still to come, for what it does once an `every`.
    pub(super) fn first_turn(&self, every: Duration) -> Instant {
        let interval = every.as_nanos().max(1);
        let start = self.shared.started + self.shared.plan.offset(self.index, every);
        let past = Instant::now().saturating_duration_since(start).as_nanos();
        let count = u32::try_from(past.div_ceil(interval)).unwrap_or(u32::MAX);
        start + every * count
    }

    /// Is gone without a word, as if its cable had been pulled.
    fn vanish(self) {
        let joined = self.state == BotState::Joined;
        self.shared
            .recorder
            .borrow_mut()
            .dropped(self.index, joined);
        self.expect_nothing();
    }

    /// No ack that is still to come is waited for.
    fn expect_nothing(&self) {
        let awaited = &self.shared.awaited;
        awaited.set(awaited.get().saturating_sub(self.asked.len() as u64));
    }

    async fn finish(mut self, ended: Option<String>) {
        let joined = self.state == BotState::Joined;
        let expected = ended.is_none();
        {
            let now = self.shared.now();
            let mut recorder = self.shared.recorder.borrow_mut();
            recorder.disconnected(self.index, joined, expected);
            if let Some(why) = ended {
                recorder.error(self.index, now, "disconnected", &why);
            }
            self.expect_nothing();
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
            let _ = timeout(CLOSE_TIMEOUT, self.socket.close()).await;
        }
    }
}

/// What of the metadata is sent; nothing in an update of a bot that looks where it did.
fn metadata(heading: Option<BotHeading>, bot: Option<bool>) -> Option<SentMetadata> {
    let heading = heading.map(BotHeading::as_str);
    (bot.is_some() || heading.is_some()).then_some(SentMetadata { bot, heading })
}

impl Paced for Bot {
    fn take_turn(&mut self, turn: BotTurn, due: Instant) -> Option<Instant> {
        match turn {
            BotTurn::Move => self.update(due),
            BotTurn::Speak => self.send_chat(due),
        }
    }
}
