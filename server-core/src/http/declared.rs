//! Handlers at declared addresses. There is no other way for a handler to get one: the contract says
//! what every address is, and a route that stands there and here nowhere, or the reverse, fails a test.

use axum::extract::Request;
use axum::handler::Handler;
use axum::response::IntoResponse;
use axum::routing::{MethodFilter, Route as Service, on};
use axum::{Extension, Router};
use http::Method;
use std::convert::Infallible;
use tower::Layer;

use contract::admin::Scope;
use contract::routes::Route;

use super::AppState;

/// Request extension: the scopes of which a service account needs one, from the route's declaration.
#[derive(Debug, Clone, Copy)]
pub struct OpenTo(pub &'static [Scope]);

/// A router that knows which declarations it answers.
pub struct Routes<S = AppState> {
    router: Router<S>,
    answered: Vec<Route>,
}

impl<S: Clone + Send + Sync + 'static> Routes<S> {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            router: Router::new(),
            answered: Vec::new(),
        }
    }

    /// Answers a declared route.
    #[must_use]
    pub fn on<H: Handler<T, S>, T: 'static>(mut self, route: Route, handler: H) -> Self {
        #[expect(
            clippy::disallowed_methods,
            reason = "the one place where an address is given out"
        )]
        let router = self.router.route(
            route.path,
            on(filter(&route.method), handler).layer(Extension(OpenTo(route.scopes))),
        );
        self.router = router;
        self.answered.push(route);
        self
    }

    /// Those of two.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.answered.extend(other.answered);
        self
    }

    /// Puts a middleware around all of them; see [`Router::layer`].
    #[must_use]
    pub fn layer<L>(mut self, layer: L) -> Self
    where
        L: Layer<Service> + Clone + Send + Sync + 'static,
        L::Service: tower::Service<Request> + Clone + Send + Sync + 'static,
        <L::Service as tower::Service<Request>>::Response: IntoResponse + 'static,
        <L::Service as tower::Service<Request>>::Error: Into<Infallible> + 'static,
        <L::Service as tower::Service<Request>>::Future: Send + 'static,
    {
        self.router = self.router.layer(layer);
        self
    }

    /// What is answered, in order of registration.
    #[must_use]
    pub fn answered(&self) -> &[Route] {
        &self.answered
    }

    /// The router itself.
    pub fn into_router(self) -> Router<S> {
        self.router
    }
}

impl<S: Clone + Send + Sync + 'static> Default for Routes<S> {
    fn default() -> Self {
        Self::new()
    }
}

fn filter(method: &Method) -> MethodFilter {
    MethodFilter::try_from(method.clone()).unwrap_or(MethodFilter::GET)
}
