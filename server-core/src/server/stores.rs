//! The stores as the session manager sees them, and their opening.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::{Notify, mpsc};
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use super::StartError;
use super::slow_mode::SlowMode;
use super::waiting::{HandedIn, hand_over};
use crate::config::Config;
use crate::feed::FeedActivity;
use crate::live_settings::LiveSettings;
use crate::roster::persons_of;
use contract::admin::person::{VisitEnd, Worn};
use contract::chat::KEPT_BY_CLIENTS;
use contract::names;
use contract::rest::{ArchivedMessage, MessageStatus};
use contract::{ChatMessage, Player, Refusal, RefusalCode};
use identity::{Network, Secret};
use identity::{RenewedGuest, Visitor};
use metrics::{Metrics, host};
use replication::Recall;
use runtime::clock::{iso, now_ms};
use session::directory::{LookupFailed, LookupFuture};
use session::{AvatarDefaults, Directory, PlayerReport, SanctionNotice, Screened, SessionManager};
use store::accounts::archive::RECALLED;
use store::accounts::{Accounts, Tokens, secret_file};
use store::assets::Assets;
use store::records::{Records, Seen, StoredHeldLine, StoredVisit};
use store::storage::{Database, Location, StoreError};

pub(super) async fn open_database(config: &Config) -> Result<Database, StartError> {
    let storage = &config.storage;
    let data_dir = &storage.data_dir;
    std::fs::create_dir_all(data_dir).map_err(|source| StartError::DataDir {
        path: data_dir.clone(),
        source,
    })?;
    Ok(Database::open(Location::of(storage)?.url()).await?)
}

pub(super) fn tokens(config: &Config) -> Result<Tokens, StartError> {
    let secret = match &config.security.jwt_secret {
        Some(secret) => secret.clone(),
        None => secret_file::load_or_create(&config.storage.data_dir)?,
    };
    Ok(Tokens::new(&secret)?)
}

/// Keeps the metrics of process and machine fresh until `stop`.
pub(super) async fn sample_host(metrics: Arc<Metrics>, stop: CancellationToken) {
    stop.run_until_cancelled(host::sample_into(|it| metrics.set_host(it)))
        .await;
}

/// Counts the bots that are here, once a second while there may be some. Their joins count
/// themselves.
pub(super) async fn count_bots(
    sessions: SessionManager,
    metrics: Arc<Metrics>,
    stop: CancellationToken,
) {
    let mut seconds = interval(Duration::from_secs(1));
    seconds.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while stop.run_until_cancelled(seconds.tick()).await.is_some() {
        if metrics.bots.get() == 0 {
            continue;
        }
        let mut bots = 0;
        sessions.look(|it| bots += i64::from(it.player.is_some() && it.visitor.is_bot()));
        metrics.bots.set(bots);
    }
}

/// What sessions ask, answered by the stores.
pub(super) struct Stores {
    pub(super) accounts: Accounts,
    pub(super) assets: Assets,
    pub(super) records: Records,
    pub(super) settings: LiveSettings,
    pub(super) activity: FeedActivity,
    /// Who spoke when.
    pub(super) slow_mode: SlowMode,
    /// Players' reports on their way to moderation.
    pub(super) reports: mpsc::Sender<HandedIn<PlayerReport>>,
    /// Lines on their way to a moderator.
    pub(super) held: mpsc::Sender<HandedIn<StoredHeldLine>>,
    /// Notified when another node changed the stores.
    pub(super) stale: Arc<Notify>,
    /// What moderators of other nodes did.
    pub(super) remote_events: mpsc::Sender<serde_json::Value>,
}

impl Directory for Stores {
    fn account_exists<'a>(&'a self, folded_id: &'a str) -> LookupFuture<'a, bool> {
        Box::pin(async move { answered(self.accounts.account_exists(folded_id).await) })
    }

