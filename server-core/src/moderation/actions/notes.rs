//! Notes about people.

use serde_json::json;

use super::Author;
use crate::moderation::{ActionError, Moderation, views};
use contract::admin::action::ActionName;
use contract::admin::{Note, PersonRef, Right};
use store::records::RemarkKind;

impl Moderation {
    /// Keeps a note about a person.
    ///
    /// # Errors
    /// [`ActionError::RoleRequired`], or [`ActionError::Store`].
    pub async fn add_note(
        &self,
        author: &Author,
        person: &PersonRef,
        text: &str,
    ) -> Result<Note, ActionError> {
        author.needs(Right::Notes)?;
        let remarks = &self.records().remarks;
        let remark = remarks
            .add(RemarkKind::Note, person, &author.actor, text)
            .await?;
        let name = self.name_of(person, None).await;
        let details = json!({ "note": remark.id, "kind": person.kind });
        self.note(
            &author.actor,
            ActionName::NOTE_ADD,
            &person.subject,
            name.as_deref(),
            details,
        )
        .await;
        Ok(views::note(&remark))
    }

    /// Deletes a note.
    ///
    /// # Errors
    /// [`ActionError::NotFound`], [`ActionError::RoleRequired`], or [`ActionError::Store`].
    pub async fn delete_note(&self, author: &Author, id: &str) -> Result<(), ActionError> {
        author.needs(Right::Notes)?;
        let deleted = self.records().remarks.delete_note(id).await?;
        let remark = deleted.ok_or(ActionError::NotFound("note"))?;
        let person = &remark.person;
        let name = self.name_of(person, None).await;
        let details = json!({ "note": id, "kind": person.kind, "author": remark.author });
        self.note(
            &author.actor,
            ActionName::NOTE_DELETE,
            &person.subject,
            name.as_deref(),
            details,
        )
        .await;
        Ok(())
    }
}
