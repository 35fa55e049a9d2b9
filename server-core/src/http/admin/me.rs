//! `GET /admin/me`: who asks, and what they may do. `POST /admin/world-ticket`: their way into the world.

use std::time::Instant;

use axum::extract::State;

use crate::http::Routes;
use crate::http::{ApiError, AppState, RequireViewer};
use crate::moderation::Author;
use contract::admin::rights::MeAnswer;
use contract::rest::{Role, WorldTicketAnswer};
use contract::routes;
use store::accounts::{CreateError, LOCAL_HOST_EMAIL, NewUser, User};

/// Names that the account of the desktop window's host tries, one after the other.
const HOST_NAMES: u32 = 20;

/// The routes of this file.
pub fn routes() -> Routes {
    Routes::new()
        .on(routes::ME, me)
        .on(routes::WORLD_TICKET, world_ticket)
}

async fn me(RequireViewer(caller): RequireViewer) -> Result<axum::Json<MeAnswer>, ApiError> {
    let local = caller.is_local_host();
    let role = caller.user.role;
    Ok(axum::Json(MeAnswer {
        user: (!local).then(|| caller.user.view()),
        role,
        local,
        rights: caller.user.rights(),
    }))
}

async fn world_ticket(
    State(state): State<AppState>,
    RequireViewer(caller): RequireViewer,
) -> Result<axum::Json<WorldTicketAnswer>, ApiError> {
    let id = match caller.is_local_host() {
        true => local_account(&state, &caller.author()).await?.id,
        false => caller.user.id,
    };
    let ticket = state.accounts.world_tickets().mint(&id, Instant::now());
    Ok(axum::Json(WorldTicketAnswer { ticket }))
}

/// The account under which the host of the desktop window walks in the world, made when it is first needed.
/// Its password is nobody's.
async fn local_account(state: &AppState, author: &Author) -> Result<User, ApiError> {
    if let Some((user, _)) = state.accounts.users().by_email(LOCAL_HOST_EMAIL).await? {
        return Ok(user);
    }
    let secret = format!("{}{}", uuid::Uuid::new_v4(), uuid::Uuid::new_v4());
    let mut new = NewUser {
        username: author.actor.name.clone(),
        email: LOCAL_HOST_EMAIL.to_owned(),
        password_hash: state.accounts.passwords().hash(&secret).await?,
        role: Role::Host,
    };
    for number in 2..HOST_NAMES {
        match state.moderation.create_account(author, &new).await {
            Ok((_, user)) => return Ok(user),
            Err(CreateError::UsernameTaken) => {
                new.username = format!("{} {number}", author.actor.name);
            }
            // Asked twice at once: the other one made it.
            Err(CreateError::EmailTaken) => break,
            Err(error) => return Err(error.into()),
        }
    }
    let made = state.accounts.users().by_email(LOCAL_HOST_EMAIL).await?;
    made.map(|(user, _)| user).ok_or_else(|| {
        ApiError::conflict(
            "username-taken",
            "The account for the world could not be named. Rename an account called Host.",
        )
    })
}