    fn look<'a>(&'a self, avatar_id: &'a str) -> LookupFuture<'a, Option<AvatarDefaults>> {
        Box::pin(async move {
            let look = answered(self.assets.avatar_look(avatar_id).await)?;
            Ok(look.map(|look| AvatarDefaults {
                name: Some(look.name),
                appearance: look.appearance,
                sprite: look.sprite,
                sprite_asset_id: look.sprite_asset_id,
            }))
        })
    }

    fn ban(&self, visitor: &Visitor) -> Option<SanctionNotice> {
        let ban = self.accounts.ban_of(visitor, now_ms())?;
        Some(SanctionNotice {
            until: ban.until_iso(),
            reason: ban.reason,
        })
    }

    fn pin(&self) -> Option<Secret> {
        self.settings.now().world.join_pin.clone()
    }

    fn guests_allowed(&self) -> bool {
        self.settings.now().world.guests_allowed
    }

    fn check_pin(&self, visitor: &Visitor, given: Option<&str>) -> Result<(), Refusal> {
        let in_force = self.settings.now();
        if in_force.world.join_pin.is_none() || visitor.is_staff() {
            return Ok(());
        }
        let given = given.filter(|pin| !pin.is_empty()).ok_or_else(|| {
            let message = "This world asks for a PIN. Enter it to come in.";
            Refusal::new(RefusalCode::PinRequired, message)
        })?;
        // This machine is exempt, as with logins.
        let address = (!visitor.local).then_some(visitor.address);
        let throttle = self.accounts.throttle();
        let attempt = throttle.attempt_pin(address, Instant::now());
        let attempt = attempt.map_err(|_| {
            let message = "There were too many wrong PINs. Wait a little and try again.";
            Refusal::new(RefusalCode::RateLimited, message)
        })?;
        if !in_force.world.opens_with(given) {
            let message = "This PIN is wrong. Ask the host for the right one.";
            return Err(Refusal::new(RefusalCode::WrongPin, message));
        }
        throttle.give_back(&attempt, Instant::now());
        Ok(())
    }

    fn shown_name(&self, visitor: &Visitor, name: &str, max_chars: usize) -> Option<String> {
        // Nobody is deceived by a client of a load test, which the pages show as one.
        if visitor.is_of_load_test() {
            return None;
        }
        let belongs = names::is_system(name)
            || (names::is_role(name) && !visitor.is_staff())
            || self.accounts.users().names().has(name);
        match &visitor.account {
            _ if !belongs => None,
            None => Some(names::as_guest(name, max_chars)),
            Some(account) if account.username.is_empty() => None,
            Some(account) if names::likeness(&account.username) == names::likeness(name) => None,
            Some(account) => Some(account.username.clone()),
        }
    }

    fn renewed_guest(&self, seed: &str) -> RenewedGuest {
        self.accounts.tokens().renewed_guest(seed)
    }

    fn muted(&self, visitor: &Visitor) -> Option<SanctionNotice> {
        let mutes = &self.records.mutes;
        if mutes.is_empty() {
            return None;
        }
        let (_, mute) = mutes.active(&persons_of(visitor), now_ms())?;
        Some(SanctionNotice {
            until: mute.until.map(iso),
            reason: mute.reason,
        })
    }

    fn screen(&self, visitor: &Visitor, content: &str) -> Result<Screened, Refusal> {
        if visitor.is_staff() || visitor.is_of_load_test() {
            return Ok(Screened::Passes);
        }
        let in_force = self.settings.now();
        let found = in_force.words.found_in(content);
        if found.is_some() && !in_force.conversation.holds_lines() {
            let message = "A word in this line is not allowed here. Nobody has read it.";
            return Err(Refusal::new(RefusalCode::NotAllowed, message));
        }
        let seconds = in_force.conversation.slow_mode_seconds;
        let pause = Duration::from_secs(seconds.into());
        let admitted = self
            .slow_mode
            .admit(visitor.person(), pause, tokio::time::Instant::now());
        admitted.map_err(|wait| {
            let wait = i64::try_from(wait.as_millis()).unwrap_or(i64::MAX);
            let message = format!("This world is in slow mode: one line every {seconds} seconds.");
            Refusal {
                until: Some(iso(now_ms().saturating_add(wait))),
                ..Refusal::new(RefusalCode::RateLimited, message)
            }
        })?;
        Ok(found.map_or(Screened::Passes, |word| Screened::Held(word.to_owned())))
    }

