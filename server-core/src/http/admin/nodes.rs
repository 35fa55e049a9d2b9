//! `GET /admin/nodes`, `GET /admin/stats`.

use axum::Router;
use axum::extract::State;
use axum::routing::get;

use crate::http::{AppState, RequireViewer};
use contract::admin::node::NodesAnswer;
use contract::admin::sample::StatsAnswer;

/// The routes of this file.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/admin/nodes", get(nodes))
        .route("/admin/stats", get(stats))
}

async fn nodes(
    State(state): State<AppState>,
    RequireViewer(_): RequireViewer,
) -> axum::Json<NodesAnswer> {
    let nodes = state.moderation.feed().status().nodes;
    axum::Json(NodesAnswer { nodes })
}

async fn stats(
    State(state): State<AppState>,
    RequireViewer(_): RequireViewer,
) -> axum::Json<StatsAnswer> {
    let samples = state.moderation.feed().samples();
    axum::Json(StatsAnswer {
        now: samples.now(),
        history: samples.history(),
    })
}
