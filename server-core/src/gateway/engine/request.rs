//! What a request for `/socket.io` asks for.

use axum::extract::Request;
use http::{HeaderMap, Method, header};
use socketioxide::socket::Sid;

/// What is asked for. The library is asked for nothing else: it reads some requests more freely, and
/// would open a session for one that nothing here knows of and nothing bounds.
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
}

/// Why a request asks for nothing that there is, in the words and numbers of the reference server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Misunderstood {
    #[error("Transport unknown")]
    Transport,
    #[error("Session ID unknown")]
    Session,
    #[error("Bad handshake method")]
    Method,
    #[error("Bad request")]
    Other,
    #[error("Unsupported protocol version")]
    Version,
}

impl Misunderstood {
    pub(super) fn code(self) -> u8 {
        match self {
            Self::Transport => 0,
            Self::Session => 1,
            Self::Method => 2,
            Self::Other => 3,
            Self::Version => 5,
        }
    }
}

impl RequestKind {
    /// # Errors
    /// [`Misunderstood`].
    pub(super) fn of(request: &Request) -> Result<Self, Misunderstood> {
        let query = request.uri().query().unwrap_or_default();
        let value = |key: &str| {
            let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs.find(|(name, _)| *name == key).map(|(_, value)| value)
        };
        if value("EIO") != Some("4") {
            return Err(Misunderstood::Version);
        }
        let sid = value("sid").map(str::parse).transpose();
        let sid = sid.map_err(|_| Misunderstood::Session)?;
        let is_websocket = match value("transport") {
            Some("polling") => false,
            Some("websocket") => true,
            _ => return Err(Misunderstood::Transport),
        };
        match (request.method(), is_websocket, sid) {
            (&Method::GET, false, None) => Ok(Self::OpenPolling),
            (&Method::GET, false, Some(sid)) => Ok(Self::Poll(sid)),
            (&Method::POST, false, Some(sid)) => Ok(Self::Post(sid)),
            (&Method::GET, true, sid) if asks_for_websocket(request.headers()) => {
                Ok(sid.map_or(Self::OpenWebSocket, Self::Upgrade))
            }
            (&Method::GET, true, _) | (_, _, Some(_)) => Err(Misunderstood::Other),
            (_, _, None) => Err(Misunderstood::Method),
        }
    }
}

/// RFC 6455, section 4.2.1.
fn asks_for_websocket(headers: &HeaderMap) -> bool {
    let upgrade = headers.get(header::UPGRADE);
    upgrade.is_some_and(|it| it.as_bytes().eq_ignore_ascii_case(b"websocket"))
        && headers.contains_key(header::SEC_WEBSOCKET_KEY)
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    #[track_caller]
    fn check(
        method: Method,
        query: &str,
        upgrade: Option<&str>,
        expected: Result<RequestKind, Misunderstood>,
    ) {
        let mut request = Request::new(Body::empty());
        *request.method_mut() = method;
        *request.uri_mut() = format!("/socket.io/{query}").parse().unwrap();
        if let Some(upgrade) = upgrade {
            let headers = request.headers_mut();
            headers.insert(header::UPGRADE, upgrade.parse().unwrap());
            headers.insert(header::SEC_WEBSOCKET_KEY, "x".parse().unwrap());
        }
        assert_eq!(RequestKind::of(&request), expected, "{query}");
    }

    #[test]
    fn kinds() {
        let sid = Sid::new();
        let with_sid = |transport: &str| format!("?EIO=4&transport={transport}&sid={sid}");
        let check = |method, query: &str, upgrade, kind| check(method, query, upgrade, Ok(kind));
        check(
            Method::GET,
            "?EIO=4&transport=polling&t=x",
            None,
            RequestKind::OpenPolling,
        );
        let polling = with_sid("polling");
        check(Method::GET, &polling, None, RequestKind::Poll(sid));
        check(Method::POST, &polling, None, RequestKind::Post(sid));
        check(
            Method::GET,
            "?EIO=4&transport=websocket",
            Some("WebSocket"),
            RequestKind::OpenWebSocket,
        );
        check(
            Method::GET,
            &with_sid("websocket"),
            Some("websocket"),
            RequestKind::Upgrade(sid),
        );
    }

    #[test]
    fn what_is_not_understood_opens_nothing() {
        let sid = Sid::new();
        let polling = format!("?EIO=4&transport=polling&sid={sid}");
        let websocket = format!("?EIO=4&transport=websocket&sid={sid}");
        for (method, query, upgrade, expected) in [
            (Method::GET, "", None, Misunderstood::Version),
            (
                Method::GET,
                "?EIO=3&transport=polling",
                None,
                Misunderstood::Version,
            ),
            // What the library takes for its version 4, and for one of its transports.
            (
                Method::GET,
                "?EIO=4=4&transport=polling",
                None,
                Misunderstood::Version,
            ),
            (
                Method::GET,
                "?EIO=4&transport=polling=x",
                None,
                Misunderstood::Transport,
            ),
            (
                Method::GET,
                "?EIO=4&transport=websocket=x",
                Some("websocket"),
                Misunderstood::Transport,
            ),
            (Method::GET, "?EIO=4", None, Misunderstood::Transport),
            (
                Method::GET,
                "?EIO=4&transport=polling&sid=nonsense",
                None,
                Misunderstood::Session,
            ),
            // The library upgrades a connection to whatever is asked for.
            (
                Method::GET,
                "?EIO=4&transport=websocket",
                Some("h2c"),
                Misunderstood::Other,
            ),
            (
                Method::GET,
                "?EIO=4&transport=websocket",
                Some("websocket, h2c"),
                Misunderstood::Other,
            ),
            (Method::GET, &websocket, None, Misunderstood::Other),
            (
                Method::POST,
                &websocket,
                Some("websocket"),
                Misunderstood::Other,
            ),
            (Method::PUT, &polling, None, Misunderstood::Other),
            (
                Method::POST,
                "?EIO=4&transport=polling",
                None,
                Misunderstood::Method,
            ),
        ] {
            check(method, query, upgrade, Err(expected));
        }
    }
}
