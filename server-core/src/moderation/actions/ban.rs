//! Bans: preview, making, lifting.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use serde_json::json;

use super::Author;
use crate::moderation::{ActionError, Moderation, ModerationEvent};
use crate::roster::person_in;
use contract::admin::action::ActionName;
use contract::admin::sanction::{AddressPreview, BanPreview, GuestPreview};
use contract::admin::{ActionEntry, AdminSession, PersonKind, Right, SanctionKind};
use identity::{Block, Network};
use store::accounts::{BanSubject, NewSanction, StoredBan, Subject as _, User};

/// Others shown under "this address is also used by".
const SAME_ADDRESS: u32 = 20;

/// What of whom is to be banned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BanWish {
    /// Parts of a live session; its account or guest when none is named.
    Session {
        /// Its id.
        id: String,
        /// Which parts.
        what: Vec<SanctionKind>,
    },
    /// These subjects.
    Subjects(Vec<BanSubject>),
}

impl Moderation {
    /// What a ban of a session can be about, and who else uses its address.
    ///
    /// # Errors
    /// [`ActionError::SessionGone`], [`ActionError::RoleRequired`], or [`ActionError::Store`].
    pub async fn ban_preview(
        &self,
        author: &Author,
        session: &str,
    ) -> Result<BanPreview, ActionError> {
        author.needs(Right::Ban)?;
        let target = self.session(session).await?;
        let person = person_in(&target);
        let (account, guest) = match person.kind {
            PersonKind::Account => {
                let user = self.accounts().account(&person.subject).await?;
                let account = user.as_ref().map(User::actor);
                (account, None)
            }
            PersonKind::Guest => {
                let guest = GuestPreview {
                    subject: person.subject.clone(),
                    player_id: target.player_id.clone(),
                };
                (None, Some(guest))
            }
        };
        let network = Network::of(address_of(&target));
        let value = network.to_string();
        let same_address = self
            .same_address(std::slice::from_ref(&value), &person, SAME_ADDRESS)
            .await?;
        Ok(BanPreview {
            account,
            guest,
            address: Some(AddressPreview {
                exempt: self.is_exempt(&network.into()),
                value,
            }),
            same_address,
        })
    }

    /// Bans. Live sessions end before this returns; the bans survive a restart.
    ///
    /// # Errors
    /// [`ActionError::SessionGone`], [`ActionError::OwnAccount`], [`ActionError::RoleRequired`],
    /// [`ActionError::ExemptAddress`], [`ActionError::LastHost`], before anything is banned; or
    /// [`ActionError::Store`].
    pub async fn ban(
        &self,
        author: &Author,
        wish: &BanWish,
        reason: &str,
        until: Option<i64>,
    ) -> Result<(ActionEntry, Vec<StoredBan>), ActionError> {
        author.needs(Right::Ban)?;
        let (subjects, mut name) = match wish {
            BanWish::Session { id, what } => {
                let target = self.session(id).await?;
                (subjects_of(&target, what), target.name)
            }
            BanWish::Subjects(subjects) => (subjects.clone(), None),
        };
        for subject in &subjects {
            let known = self.may_ban(author, subject).await?;
            name = name.or(known);
        }
        let wanted = subjects.into_iter().map(|subject| NewSanction {
            subject,
            subject_name: name.as_deref(),
            reason,
            until,
            by: &author.actor,
        });
        let bans = self.accounts().bans().create_all(wanted.collect()).await?;
        let ended = self.publish(ModerationEvent::BansChanged).await;
        for ban in &bans {
            if let Some(person) = ban.subject.person() {
                self.keep_words(&ban.id, &person).await;
            }
        }
        let details = json!({
            "bans": bans.iter().map(|ban| &ban.id).collect::<Vec<_>>(),
            "kinds": bans.iter().map(|ban| ban.subject.kind()).collect::<Vec<_>>(),
            "reason": reason,
            "until": until.map(runtime::clock::iso),
            "sessions": ended,
        });
        let subject = bans.iter().map(audit_subject).next().unwrap_or_default();
        let name = name.as_deref();
        let action = self
            .note(
                &author.actor,
                ActionName::BAN_CREATE,
                &subject,
                name,
                details,
            )
            .await;
        Ok((action, bans))
    }

