//! REST, the embedded pages and what guards them.
//!
//! Knows `session`, `accounts` and `assets`; never a socket.

use std::sync::Arc;

pub mod admin;
#[cfg(test)]
mod asset_tests;
pub mod assets;
pub mod auth;
pub mod avatars;
pub mod client_address;
pub mod cookies;
pub mod cross_site;
pub mod current_user;
pub mod deadline;
pub mod error;
pub mod extract;
pub mod health;
pub mod host_guard;
pub mod not_found;
pub mod origin;
mod pages;
mod sprite_id;
#[cfg(test)]
mod test_support;
mod words;

pub use client_address::ClientAddress;
pub use current_user::{CurrentUser, RequireHost, RequireModerator, RequireViewer};
pub use error::ApiError;
pub use extract::{Filters, Json, Page, PageQuery, Query};
pub use pages::{embedded_file, guard_html};

use crate::config::Config;
use crate::load_runs::LoadRuns;
use crate::moderation::Moderation;
use session::SessionManager;
use store::accounts::Accounts;
use store::assets::Assets;

/// What every handler may use.
#[derive(Clone)]
pub struct AppState {
    /// The settings in force.
    pub config: Arc<Config>,
    /// Users, tokens, bans, audit and the chat archive.
    pub accounts: Accounts,
    /// Avatars, sprites and the atlas.
    pub assets: Assets,
    /// The live world.
    pub sessions: SessionManager,
    /// What moderators do and see.
    pub moderation: Moderation,
    /// The load tests that hosts start.
    pub load_runs: LoadRuns,
}

/// Every route but Socket.IO's, with JSON answers for what does not exist.
pub fn routes(
    state: AppState,
    health: health::Health,
    reach: admin::invite::Reach,
) -> axum::Router {
    let pictures = assets::routes()
        .merge(avatars::routes())
        .layer(axum::middleware::from_fn(deadline::within_deadline));
    let router = auth::routes()
        .merge(admin::routes())
        .merge(admin::invite::routes(reach))
        .merge(pictures)
        .merge(pages::routes())
        .merge(health::routes(health.clone()))
        .merge(health::metrics_route(health));
    not_found::answer_unknown(router).with_state(state)
}
