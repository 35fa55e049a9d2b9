//! Every row of the table of routes, asked of the server: it is answered, and to whom it is for.

use contract::route::{Access, Route};
use contract::routes;
use http::{Method, StatusCode};
use serde_json::{Value, json};
use tests::TestServer;

/// From who may do nothing to who may do everything.
const RANKS: [Access; 5] = [
    Access::Anyone,
    Access::User,
    Access::Viewer,
    Access::Moderator,
    Access::Host,
];

fn rank(access: Access) -> Option<usize> {
    RANKS.iter().position(|it| *it == access)
}

/// An address of the route, for something that is not there.
fn address(route: &Route) -> String {
    let parts = route.path.split('/').map(|part| match part {
        "{kind}" => "account",
        _ if part.starts_with('{') => "none",
        _ => part,
    });
    parts.collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn every_declared_route_is_answered_to_whom_it_is_for() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let callers = [
        (Access::User, server.register("plain").await),
        (Access::Viewer, server.staff(&host, "vic", "viewer").await),
        (
            Access::Moderator,
            server.staff(&host, "mia", "moderator").await,
        ),
    ];
    for route in routes::ALL {
        let path = address(route);
        let body = match route.method.is_safe() {
            true => Value::Null,
            false => json!({}),
        };
        let method = || Method::clone(&route.method);
        let stranger = server.http().call(method(), &path, &[], &body).await;
        let name = route.name;
        assert_ne!(stranger.status, StatusCode::METHOD_NOT_ALLOWED, "{name}");
        let is_found = stranger.status != StatusCode::NOT_FOUND || path != route.path;
        assert!(is_found, "{name}: {}", stranger.text());
        // Metrics are for programs on this machine, too.
        if route.access == Access::Anyone || name == "METRICS" {
            continue;
        }
        assert_eq!(stranger.status, StatusCode::UNAUTHORIZED, "{name}");
        for (access, account) in &callers {
            if rank(*access) < rank(route.access) {
                let answer = server.act(account, method(), &path, &body).await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name} as {access:?}");
                assert_eq!(
                    answer.json()["code"],
                    "role-required",
                    "{name} as {access:?}"
                );
            }
        }
    }
}
