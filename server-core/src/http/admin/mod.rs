//! What moderators and hosts do over REST.

pub mod invite;
pub mod messages;
mod sprite_upload;
pub mod sprites;
pub mod users;

#[cfg(test)]
mod tests;

use axum::Router;
use axum::middleware::from_fn;

use super::AppState;
use super::deadline::within_deadline;

/// The administration of accounts, chat and sprites.
pub fn routes() -> Router<AppState> {
    users::routes()
        .merge(messages::routes())
        .merge(sprites::routes())
        .layer(from_fn(within_deadline))
}
