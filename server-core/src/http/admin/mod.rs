//! What moderators and hosts do over REST.

pub mod messages;
pub mod users;

#[cfg(test)]
mod tests;

use axum::Router;
use axum::middleware::from_fn;

use super::AppState;
use super::deadline::within_deadline;

/// The administration of accounts and chat.
pub fn routes() -> Router<AppState> {
    users::routes()
        .merge(messages::routes())
        .layer(from_fn(within_deadline))
}
