//! Who may take a held player over.

use crate::GuestTakeover;

/// What the rule looks at, of a holder or a claimant.
pub(super) struct TakeoverParty<'a, T> {
    /// What proves who it is.
    pub(super) owner: &'a T,
    /// Whether that is a guest and not an account.
    pub(super) is_guest: bool,
    /// Whether both come from the same address.
    pub(super) same_address: bool,
}

/// The rule of the contract: the same account or the same secret evicts its own holder; what else
/// may is the host's setting, for guests only. `claim.lua` and `assert.lua` follow the same rule.
pub(super) fn may_take_over<T: PartialEq>(
    takeover: GuestTakeover,
    holder: &TakeoverParty<'_, T>,
    claimant: &TakeoverParty<'_, T>,
) -> bool {
    if holder.owner == claimant.owner {
        return true;
    }
    match (holder.is_guest, claimant.is_guest, takeover) {
        (true, true, GuestTakeover::Open) => true,
        (true, true, GuestTakeover::Address) => holder.same_address,
        // The id is the account's own: the session manager checked it before it claimed.
        (true, false, _) => true,
        _ => false,
    }
}
