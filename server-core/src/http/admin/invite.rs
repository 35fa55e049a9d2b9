//! `GET /admin/invite`: the links to read out, and which of them are proven to work.

use std::net::SocketAddr;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use axum::{Extension, Json};
use chrono::Utc;
use http::header;

use crate::discovery::{Arrivals, firewall_hint, links};
use crate::http::Routes;
use crate::http::{ApiError, AppState, ClientAddress, RequireViewer};
use contract::admin::Invite;
use contract::routes;

/// What the route knows; cheap to clone.
#[derive(Debug, Clone)]
pub struct Reach {
    /// The address that is bound.
    pub bound: SocketAddr,
    /// Who came over which link.
    pub arrivals: Arrivals,
}

/// The route, for those who may see the administration.
pub fn routes(reach: Reach) -> Routes {
    Routes::new()
        .on(routes::INVITE, invite)
        .layer(Extension(reach))
}

async fn invite(
    RequireViewer(_): RequireViewer,
    State(state): State<AppState>,
    Extension(reach): Extension<Reach>,
) -> Result<Json<Invite>, ApiError> {
    let public_url = state.config.security.public_url.clone();
    let port = reach.bound.port();
    // The system is asked for its interfaces and programs.
    let asked = tokio::task::spawn_blocking(move || {
        let (links, obstacle) = links(reach.bound, public_url.as_deref());
        let links = links.into_iter().map(|mut link| {
            link.reached_by = reach.arrivals.of(&link.url);
            link
        });
        Invite {
            links: links.collect(),
            obstacle,
            port,
            firewall: firewall_hint(port),
        }
    });
    asked.await.map(Json).map_err(|_| ApiError::unavailable())
}

/// Middleware: notes over which name a visitor came.
pub async fn note_arrival(
    State(arrivals): State<Arrivals>,
    request: Request,
    next: Next,
) -> Response {
    let host = request.headers().get(header::HOST);
    let visitor = request.extensions().get::<ClientAddress>();
    if let (Some(Ok(host)), Some(visitor)) = (host.map(|host| host.to_str()), visitor) {
        arrivals.note(host, visitor.ip, Utc::now());
    }
    next.run(request).await
}
