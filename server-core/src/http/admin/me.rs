//! `GET /admin/me`: who asks, and what they may do.

use axum::Router;
use axum::routing::get;

use crate::http::{ApiError, AppState, RequireViewer};
use contract::admin::Right;
use contract::admin::rights::MeAnswer;

/// The routes of this file.
pub fn routes() -> Router<AppState> {
    Router::new().route("/admin/me", get(me))
}

async fn me(RequireViewer(caller): RequireViewer) -> Result<axum::Json<MeAnswer>, ApiError> {
    let local = caller.is_local_host();
    let role = caller.user.role;
    Ok(axum::Json(MeAnswer {
        user: (!local).then(|| caller.user.view()),
        role,
        local,
        rights: Right::of(role),
    }))
}
