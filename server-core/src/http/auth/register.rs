//! `POST /auth/register` and `POST /auth/setup`.

use std::time::Instant;

use axum::extract::State;
use http::{HeaderMap, StatusCode};

use super::{Json, PageProof, WithCookie, logged_in, too_many, validate};
use crate::http::AppState;
use crate::request::client_address::ClientAddress;
use crate::request::error::ApiError;
use contract::rest::{LoginAnswer, RegisterBody, Role};
use store::accounts::{Attempt, CreateError, NewUser, User};

/// Makes an account with the role user and logs it in.
pub(super) async fn register(
    State(state): State<AppState>,
    client: ClientAddress,
    headers: HeaderMap,
    Json(body): Json<RegisterBody>,
) -> Result<WithCookie<LoginAnswer>, ApiError> {
    let new = checked(&state, &client, &body, Role::User).await?;
    let user = state.accounts.users().create(&new).await?;
    tracing::info!(user_id = %user.id, "an account was made");
    first_login(&state, &client, &headers, body, &user)
}

/// Makes the first host, for whoever holds the one-time token of the setup link.
pub(super) async fn setup(
    State(state): State<AppState>,
    client: ClientAddress,
    headers: HeaderMap,
    Json(body): Json<RegisterBody>,
) -> Result<WithCookie<LoginAnswer>, ApiError> {
    let token = body.token.as_deref().unwrap_or_default();
    if !state.accounts.knows_setup(token) {
        return Err(setup_closed());
    }
    let new = checked(&state, &client, &body, Role::Host).await?;
    let made = state.accounts.set_up(token, &new).await?;
    let (user, entry) = made.ok_or_else(setup_closed)?;
    tracing::info!(user_id = %user.id, "the first host made their account");
    // Other nodes show who looks after the world as well.
    state.moderation.account_changed_by_owner(&user.id).await;
    state.moderation.noted(&entry).await;
    first_login(&state, &client, &headers, body, &user)
}

/// Logs in the page that made an account. Whoever else bears the account's name is a guest from now on.
fn first_login(
    state: &AppState,
    client: &ClientAddress,
    headers: &HeaderMap,
    body: RegisterBody,
    user: &User,
) -> Result<WithCookie<LoginAnswer>, ApiError> {
    let shown = PageProof::new(state, headers, body.socket);
    let answer = logged_in(state, StatusCode::CREATED, user, shown, client);
    state.sessions.review_names();
    answer
}

fn setup_closed() -> ApiError {
    ApiError::forbidden(
        "setup-closed",
        "This link no longer works. Ask for a new one where the server runs.",
    )
}

/// The account to be made. The address is looked up before the password is hashed only because that
/// saves work: the answer of the database is the one that counts.
async fn checked(
    state: &AppState,
    client: &ClientAddress,
    body: &RegisterBody,
    role: Role,
) -> Result<NewUser, ApiError> {
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
    Ok(NewUser {
        username,
        email,
        password_hash,
        role,
    })
}

impl From<CreateError> for ApiError {
    fn from(error: CreateError) -> Self {
        match error {
            CreateError::UsernameTaken => {
                Self::conflict("username-taken", "This name is taken. Choose another one.")
            }
            CreateError::UsernameReserved => Self::conflict(
                "username-taken",
                "This name is reserved. Choose another one.",
            ),
            CreateError::EmailTaken => Self::conflict(
                "email-taken",
                "There is an account with this e-mail address already. Log in instead.",
            ),
            CreateError::Store(error) => error.into(),
        }
    }
}
