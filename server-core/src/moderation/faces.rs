//! What people look like, for lists that name them: also after they left.

use std::collections::HashMap;

use super::Moderation;
use crate::roster::person_in;
use contract::admin::person::{Face, Worn};
use contract::admin::{AdminSession, PersonKind, PersonRef};
use store::storage::StoreError;

impl Moderation {
    /// The faces of these people, as far as they are known: as they are now for who is here, else as
    /// they were last seen.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn faces(&self, people: &[PersonRef]) -> Result<Vec<Face>, StoreError> {
        // Who left a moment ago is part of the answer.
        self.records().people.write().await?;
        let mut here = self.faces_here(people);
        let mut faces = Vec::with_capacity(people.len());
        for person in people {
            let face = match here.remove(person) {
                Some(face) => Some(face),
                None => self.last_face(person).await?,
            };
            faces.extend(face);
        }
        Ok(faces)
    }

    fn faces_here(&self, people: &[PersonRef]) -> HashMap<PersonRef, Face> {
        let mut here = HashMap::new();
        let remote = self.roster().remote().all();
        for session in remote.iter().filter(|it| it.joined) {
            let person = person_in(session);
            if people.contains(&person)
                && let Some(face) = face_in(&person, session)
            {
                here.insert(person, face);
            }
        }
        self.sessions().look(|view| {
            let Some(player) = view.player else { return };
            let person = view.visitor.person();
            if people.contains(&person) {
                let worn = Worn::of(&player.metadata);
                let face = face(&person, player.id.to_string(), worn);
                here.insert(person, face);
            }
        });
        here
    }

    async fn last_face(&self, person: &PersonRef) -> Result<Option<Face>, StoreError> {
        let portrait = self.records().people.portrait(person).await?;
        Ok(match portrait {
            Some(it) => Some(face(person, it.player_id, it.appearance)),
            // An account that never came in walks under its own id when it does.
            None if person.kind == PersonKind::Account => {
                Some(face(person, person.subject.clone(), None))
            }
            None => None,
        })
    }
}

fn face_in(person: &PersonRef, session: &AdminSession) -> Option<Face> {
    let player_id = session.player_id.clone()?;
    Some(face(person, player_id, session.appearance.clone()))
}

fn face(person: &PersonRef, player_id: String, appearance: Option<Worn>) -> Face {
    Face {
        kind: person.kind,
        subject: person.subject.clone(),
        player_id,
        appearance,
    }
}