    fn hold<'a>(
        &'a self,
        visitor: &'a Visitor,
        message: &'a ChatMessage,
        word: String,
    ) -> LookupFuture<'a, bool> {
        let now = now_ms();
        let minutes = self.settings.now().conversation.held_line_minutes;
        let line = StoredHeldLine {
            id: message.id.clone(),
            person: visitor.person(),
            network: (!visitor.local).then(|| Network::of(visitor.address)),
            player_id: message.player_id.clone(),
            author: message.author.clone(),
            content: message.content.clone(),
            word,
            at: now,
            until: now + i64::from(minutes) * 60_000,
        };
        Box::pin(hand_over(&self.held, line))
    }

    fn seen(&self, visitor: &Visitor, player: &Player) {
        if visitor.is_of_load_test() {
            return;
        }
        // People know an account by its own name, whatever its player is called today.
        let account = visitor.account.as_ref().map(|it| it.username.as_str());
        let name = account.filter(|name| !name.is_empty());
        let seen = Seen {
            name: name.unwrap_or(&player.name).to_owned(),
            player_name: player.name.clone(),
            player_id: player.id.to_string(),
            appearance: Worn::of(&player.metadata),
        };
        let people = &self.records.people;
        people.seen(visitor.person(), seen, visitor.address);
    }

    fn visited(&self, visitor: &Visitor, player: &Player, stay: Duration, end: VisitEnd) {
        if visitor.is_of_load_test() {
            return;
        }
        let now = now_ms();
        let stayed = i64::try_from(stay.as_millis()).unwrap_or_default();
        let times = (now.saturating_sub(stayed), now);
        let visit = StoredVisit::of(visitor.person(), player.id.as_str(), &player.name, times);
        self.records.visits.ended(StoredVisit {
            how: end.as_str().to_owned(),
            ..visit
        });
    }

    fn read<'a>(&'a self, visitor: &'a Visitor, warning: &'a str) -> LookupFuture<'a, ()> {
        Box::pin(async move {
            let person = visitor.person();
            answered(self.records.remarks.read(&person, warning).await)
        })
    }

    fn archive(&self, message: &ChatMessage, speaker: Option<&Visitor>) {
        // What clients of load tests say is no part of what a community keeps.
        if speaker.is_some_and(Visitor::is_of_load_test) {
            return;
        }
        let person = speaker.map(Visitor::person);
        let archive = self.accounts.archive();
        archive.push(message.clone(), person.clone());
        self.activity.placed(ArchivedMessage {
            message: message.clone(),
            status: MessageStatus::Visible,
            removed_at: None,
            removed_by: None,
            person,
        });
    }

    fn reload(&self) {
        self.stale.notify_one();
    }

    fn recall(&self) -> LookupFuture<'_, Recall> {
        Box::pin(async move {
            let last = answered(self.accounts.archive().last(RECALLED).await)?;
            let mut recall = Recall::default();
            let begin = last.len().saturating_sub(KEPT_BY_CLIENTS);
            for (n, line) in last.into_iter().enumerate() {
                if line.status == MessageStatus::Removed {
                    recall.removed.insert(line.message.id);
                } else if n >= begin {
                    recall.lines.push(line.message);
                }
            }
            Ok(recall)
        })
    }

    fn moderated(&self, event: serde_json::Value) {
        if self.remote_events.try_send(event).is_err() {
            tracing::warn!(
                "too much comes from other nodes' moderators; the database is read again"
            );
            self.stale.notify_one();
        }
    }

    fn report(&self, report: PlayerReport) -> LookupFuture<'_, bool> {
        Box::pin(hand_over(&self.reports, report))
    }
}

fn answered<T>(result: Result<T, StoreError>) -> Result<T, LookupFailed> {
    result.map_err(|error| {
        tracing::warn!(%error, "a store could not answer a join");
        LookupFailed
    })
}
