//! Changing settings while the server runs.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::Author;
use crate::config::editable;
use crate::moderation::{ActionError, Moderation, ModerationEvent};
use contract::admin::action::ActionName;
use contract::admin::{ActionEntry, Right};

/// Why settings were not changed.
#[derive(Debug)]
pub enum SettingsError {
    /// A sentence for each key that cannot be taken; nothing changed.
    Fields(BTreeMap<String, String>),
    /// As for other actions.
    Action(ActionError),
}

impl<T: Into<ActionError>> From<T> for SettingsError {
    fn from(error: T) -> Self {
        Self::Action(error.into())
    }
}

impl Moderation {
    /// Changes settings, all or none; `null` gives one back to what the server started with. They
    /// are in force on every node when this returns.
    ///
    /// # Errors
    /// [`SettingsError::Fields`] for keys that are unknown, need a restart, or whose value cannot be
    /// taken.
    pub async fn change_settings(
        &self,
        author: &Author,
        values: &BTreeMap<String, Value>,
    ) -> Result<ActionEntry, SettingsError> {
        author.needs(Right::Settings)?;
        let mut accepted = BTreeMap::new();
        let mut refused = BTreeMap::new();
        for (key, value) in values {
            match check(key, value) {
                Ok(text) => drop(accepted.insert(key.clone(), text)),
                Err(sentence) => drop(refused.insert(key.clone(), sentence)),
            }
        }
        if !refused.is_empty() {
            return Err(SettingsError::Fields(refused));
        }
        let before = self.settings().views();
        self.settings().change(&accepted).await?;
        self.publish(ModerationEvent::SettingsChanged).await;
        let after = self.settings().views();
        let mut changes = Map::new();
        for (old, new) in before.iter().zip(&after) {
            if accepted.contains_key(&new.key) {
                let is_pin = editable(&new.key).is_some_and(|setting| setting.secret);
                let shown = |value: &Value| match (is_pin, value) {
                    (true, Value::String(text)) if !text.is_empty() => json!("[redacted]"),
                    (_, value) => value.clone(),
                };
                let change = json!({ "before": shown(&old.value), "after": shown(&new.value) });
                changes.insert(new.key.clone(), change);
            }
        }
        let details = json!({ "changes": changes });
        Ok(self
            .note(
                &author.actor,
                ActionName::SETTINGS_UPDATE,
                "settings",
                None,
                details,
            )
            .await)
    }
}

fn check(key: &str, value: &Value) -> Result<Option<String>, String> {
    let setting = editable(key).ok_or("This setting cannot be changed while the server runs.")?;
    match value {
        Value::Null => Ok(None),
        value => setting.read(value).map(Some),
    }
}
