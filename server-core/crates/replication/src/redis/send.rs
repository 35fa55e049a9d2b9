//! Sends commands in their order. What goes past the scripts has a way of its own ([`moves`](super::moves)), so that none waits for that.

use super::connection::{RedisConnection, ScriptReply};
use super::error::RedisLinkError;
use super::link::millis;
use super::owners::{Held, HolderVerdict};
use super::queue::{Claim, Command};
use super::scripts::Script;
use super::{LinkPhase, RedisHub};
use crate::Claimed;
use contract::{MessageId, PlayerId};

/// What the answer to a sent command is for.
enum Awaited {
    Claim(Claim),
    Chat(MessageId),
    Notice(String),
    Refresh(PlayerId),
    Nothing,
}

/// Notices Redis keeps for nodes that missed some.
const NOTICES_KEPT: usize = 256;

impl RedisHub {
    /// Sends commands until the link breaks.
    pub(super) async fn write(&self, connection: &RedisConnection) -> Result<(), RedisLinkError> {
        loop {
            let commands = {
                let mut state = self.state.lock();
                if state.reach == LinkPhase::Alone {
                    return Err(RedisLinkError::Silent);
                }
                state.queue.take_commands()
            };
            match commands.is_empty() {
                true => self.wake.notified().await,
                false => self.send(connection, commands).await?,
            }
        }
    }

    /// Sends all of them and waits for the answers.
    pub(super) async fn send(
        &self,
        connection: &RedisConnection,
        commands: Vec<Command>,
    ) -> Result<(), RedisLinkError> {
        let mut calls = redis::pipe();
        let mut awaited = Vec::with_capacity(commands.len());
        for command in commands {
            if let Some((call, awaits)) = self.encode(connection, command) {
                calls.add_command(call);
                awaited.push(awaits);
            }
        }
        if awaited.is_empty() {
            return Ok(());
        }
        let answers = connection.ask_all(&calls).await?;
        for (awaited, answer) in awaited.into_iter().zip(answers) {
            self.answered(awaited, answer)?;
        }
        Ok(())
    }

    /// A command as a call; `None` when nobody wants it done any more.
    fn encode(
        &self,
        connection: &RedisConnection,
        command: Command,
    ) -> Option<(redis::Cmd, Awaited)> {
        Some(match command {
            Command::Claim(claim) if claim.answer.is_closed() => {
                self.state.lock().owners.refused(claim.token);
                return None;
            }
            Command::Claim(claim) => {
                let (until, late) = self.state.lock().patience(self.settings.answer_timeout);
                let _ = claim.until.set(until);
                let mut call = connection.call(Script::Claim);
                call.arg(claim.id.as_str())
                    .arg(&claim.claimant.owner)
                    .arg(&claim.claimant.address)
                    .arg(self.takeover_mode())
                    .arg(&claim.player)
                    .arg(claim.token)
                    .arg(late);
                (call, Awaited::Claim(claim))
            }
            Command::Release(id, held) => {
                let (claim, fence) = match held {
                    Held::Claim(claim) => (claim, 0),
                    Held::Fence(fence) => (0, fence),
                };
                let mut call = connection.call(Script::Release);
                call.arg(id.as_str()).arg(claim).arg(fence);
                (call, Awaited::Nothing)
            }
            Command::Refresh(id, fence, json) => {
                let mut call = connection.call(Script::Refresh);
                call.arg(id.as_str()).arg(fence).arg(json.get());
                (call, Awaited::Refresh(id))
            }
            Command::Chat(id, json) => {
                let mut call = connection.call(Script::Chat);
                call.arg(&id.0).arg(json).arg(self.settings.chat_history);
                (call, Awaited::Chat(id))
            }
            Command::Publish(outgoing) => {
                let mut call = connection.call(Script::Notice);
                let kept = if outgoing.lasts { NOTICES_KEPT } else { 0 };
                let age = millis(outgoing.age());
                let forget = outgoing.forget.map(|id| id.0).unwrap_or_default();
                call.arg(&outgoing.id)
                    .arg(&outgoing.json)
                    .arg(kept)
                    .arg(forget)
                    .arg(age);
                (call, Awaited::Notice(outgoing.id))
            }
        })
    }

    fn answered(&self, awaited: Awaited, mut answer: ScriptReply) -> Result<(), RedisLinkError> {
        match awaited {
            Awaited::Claim(claim) => {
                let granted = match answer.word.as_str() {
                    "OK" => Some(answer.take()?),
                    _ => None,
                };
                self.claim_answered(claim, granted);
            }
            Awaited::Chat(id) => self.state.lock().chats.settled(&id),
            Awaited::Notice(id) => self.state.lock().notices.confirmed(&id),
            Awaited::Refresh(id) => {
                self.state.lock().moves.published.publish_again(&id);
                self.moves_due.notify_one();
            }
            Awaited::Nothing => {}
        }
        Ok(())
    }

    fn claim_answered(&self, claim: Claim, granted: Option<u64>) {
        let Claim {
            token,
            id,
            claimant,
            answer,
            ..
        } = claim;
        let Some(fence) = granted else {
            self.state.lock().owners.refused(token);
            // The claimant may be gone.
            let _ = answer.send(Claimed::InUse);
            return;
        };
        let verdict = self
            .state
            .lock()
            .owners
            .granted(token, &id, claimant, fence);
        match verdict {
            HolderVerdict::Apply => {
                if answer.send(Claimed::Granted { fence }).is_err() {
                    self.release(&id, fence);
                }
            }
            HolderVerdict::Orphan => self.give_back(&id, fence),
            // What was decided alone meanwhile is asserted at the next heartbeat.
            HolderVerdict::Refence(_) | HolderVerdict::Ignore => {}
        }
    }

    pub(super) fn takeover_mode(&self) -> &'static str {
        use crate::GuestTakeover::{Address, Open, Secret};
        match self.settings.guest_takeover {
            Secret => "secret",
            Address => "address",
            Open => "open",
        }
    }
}
