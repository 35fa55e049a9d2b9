//! What sanctions know a visitor by.

use contract::admin::{PersonKind, PersonRef};
use identity::Visitor;

/// Everything a sanction of this visitor may be about: the account and the browser it came from. Who
/// looks after the world is reached by their account alone, since ranks are the account's.
#[must_use]
pub fn persons_of(visitor: &Visitor) -> Vec<PersonRef> {
    let account = visitor.account.is_some().then(|| visitor.person());
    let guest = (!visitor.is_staff()).then(|| guest_of(visitor));
    account.into_iter().chain(guest).collect()
}

fn guest_of(visitor: &Visitor) -> PersonRef {
    PersonRef {
        kind: PersonKind::Guest,
        subject: visitor.secret.digest(),
    }
}
