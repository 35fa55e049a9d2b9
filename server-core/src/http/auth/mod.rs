//! Registering, logging in and out, and one's own account.

mod account;
mod enter;
mod login;
mod logout;
mod register;
pub mod validate;

#[cfg(test)]
mod guard_tests;
#[cfg(test)]
mod tests;

use std::net::IpAddr;

use axum::middleware::from_fn;
use http::{HeaderMap, HeaderValue, StatusCode, header};

use super::AppState;
use super::deadline::within_deadline;
use super::extract::Json;
use crate::http::Routes;
use crate::request::client_address::ClientAddress;
use crate::request::cookies::{
    DEVICE_COOKIE, GUEST_COOKIE, cookie, set_device, set_guest, set_login,
};
use crate::request::error::ApiError;
use contract::rest::{LoginAnswer, SocketProof};
use contract::routes;
use identity::GuestSecret;
use runtime::clock::now_ms;
use session::LoginProof;
use store::accounts::tokens::{Device, SigningError};
use store::accounts::{Attempt, PasswordError, Tokens, User};

/// Everything under `/auth`.
pub fn routes() -> Routes {
    Routes::new()
        .on(routes::REGISTER, register::register)
        .on(routes::SET_UP, register::setup)
        .on(routes::LOG_IN, login::login)
        .on(routes::ENTER, enter::enter)
        .on(routes::LOG_OUT, logout::logout)
        .on(routes::SESSION, account::session)
        .on(routes::ACCOUNT, account::me)
        .on(routes::DELETE_ACCOUNT, account::delete)
        .on(routes::CHANGE_PASSWORD, account::change_password)
        .layer(from_fn(within_deadline))
}

/// An answer that sets or clears the login cookie.
type WithCookie<T> = (StatusCode, HeaderMap, axum::Json<T>);

/// What a request shows of the page it comes from.
struct PageProof {
    guest: Option<GuestSecret>,
    ticket: Option<String>,
    /// Whether the page keeps its guest token itself.
    keeps_token: bool,
}

impl PageProof {
    fn new(state: &AppState, headers: &HeaderMap, shown: SocketProof) -> Self {
        let guest_token = shown.guest_token.as_deref();
        Self {
            guest: guest_secret(state, headers, guest_token),
            keeps_token: guest_token.is_some(),
            ticket: shown.socket_ticket,
        }
    }

    /// A page that knows tickets proves its socket by one, or reconnects.
    fn proof(self, address: IpAddr) -> Option<LoginProof> {
        match (self.ticket, self.guest) {
            (Some(ticket), _) => Some(LoginProof::Ticket(ticket)),
            (None, Some(secret)) => Some(LoginProof::Guest { secret, address }),
            (None, None) => None,
        }
    }
}

/// Hands a person their token, as a cookie and in the body, binds the live sockets that prove to be
/// the page that asked, and makes the browser another guest: whoever knew its secret knows nothing now.
fn logged_in(
    state: &AppState,
    status: StatusCode,
    user: &User,
    shown: PageProof,
    client: &ClientAddress,
) -> Result<WithCookie<LoginAnswer>, ApiError> {
    let tokens = state.accounts.tokens();
    let token = tokens.issue(&user.id, user.token_version, now_ms())?;
    let mut headers = cookie_header(set_login(&token, client.https));
    let keeps_token = shown.keeps_token;
    let seed = Tokens::guest_seed(shown.guest.as_ref());
    let mut guest_token = None;
    if let Some(proof) = shown.proof(client.ip) {
        state.sessions.bind_login(&proof, &user.account(), &seed);
        let renewed = tokens.renewed_guest(&seed).token;
        if let Some(cookie) = set_guest(&renewed, client.https) {
            headers.append(header::SET_COOKIE, cookie);
        }
        guest_token = keeps_token.then_some(renewed);
    }
    if let Some(device) = set_device(&tokens.mint_device(&user.id), client.https) {
        headers.append(header::SET_COOKIE, device);
    }
    let user = user.view();
    let answer = LoginAnswer {
        user,
        token,
        guest_token,
    };
    Ok((status, headers, axum::Json(answer)))
}

/// The headers of an answer about a login: it concerns one person, and no cache may keep it.
fn cookie_header(cookie: Option<HeaderValue>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(cookie) = cookie {
        headers.insert(header::SET_COOKIE, cookie);
    }
    headers
}

/// The guest secrets a request shows: the browser's cookie, or the body's for clients without.
fn guest_secret(
    state: &AppState,
    headers: &HeaderMap,
    in_body: Option<&str>,
) -> Option<GuestSecret> {
    let tokens = state.accounts.tokens();
    let from_body = in_body.and_then(|token| tokens.verify_guest(token));
    let from_cookie = || tokens.verify_guest(cookie(headers, GUEST_COOKIE)?);
    from_body.or_else(from_cookie)
}

/// The device a request comes from, if somebody has logged in there as `account` before.
fn known_device(state: &AppState, headers: &HeaderMap, account: &str) -> Option<Device> {
    let tokens = state.accounts.tokens();
    tokens.verify_device(cookie(headers, DEVICE_COOKIE)?, account)
}

/// Checks a password under the throttle. Only wrong ones count: against the account and the network,
/// or against a device that is known, which nobody else can exhaust.
///
/// `stored` is `None` for an unknown account, which takes as long as a wrong password.
async fn prove(
    state: &AppState,
    client: &ClientAddress,
    device: Option<Device>,
    account: &str,
    password: &str,
    stored: Option<&str>,
) -> Result<(), ApiError> {
    let throttle = state.accounts.throttle();
    let passwords = state.accounts.passwords();
    let now = std::time::Instant::now();
    // This machine is exempt, known or not.
    let device = device.filter(|_| client.throttled().is_some());
    let (admitted, passwords) = match device {
        Some(device) => (throttle.attempt_on(device, now), passwords.reserved()),
        None => {
            let address = client.throttled();
            let admitted = throttle.attempt(Attempt::Login, account, address, now);
            (admitted, passwords.clone())
        }
    };
    let admitted = admitted.map_err(too_many)?;
    let verdict = passwords.verify(password, stored).await;
    if !matches!(verdict, Ok(false)) {
        throttle.give_back(&admitted, std::time::Instant::now());
    }
    if verdict? {
        Ok(())
    } else {
        Err(ApiError::wrong_credentials())
    }
}

fn too_many(wait: std::time::Duration) -> ApiError {
    ApiError::too_many_attempts(wait.as_secs() + 1)
}

impl From<PasswordError> for ApiError {
    fn from(error: PasswordError) -> Self {
        tracing::warn!(%error, "a password was not checked");
        Self::unavailable()
    }
}

impl From<SigningError> for ApiError {
    fn from(error: SigningError) -> Self {
        tracing::error!(%error, "a login failed");
        Self::unavailable()
    }
}
