//! `GET /admin/me`: who asks, and what they may do.

use crate::http::Routes;
use crate::http::{ApiError, RequireViewer};
use contract::admin::Right;
use contract::admin::rights::MeAnswer;
use contract::routes;

/// The routes of this file.
pub fn routes() -> Routes {
    Routes::new().on(routes::ME, me)
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
