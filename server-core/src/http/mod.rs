//! REST, the embedded pages and what guards them.
//!
//! Knows `moderation`, `load_runs`, the session manager and the stores; never a socket.

use std::sync::Arc;

pub mod admin;
#[cfg(test)]
mod asset_tests;
pub mod assets;
pub mod auth;
pub mod avatars;
mod compressed;
pub mod cross_site;
pub mod current_user;
pub mod deadline;
pub mod declared;
pub mod extract;
pub mod health;
pub mod not_found;
mod pages;
mod sprite_id;
#[cfg(test)]
mod test_support;
mod words;

pub use crate::request::{ApiError, ClientAddress};
pub use current_user::{CurrentUser, RequireHost, RequireModerator, RequireViewer};
pub use declared::Routes;
pub use extract::{Filters, Json, Page, Query};
pub use pages::{embedded_file, guard_html};

use crate::config::Config;
use crate::load_runs::LoadRuns;
use crate::moderation::Moderation;
use contract::routes;
use http::header;
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

/// The server's own description, for programs and for people who write them.
fn descriptions() -> Routes {
    let json = |text: &'static str| ([(header::CONTENT_TYPE, "application/json")], text);
    Routes::new()
        .on(routes::OPENAPI, async move || json(contract::OPENAPI))
        .on(routes::ASYNCAPI, async move || json(contract::ASYNCAPI))
}

/// Every route but Socket.IO's.
fn all(health: health::Health, reach: admin::invite::Reach) -> Routes {
    let pictures = assets::routes()
        .merge(avatars::routes())
        .layer(axum::middleware::from_fn(deadline::within_deadline));
    auth::routes()
        .merge(admin::routes())
        .merge(admin::invite::routes(reach))
        .merge(pictures)
        .merge(descriptions())
        .merge(health::routes(health.clone()))
        .merge(health::metrics_route(health))
        .layer(compressed::layer())
        .merge(pages::routes())
}

/// Every route but Socket.IO's, with JSON answers for what does not exist.
pub fn routes(
    state: AppState,
    health: health::Health,
    reach: admin::invite::Reach,
) -> axum::Router {
    let router = all(health, reach).into_router();
    not_found::answer_unknown(router).with_state(state)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::net::SocketAddr;

    use super::*;
    use crate::discovery::{Arrivals, Entrance, LocalName};
    use contract::nodes::LinkStatus;

    #[tokio::test]
    async fn every_declared_route_is_answered_and_no_other() {
        let health = health::Health::new(Arc::default(), vec![], Box::new(LinkStatus::standalone));
        let reach = admin::invite::Reach {
            entrance: Entrance {
                bound: SocketAddr::from(([127, 0, 0, 1], 4000)),
                public_url: None,
                certificates: None,
                name: LocalName::default(),
            },
            arrivals: Arrivals::default(),
            mapping: port_mapping::MappingReport::default(),
        };
        let names = |routes: &[contract::routes::Route]| {
            let names: BTreeSet<_> = routes.iter().map(|route| route.name).collect();
            assert_eq!(names.len(), routes.len(), "a route is there twice");
            names
        };
        assert_eq!(
            names(all(health, reach).answered()),
            names(contract::routes::ALL)
        );
    }
}
