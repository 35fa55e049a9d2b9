//! `GET /admin/invite`: the links to read out, and which of them are proven to work.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use axum::{Extension, Json};
use chrono::Utc;
use http::header;

use crate::discovery::{Arrivals, Entrance, firewall_hint, links, outside_access};
use crate::http::Routes;
use crate::http::{ApiError, ClientAddress, RequireViewer};
use contract::admin::Invite;
use contract::routes;
use port_mapping::MappingReport;

/// What the route knows; cheap to clone.
#[derive(Debug, Clone)]
pub struct Reach {
    /// Where people come in.
    pub entrance: Entrance,
    /// Who came over which link.
    pub arrivals: Arrivals,
    /// What the router does for people outside.
    pub mapping: MappingReport,
}

/// The route, for those who may see the administration.
pub fn routes(reach: Reach) -> Routes {
    Routes::new()
        .on(routes::INVITE, invite)
        .layer(Extension(reach))
}

async fn invite(
    RequireViewer(_): RequireViewer,
    Extension(reach): Extension<Reach>,
) -> Result<Json<Invite>, ApiError> {
    let port = reach.entrance.bound.port();
    // The system is asked for its interfaces and programs.
    let asked = tokio::task::spawn_blocking(move || {
        let (links, obstacle) = links(&reach.entrance);
        let outside = outside_access(reach.mapping.now(), &reach.entrance, &reach.arrivals);
        let links = links.into_iter().map(|mut link| {
            link.reached_by = reach.arrivals.of(&link.url);
            link
        });
        Invite {
            links: links.collect(),
            obstacle,
            port,
            firewall: firewall_hint(port),
            outside,
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
