//! Who comes before whom when seats are scarce.

use contract::rest::Role;
use store::accounts::User;

/// A person before a program, then by what the role allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SeatRank {
    is_person: bool,
    role: Role,
}

impl SeatRank {
    pub(super) fn of(user: &User) -> Self {
        Self {
            is_person: user.service.is_none(),
            role: user.role,
        }
    }
}
