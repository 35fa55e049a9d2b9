//! The feed as service accounts see it: what the calls that their scopes open would answer, and no more.

use contract::admin::Scope;
use contract::admin::feed::{AdminChanges, AdminState};
use contract::admin::service::Scopes;

/// Takes out of a state what `scopes` do not open.
pub(super) fn narrow_state(state: &mut AdminState, scopes: &Scopes) {
    // No scope reaches load tests.
    state.load_test = None;
    if !scopes.any(&[Scope::Moderate]) {
        state.open_reports = 0;
        state.held.clear();
        state.recent_actions.clear();
    }
}

/// The same of changes. What is left may be nothing; it is sent all the same, as the next number.
pub(super) fn narrowed(mut changes: AdminChanges, scopes: &Scopes) -> AdminChanges {
    changes.load_test = None;
    changes.load_test_seconds.clear();
    if !scopes.any(&[Scope::Moderate]) {
        changes.open_reports = None;
        changes.held = None;
        changes.reports.clear();
        changes.actions.clear();
    }
    changes
}
