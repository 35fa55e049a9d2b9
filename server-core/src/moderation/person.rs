//! What moderation knows a visitor by.

use crate::protocol::admin::{PersonKind, PersonRef};
use crate::session::Visitor;

/// The account when there is one, else the guest.
#[must_use]
pub fn person_of(visitor: &Visitor) -> PersonRef {
    visitor.person()
}

/// Everything a sanction of this visitor may be about: the account and the browser it came from.
#[must_use]
pub fn persons_of(visitor: &Visitor) -> Vec<PersonRef> {
    let account = visitor.account.is_some().then(|| person_of(visitor));
    account.into_iter().chain([guest_of(visitor)]).collect()
}

fn guest_of(visitor: &Visitor) -> PersonRef {
    PersonRef {
        kind: PersonKind::Guest,
        subject: visitor.secret.digest(),
    }
}
