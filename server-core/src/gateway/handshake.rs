//! Who opens a socket: guest secrets on the HTTP side, identity at CONNECT.
//!
//! Every new Engine.IO session carries a guest secret. It comes from the cookie `guest_token`, or
//! for clients without cookies from `auth.guestToken`; without a valid one it is minted here, set
//! as a cookie on the very answer that opens the session, and handed to the client in its join ack.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::request::Parts;
use http::{Extensions, HeaderMap, header};
use tokio::time::{Instant, timeout};

use super::connects::Connects;
use super::engine::{SessionHead, is_socket_path};
use super::{Auth, Strays};
use crate::config::Rate;
use crate::request::ClientAddress;
use crate::request::cookies::{self, GUEST_COOKIE};
use crate::request::origin::CookiesIgnored;
use contract::admin::Scope;
use contract::rest::Role;
use contract::text;
use identity::USER_AGENT_CHARS;
use identity::{Account, GuestSecret, Visitor};
use runtime::clock::now_ms;
use store::accounts::Accounts;

/// What [`guard`] needs. Shared rather than copied: every layer before it copies its state for each request.
#[derive(Debug)]
pub struct Handshakes {
    /// Mints and checks guest secrets.
    pub accounts: Accounts,
    /// Told of sessions that nobody here knows.
    pub strays: Strays,
    /// How often a transport may enter a namespace.
    pub connects: Rate,
}

/// Request extension: the guest secret a new session starts with.
#[derive(Debug, Clone)]
struct Guest {
    secret: GuestSecret,
    /// The signed form, when it was minted just now.
    minted: Option<String>,
}

/// Middleware around Socket.IO: guest cookies for new sessions.
pub async fn guard(
    State(state): State<Arc<Handshakes>>,
    mut request: Request,
    next: Next,
) -> Response {
    if !is_socket_path(request.uri().path()) {
        return next.run(request).await;
    }
    if query_value(request.uri().query(), "sid").is_some() {
        return state.strays.look_at(next.run(request).await).await;
    }
    let tokens = state.accounts.tokens();
    let shown = cookies::cookie(request.headers(), GUEST_COOKIE);
    let guest = match shown.and_then(|token| tokens.verify_guest(token)) {
        Some(secret) => Guest {
            secret,
            minted: None,
        },
        None => {
            let (token, secret) = tokens.mint_guest();
            Guest {
                secret,
                minted: Some(token),
            }
        }
    };
    let cookies_ignored = request.extensions().get::<CookiesIgnored>().is_some();
    let secure = request
        .extensions()
        .get::<ClientAddress>()
        .is_some_and(|client| client.https);
    let cookie = guest.minted.as_deref().filter(|_| !cookies_ignored);
    let cookie = cookie.and_then(|token| cookies::set_guest(token, secure));
    let connects = Connects::new(state.connects, Instant::now());
    let head = session_head(&request, guest, connects);
    request.extensions_mut().insert(head);
    let mut response = next.run(request).await;
    let opened = response.status().is_success()
        || response.status() == http::StatusCode::SWITCHING_PROTOCOLS;
    if let Some(cookie) = cookie.filter(|_| opened) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// What [`identify`] and the administration's namespace read of a request, as long as its session lives.
fn session_head(request: &Request, guest: Guest, connects: Connects) -> SessionHead {
    let read_later = [
        header::HOST,
        header::USER_AGENT,
        header::COOKIE,
        header::AUTHORIZATION,
    ];
    let mut headers = HeaderMap::new();
    for name in read_later {
        for value in request.headers().get_all(&name) {
            headers.append(&name, value.clone());
        }
    }
    let mut extensions = Extensions::new();
    if let Some(client) = request.extensions().get::<ClientAddress>() {
        extensions.insert(*client);
    }
    extensions.insert(guest);
    extensions.insert(connects);
    SessionHead::new(request.uri(), headers, extensions)
}

/// Settles who a socket is. Never fails: who shows nothing valid is a guest. A store that cannot
/// answer within `limit` is not waited for: the token's signature decides then, together with what is
/// known in memory of ended ones, and the token is returned as well, to be looked at again.
pub(super) async fn identify(
    accounts: &Accounts,
    request: &Parts,
    auth: &Auth,
    limit: Duration,
) -> (Visitor, Option<Box<str>>) {
    let address = request.extensions.get::<ClientAddress>();
    let opened_with = request.extensions.get::<Guest>();
    let shown = auth.guest_token.as_deref();
    let by_auth = shown.and_then(|token| Some((accounts.tokens().verify_guest(token)?, token)));
    let (secret, guest_token, cookie_secret) = match (opened_with, by_auth) {
        // A valid cookie settles it.
        (
            Some(Guest {
                secret,
                minted: None,
            }),
            _,
        ) => (secret.clone(), None, None),
        // The cookie jar holds the minted secret now, which a later login will show.
        (minted, Some((secret, token))) => (
            secret,
            Some(token.to_owned()),
            minted.map(|guest| guest.secret.clone()),
        ),
        (Some(Guest { secret, minted }), None) => (secret.clone(), minted.clone(), None),
        (None, None) => {
            let (token, secret) = accounts.tokens().mint_guest();
            (secret, Some(token), None)
        }
    };
    let (account, unproven) = account(accounts, request, auth, limit).await;
    let run = auth.run_token.as_deref().filter(|_| account.is_none());
    let load_test = run.and_then(|token| accounts.tokens().verify_run(token, now_ms()));
    let visitor = Visitor {
        address: address.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |client| client.ip),
        local: address.is_some_and(|client| client.local),
        secret,
        cookie_secret,
        guest_token,
        account,
        load_test: load_test.map(Into::into),
        updates: auth.updates,
        log: auth.log,
        lean: auth.lean,
        packed: auth.packed,
        pin: auth.pin.clone(),
        user_agent: user_agent(&request.headers),
    };
    (visitor, unproven)
}

async fn account(
    accounts: &Accounts,
    request: &Parts,
    auth: &Auth,
    limit: Duration,
) -> (Option<Account>, Option<Box<str>>) {
    let carried = cookies::login_token(&request.headers).map(|(token, _)| token);
    for token in [auth.token.as_deref(), carried].into_iter().flatten() {
        match timeout(limit, accounts.authenticate(token)).await {
            // What may not join counts for nothing here, as any other token that does not fit.
            Ok(Ok(Some(user))) if !user.has_scope(&[Scope::Join]) => {}
            Ok(Ok(Some(user))) => return (Some(user.account()), None),
            Ok(Ok(None)) => {}
            Ok(Err(_)) | Err(_) => {
                if let Some(claims) = accounts.believe(token) {
                    tracing::warn!("a login was accepted by its signature alone");
                    let account = Account {
                        id: claims.sub,
                        username: String::new(),
                        role: Role::User,
                        service: false,
                    };
                    return (Some(account), Some(token.into()));
                }
            }
        }
    }
    (None, None)
}

fn user_agent(headers: &HeaderMap) -> Option<Box<str>> {
    let text = String::from_utf8_lossy(headers.get(header::USER_AGENT)?.as_bytes());
    Some(text::clean(&text, USER_AGENT_CHARS).into())
}

fn query_value<'a>(query: Option<&'a str>, key: &str) -> Option<&'a str> {
    query?
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(name, _)| *name == key)
        .map(|(_, value)| value)
}
