//! The announcement that stands for a while.

use serde_json::json;

use super::Author;
use crate::moderation::{ActionError, Moderation, ModerationEvent};
use contract::admin::action::ActionName;
use contract::admin::{ActionEntry, Right};
use runtime::clock::{iso, now_ms};
use store::records::StoredPin;
use store::storage::StoreError;

impl Moderation {
    /// Lets an announcement stand until then (milliseconds since 1970), in place of the one before.
    pub(super) async fn pin(
        &self,
        author: &Author,
        message: &str,
        until: i64,
    ) -> Result<(), StoreError> {
        let pin = StoredPin::of(message, &author.actor, until);
        self.records().pins.pin(&pin).await?;
        self.publish(ModerationEvent::PinChanged).await;
        Ok(())
    }

    /// Takes away the announcement that stands.
    ///
    /// # Errors
    /// [`ActionError::NotFound`], [`ActionError::RoleRequired`], or [`ActionError::Store`].
    pub async fn unpin(&self, author: &Author) -> Result<ActionEntry, ActionError> {
        author.needs(Right::Announce)?;
        let pin = self.records().pins.take().await?;
        let pin = pin.ok_or(ActionError::NotFound("pinned announcement"))?;
        self.publish(ModerationEvent::PinChanged).await;
        let details = json!({ "message": pin.message, "until": iso(pin.until) });
        let action = ActionName::ANNOUNCEMENT_UNPIN;
        Ok(self.note_about_all(author, action, details).await)
    }

    /// Shows the world and the feed what stands at this moment; one whose time is over is gone.
    pub fn show_pin(&self) {
        let pin = self.records().pins.standing(now_ms());
        self.sessions()
            .set_pinned(pin.map(|pin| pin.announcement()));
    }
}
