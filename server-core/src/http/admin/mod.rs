//! What moderators and hosts do over REST. Each route checks the caller's role, read from the
//! database at that call; what is done is in `moderation`.

pub mod audit;
mod body;
mod export;
pub mod held;
pub mod history;
pub mod invite;
pub mod load_tests;
pub mod logs;
pub mod me;
pub mod messages;
pub mod nodes;
pub mod people;
mod refuse;
pub mod reports;
pub mod sanctions;
pub mod services;
pub mod sessions;
pub mod settings;
mod sprite_upload;
pub mod sprites;
pub mod users;
pub mod webhooks;

#[cfg(test)]
mod tests;

use axum::middleware::from_fn;

use super::Routes;
use super::deadline::within_deadline;

/// The whole administration.
pub fn routes() -> Routes {
    me::routes()
        .merge(sessions::routes())
        .merge(sanctions::routes())
        .merge(people::routes())
        .merge(reports::routes())
        .merge(messages::routes())
        .merge(held::routes())
        .merge(audit::routes())
        .merge(users::routes())
        .merge(services::routes())
        .merge(webhooks::routes())
        .merge(sprites::routes())
        .merge(settings::routes())
        .merge(load_tests::routes())
        .merge(logs::routes())
        .merge(nodes::routes())
        .merge(history::routes())
        .layer(from_fn(within_deadline))
        .merge(webhooks::trial())
}
