//! Who makes a request, read from the database at every call, so that a ban, a demotion or a logout
//! elsewhere acts at once.

use axum::extract::FromRequestParts;
use http::request::Parts;

use super::AppState;
use super::declared::OpenTo;
use crate::moderation::Author;
use crate::request::cookies::{Credential, login_token};
use crate::request::error::ApiError;
use contract::rest::Role;
use runtime::clock::now_ms;
use session::SanctionNotice;
use store::accounts::{ActiveSanction, LOCAL_HOST_ID, User};

/// A logged-in caller who is neither banned nor suspended.
#[derive(Debug, Clone)]
pub struct CurrentUser {
    /// The account as it is now.
    pub user: User,
    /// How the caller proved it.
    pub credential: Credential,
}

/// A caller who may see the administration: viewer, moderator or host.
#[derive(Debug, Clone)]
pub struct RequireViewer(pub CurrentUser);

/// A caller who may act on sessions, chat and bans: moderator or host.
#[derive(Debug, Clone)]
pub struct RequireModerator(pub CurrentUser);

/// A caller who may do everything.
#[derive(Debug, Clone)]
pub struct RequireHost(pub CurrentUser);

impl CurrentUser {
    /// Whether this is the desktop window, which is the host without an account of its own.
    #[must_use]
    pub fn is_local_host(&self) -> bool {
        self.user.id == LOCAL_HOST_ID
    }

    /// The caller as the author of an action.
    #[must_use]
    pub fn author(&self) -> Author {
        Author::new(&self.user)
    }

    fn at_least(self, role: Role) -> Result<Self, ApiError> {
        // What a service account may do, its scopes said at the route.
        if self.user.service.is_some() || self.user.role >= role {
            Ok(self)
        } else {
            Err(ApiError::role_required())
        }
    }
}

impl FromRequestParts<AppState> for CurrentUser {
    type Rejection = ApiError;

    /// 401 without a token that counts, 403 for a banned or suspended account, 503 when the
    /// database cannot tell.
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        let (token, credential) = login_token(&parts.headers).ok_or_else(ApiError::unauthorized)?;
        let user = state.accounts.authenticate(token).await?;
        let user = user.ok_or_else(ApiError::unauthorized)?;
        let open_to = parts.extensions.get::<OpenTo>();
        check_scope(&user, open_to.copied().unwrap_or(OpenTo(&[])))?;
        match restriction(state, &user) {
            Some(ban) => Err(banned(&ban)),
            None => Ok(Self { user, credential }),
        }
    }
}

/// The one place where a service account is let in or not: every handler that asks who calls asks here,
/// and every route says which scopes open it.
fn check_scope(user: &User, OpenTo(scopes): OpenTo) -> Result<(), ApiError> {
    if user.has_scope(scopes) {
        return Ok(());
    }
    let words: Vec<_> = scopes.iter().map(|scope| scope.as_str()).collect();
    let message = match words.as_slice() {
        [] => "Programs may not do this. Log in as a person.".to_owned(),
        words => format!(
            "This token may not do this. Make one with the scope {}.",
            words.join(" or ")
        ),
    };
    Err(ApiError::forbidden("scope-required", message))
}

macro_rules! role_guard {
    ($guard:ident, $role:expr) => {
        impl FromRequestParts<AppState> for $guard {
            type Rejection = ApiError;

            async fn from_request_parts(
                parts: &mut Parts,
                state: &AppState,
            ) -> Result<Self, ApiError> {
                let caller = CurrentUser::from_request_parts(parts, state).await?;
                caller.at_least($role).map(Self)
            }
        }
    };
}

role_guard!(RequireViewer, Role::Viewer);
role_guard!(RequireModerator, Role::Moderator);
role_guard!(RequireHost, Role::Host);

/// What keeps an account out now: its own ban or suspension, or a ban of it.
pub(super) fn restriction(state: &AppState, user: &User) -> Option<ActiveSanction> {
    let now = now_ms();
    user.restriction(now)
        .or_else(|| state.accounts.bans().account(&user.id, now))
}

/// 403 with the moderator's reason and the end.
pub(super) fn banned(ban: &ActiveSanction) -> ApiError {
    let reason = match ban.reason.trim() {
        "" => String::new(),
        whole if whole.ends_with(['.', '!', '?']) => format!(" Reason: {whole}"),
        words => format!(" Reason: {words}."),
    };
    let until = ban.until_iso();
    let (code, message) = match &until {
        None => ("banned", format!("This account is banned.{reason}")),
        Some(until) => (
            "suspended",
            format!("This account is suspended until {until}.{reason}"),
        ),
    };
    ApiError {
        ban: Some(SanctionNotice {
            reason: ban.reason.clone(),
            until,
        }),
        ..ApiError::forbidden(code, message)
    }
}
