//! `GET /admin/nodes`, `GET /admin/stats`, `GET /admin/reasons`.

use axum::extract::State;

use crate::http::Routes;
use crate::http::{AppState, RequireViewer};
use contract::admin::node::NodesAnswer;
use contract::admin::reason::{ReasonsAnswer, UsualReason};
use contract::admin::sample::StatsAnswer;
use contract::routes;

/// The routes of this file.
pub fn routes() -> Routes {
    Routes::new()
        .on(routes::NODES, nodes)
        .on(routes::STATS, stats)
        .on(routes::REASONS, reasons)
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

async fn reasons(
    State(state): State<AppState>,
    RequireViewer(_): RequireViewer,
) -> axum::Json<ReasonsAnswer> {
    let reasons = state.moderation.settings().now().reasons.clone();
    let usual = match reasons.is_empty() {
        true => UsualReason::ALL.to_vec(),
        false => Vec::new(),
    };
    axum::Json(ReasonsAnswer { reasons, usual })
}
