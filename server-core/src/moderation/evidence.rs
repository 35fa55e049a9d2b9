//! What was said before an act, gathered at that moment and kept with it.

use std::collections::BTreeMap;

use super::Moderation;
use contract::admin::PersonRef;
use contract::admin::person::EvidenceLine;
use contract::rest::ArchivedMessage;
use runtime::clock::{now_ms, parse_iso};
use store::accounts::MessageFilter;
use store::storage::StoreError;

/// How far back a report looks, in milliseconds: what two people said before one reported the other.
const BEFORE_REPORT_MS: i64 = 10 * 60 * 1000;
/// How far back every other act looks, in milliseconds: somebody may act on what they read hours later.
const BEFORE_ACT_MS: i64 = 24 * 60 * 60 * 1000;
/// Lines of one person that are kept with an act.
const LINES: u32 = 6;

/// Somebody whose words count.
#[derive(Debug, Clone, Default)]
pub(super) struct Speaker {
    /// As moderation knows them.
    pub(super) person: Option<PersonRef>,
    /// As they are called in messages of whom nothing else is known.
    pub(super) player_id: Option<String>,
}

impl Speaker {
    fn wrote(&self, message: &ArchivedMessage) -> bool {
        match (&self.person, &message.person) {
            (Some(person), Some(speaker)) => person == speaker,
            _ => self.player_id.as_ref() == Some(&message.message.player_id),
        }
    }

    fn filter(&self, from: i64) -> Option<MessageFilter> {
        let player = self.player_id.clone().unwrap_or_default();
        (self.person.is_some() || !player.is_empty()).then(|| MessageFilter {
            user: match self.person {
                Some(_) => String::new(),
                None => player,
            },
            person: self.person.clone(),
            from: Some(from),
            ..MessageFilter::default()
        })
    }
}

impl From<&PersonRef> for Speaker {
    fn from(person: &PersonRef) -> Self {
        Self {
            person: Some(person.clone()),
            player_id: None,
        }
    }
}

impl Moderation {
    /// Keeps what somebody said before an act about them. The act holds also when this fails.
    pub(super) async fn keep_words(&self, act: &str, about: &PersonRef) {
        let from = now_ms() - BEFORE_ACT_MS;
        self.keep(act, &about.into(), None, from).await;
    }

    /// Keeps what was said between two people before one reported the other.
    pub(super) async fn keep_exchange(&self, report: &str, about: &Speaker, by: &Speaker) {
        let from = now_ms() - BEFORE_REPORT_MS;
        self.keep(report, about, Some(by), from).await;
    }

    async fn keep(&self, act: &str, about: &Speaker, by: Option<&Speaker>, from: i64) {
        let kept = async {
            let lines = self.lines_before(about, by, from).await?;
            self.records().evidence.keep(act, &lines).await
        };
        if let Err(error) = kept.await {
            tracing::warn!(%error, act, "the chat before an act could not be kept as evidence");
        }
    }

    /// The archive is a moment late, so what was just said is taken from memory.
    async fn lines_before(
        &self,
        about: &Speaker,
        by: Option<&Speaker>,
        from: i64,
    ) -> Result<Vec<EvidenceLine>, StoreError> {
        let recent = self.feed().activity().recent_chat();
        let mut lines = BTreeMap::new();
        let speakers = std::iter::once((about, true)).chain(by.map(|by| (by, false)));
        for (speaker, is_about) in speakers {
            let mut said: Vec<_> = recent
                .iter()
                .filter(|it| speaker.wrote(it))
                .cloned()
                .collect();
            if let Some(filter) = speaker.filter(from) {
                let (_, stored) = self.accounts().archive().list(&filter, LINES, 0).await?;
                said.extend(stored);
            }
            let mut said: Vec<_> = said
                .into_iter()
                .filter_map(|it| Some((parse_iso(&it.message.timestamp)?, it)))
                .filter(|(at, _)| *at >= from)
                .map(|(at, it)| ((at, it.message.id.0.clone()), line(it, is_about)))
                .collect();
            said.sort_by(|a, b| b.0.cmp(&a.0));
            said.dedup_by(|a, b| a.0 == b.0);
            lines.extend(said.into_iter().take(LINES as usize));
        }
        Ok(lines.into_values().collect())
    }
}

fn line(archived: ArchivedMessage, about: bool) -> EvidenceLine {
    let message = archived.message;
    EvidenceLine {
        id: message.id.0,
        at: message.timestamp,
        player_id: message.player_id,
        author: message.author,
        content: message.content,
        about,
    }
}
