//! `POST /auth/register` and `POST /auth/setup`.

use std::time::Instant;

use axum::extract::State;
use http::{HeaderMap, StatusCode};

use super::{Json, Shown, WithCookie, logged_in, too_many, validate};
use crate::accounts::{Attempt, CreateError, NewUser, User};
use crate::http::AppState;
use crate::http::client_address::ClientAddress;
use crate::http::error::ApiError;
use crate::protocol::rest::{LoginAnswer, RegisterBody, Role};

/// Makes an account with the role user and logs it in.
pub(super) async fn register(
    State(state): State<AppState>,
    client: ClientAddress,
    headers: HeaderMap,
    Json(body): Json<RegisterBody>,
) -> Result<WithCookie<LoginAnswer>, ApiError> {
    let user = create(&state, &client, &body, Role::User).await?;
    let shown = Shown::new(
        &state,
        &headers,
        body.guest_token.as_deref(),
        body.socket_ticket,
    );
    logged_in(&state, StatusCode::CREATED, &user, shown, &client)
}

/// Makes the first host, for whoever holds the one-time token of the setup link.
pub(super) async fn setup(
    State(state): State<AppState>,
    client: ClientAddress,
    headers: HeaderMap,
    Json(body): Json<RegisterBody>,
) -> Result<WithCookie<LoginAnswer>, ApiError> {
    let token = body.token.as_deref().unwrap_or_default();
    if !state.accounts.take_setup(token) {
        return Err(ApiError::forbidden(
            "setup-closed",
            "This link no longer works. Ask for a new one where the server runs.",
        ));
    }
    let made = first_host(&state, &client, &body).await;
    if made.is_err() {
        state.accounts.restore_setup(token);
    }
    let user = made?;
    let shown = Shown::new(
        &state,
        &headers,
        body.guest_token.as_deref(),
        body.socket_ticket,
    );
    logged_in(&state, StatusCode::CREATED, &user, shown, &client)
}

async fn first_host(
    state: &AppState,
    client: &ClientAddress,
    body: &RegisterBody,
) -> Result<User, ApiError> {
    let user = create(state, client, body, Role::Host).await?;
    let details = serde_json::json!({ "username": user.username });
    let (actor, name) = (user.actor(), Some(user.username.as_str()));
    let noted = state
        .moderation
        .note(&actor, "host.setup", &user.id, name, details);
    noted.await;
    Ok(user)
}

/// The names are checked before the password is hashed only where that saves work: the answer of
/// the database is the one that counts.
async fn create(
    state: &AppState,
    client: &ClientAddress,
    body: &RegisterBody,
    role: Role,
) -> Result<User, ApiError> {
    let username = validate::username(body.username.as_deref())?;
    let email = validate::email(body.email.as_deref())?;
    let password = validate::new_password(body.password.as_deref())?;
    let accounts = &state.accounts;
    accounts
        .throttle()
        .attempt(
            Attempt::Register,
            &email,
            client.throttled(),
            Instant::now(),
        )
        .map(drop)
        .map_err(too_many)?;
    if accounts.users().email_taken(&email).await? {
        return Err(CreateError::EmailTaken.into());
    }
    let password_hash = accounts.passwords().hash(password).await?;
    let new = NewUser {
        username,
        email,
        password_hash,
        role,
    };
    let user = accounts.users().create(&new).await?;
    tracing::info!(user_id = %user.id, role = role.as_str(), "an account was made");
    Ok(user)
}

impl From<CreateError> for ApiError {
    fn from(error: CreateError) -> Self {
        match error {
            CreateError::UsernameTaken => {
                Self::conflict("username-taken", "This name is taken. Choose another one.")
            }
            CreateError::EmailTaken => Self::conflict(
                "email-taken",
                "There is an account with this e-mail address already. Log in instead.",
            ),
            CreateError::Store(error) => error.into(),
        }
    }
}