    /// Lifts a ban.
    ///
    /// # Errors
    /// [`ActionError::NotFound`] when there is none or it was lifted before;
    /// [`ActionError::OwnAccount`], [`ActionError::RoleRequired`], or [`ActionError::Store`].
    pub async fn lift_ban(&self, author: &Author, id: &str) -> Result<ActionEntry, ActionError> {
        author.needs(Right::Ban)?;
        self.may_lift_ban(author, id).await?;
        let lifted = self.accounts().bans().lift(id, &author.actor).await?;
        let ban = lifted.ok_or(ActionError::NotFound("ban"))?;
        self.publish(ModerationEvent::BansChanged).await;
        let details = json!({ "bans": [ban.id], "kinds": [ban.subject.kind()] });
        let name = ban.subject_name.as_deref();
        Ok(self
            .note(
                &author.actor,
                ActionName::BAN_LIFT,
                &audit_subject(&ban),
                name,
                details,
            )
            .await)
    }

    /// Nobody lifts what they could not have laid on: not their own ban, nor that of somebody above.
    pub(super) async fn may_lift_ban(&self, author: &Author, id: &str) -> Result<(), ActionError> {
        let ban = self.accounts().bans().by_id(id).await?;
        match ban.and_then(|ban| ban.subject.person()) {
            Some(person) => self.may_sanction(author, &person).await.map(drop),
            None => Ok(()),
        }
    }

    /// Whether banning a block would shut out everybody: this machine or a proxy is in it.
    #[must_use]
    pub fn is_exempt(&self, block: &Block) -> bool {
        let own = [
            Block::around(Ipv4Addr::LOCALHOST.into(), 8),
            Block::single(Ipv4Addr::UNSPECIFIED.into()),
            Network::of(Ipv6Addr::LOCALHOST.into()).into(),
        ];
        own.iter().any(|it| it.overlaps(block)) || (self.inner.parts.exempt)(block)
    }

    /// Checks one subject, and returns the name people know it by.
    async fn may_ban(
        &self,
        author: &Author,
        subject: &BanSubject,
    ) -> Result<Option<String>, ActionError> {
        if let BanSubject::Address(block) = subject
            && self.is_exempt(block)
        {
            return Err(ActionError::ExemptAddress);
        }
        // Behind an address staff are spared, and everybody else is below whoever may ban.
        let Some(person) = subject.person() else {
            return Ok(None);
        };
        let user = self.may_sanction(author, &person).await?;
        if person.kind == PersonKind::Account && user.is_none() {
            return Err(ActionError::NotFound("account"));
        }
        Ok(self.name_of(&person, user.as_ref()).await)
    }
}

/// The audit log holds no addresses, so that forgetting them is enough.
fn audit_subject(ban: &StoredBan) -> String {
    let person = ban.subject.person();
    person.map_or_else(|| ban.id.clone(), |person| person.subject)
}

fn address_of(session: &AdminSession) -> IpAddr {
    // Written by ourselves; what could not be read would be nobody's address.
    let address = session.address.parse();
    address.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))
}

fn subjects_of(target: &AdminSession, what: &[SanctionKind]) -> Vec<BanSubject> {
    let person = person_in(target);
    let own = BanSubject::from(person);
    let has_address = what.contains(&SanctionKind::Address);
    // Whoever is logged in is banned as an account, else as a guest: either word means the person.
    let has_person = what.is_empty() || what.iter().any(|kind| *kind != SanctionKind::Address);
    let address = has_address.then(|| BanSubject::address(address_of(target)));
    has_person
        .then_some(own)
        .into_iter()
        .chain(address)
        .collect()
}
