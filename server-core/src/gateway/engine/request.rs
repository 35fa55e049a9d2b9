//! What a request for `/socket.io` asks for.

use axum::extract::Request;
use http::{HeaderMap, Method, header};
use socketioxide::socket::Sid;

/// The kinds that are looked at before the library; everything else is its own, also what is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RequestKind {
    /// A new session that polls.
    OpenPolling,
    /// A poll of a session.
    Poll(Sid),
    /// Packets of a session that polls.
    Post(Sid),
    /// A new session on a websocket.
    OpenWebSocket,
    /// A websocket for a session that polls.
    Upgrade(Sid),
    Other,
}

impl RequestKind {
    pub(super) fn of(request: &Request) -> Self {
        let query = request.uri().query().unwrap_or_default();
        let value = |key: &str| {
            let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs.into_iter().find(|(name, _)| *name == key)
        };
        let value = |key| value(key).map(|(_, value)| value);
        if value("EIO") != Some("4") {
            return Self::Other;
        }
        let sid = match value("sid").map(str::parse) {
            None => None,
            Some(Ok(sid)) => Some(sid),
            Some(Err(_)) => return Self::Other,
        };
        if request.method() == Method::POST {
            return sid.map_or(Self::Other, Self::Post);
        }
        if request.method() != Method::GET {
            return Self::Other;
        }
        match (value("transport"), sid) {
            (Some("polling"), None) => Self::OpenPolling,
            (Some("polling"), Some(sid)) => Self::Poll(sid),
            (Some("websocket"), sid) if is_websocket(request.headers()) => {
                sid.map_or(Self::OpenWebSocket, Self::Upgrade)
            }
            _ => Self::Other,
        }
    }
}

fn is_websocket(headers: &HeaderMap) -> bool {
    let upgrade = headers.get(header::UPGRADE);
    upgrade.is_some_and(|it| it.as_bytes().eq_ignore_ascii_case(b"websocket"))
        && headers.contains_key(header::SEC_WEBSOCKET_KEY)
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    #[test]
    fn kinds() {
        #[track_caller]
        fn check(method: Method, query: &str, websocket: bool, expected: RequestKind) {
            let mut request = Request::new(Body::empty());
            *request.method_mut() = method;
            *request.uri_mut() = format!("/socket.io/{query}").parse().unwrap();
            if websocket {
                let headers = request.headers_mut();
                headers.insert(header::UPGRADE, "WebSocket".parse().unwrap());
                headers.insert(header::SEC_WEBSOCKET_KEY, "x".parse().unwrap());
            }
            assert_eq!(RequestKind::of(&request), expected, "{query}");
        }
        let sid = Sid::new();
        let with_sid = |transport: &str| format!("?EIO=4&transport={transport}&sid={sid}");
        check(
            Method::GET,
            "?EIO=4&transport=polling&t=x",
            false,
            RequestKind::OpenPolling,
        );
        check(
            Method::GET,
            &with_sid("polling"),
            false,
            RequestKind::Poll(sid),
        );
        check(
            Method::POST,
            &with_sid("polling"),
            false,
            RequestKind::Post(sid),
        );
        check(
            Method::GET,
            "?EIO=4&transport=websocket",
            true,
            RequestKind::OpenWebSocket,
        );
        check(
            Method::GET,
            &with_sid("websocket"),
            true,
            RequestKind::Upgrade(sid),
        );
        for (method, query) in [
            (Method::GET, "".to_owned()),
            (Method::GET, "?EIO=3&transport=polling".to_owned()),
            (Method::GET, "?EIO=4&transport=pigeon".to_owned()),
            (
                Method::GET,
                "?EIO=4&transport=polling&sid=nonsense".to_owned(),
            ),
            (Method::GET, with_sid("websocket")),
            (Method::POST, "?EIO=4&transport=polling".to_owned()),
            (Method::PUT, with_sid("polling")),
        ] {
            check(method, &query, false, RequestKind::Other);
        }
    }
}
