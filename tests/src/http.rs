//! Plain HTTP/1.1 requests over one kept connection.

use std::net::SocketAddr;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, StatusCode, header};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use serde_json::Value;

use crate::paced::ClientLine;
use crate::soon;

/// See the module.
pub struct Http {
    address: SocketAddr,
    line: ClientLine,
    connection: Option<SendRequest<Full<Bytes>>>,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct HttpAnswer {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Bytes,
}

impl HttpAnswer {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8(self.body.to_vec()).expect("UTF-8")
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }

    /// The value a `Set-Cookie` gave to the cookie `name`.
    pub fn cookie(&self, name: &str) -> Option<String> {
        cookie_of(&self.headers, name)
    }
}

pub(crate) fn cookie_of(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::SET_COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok()?.split(';').next()?.split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}

impl Http {
    /// Requests to this address.
    pub fn to(address: SocketAddr) -> Self {
        Self::over(address, ClientLine::default())
    }

    pub(crate) fn over(address: SocketAddr, line: ClientLine) -> Self {
        Self {
            address,
            line,
            connection: None,
        }
    }

    /// One request. `None` when the connection broke before an answer came.
    pub async fn request(
        &mut self,
        method: Method,
        path: &str,
        headers: &HeaderMap,
        body: String,
    ) -> Option<HttpAnswer> {
        let mut connection = match self.connection.take().filter(|kept| !kept.is_closed()) {
            Some(kept) => kept,
            None => self.dial().await?,
        };
        connection.ready().await.ok()?;
        let mut request = Request::new(Full::from(body));
        *request.method_mut() = method;
        *request.uri_mut() = path.parse().expect("a path");
        *request.headers_mut() = headers.clone();
        if !headers.contains_key(header::HOST) {
            let host = HeaderValue::from_str(&self.address.to_string()).expect("an address");
            request.headers_mut().insert(header::HOST, host);
        }
        let response = connection.send_request(request).await.ok()?;
        let (parts, body) = response.into_parts();
        let body = body.collect().await.ok()?.to_bytes();
        self.connection = Some(connection);
        Some(HttpAnswer {
            status: parts.status,
            headers: parts.headers,
            body,
        })
    }

    async fn dial(&self) -> Option<SendRequest<Full<Bytes>>> {
        let stream = self.line.dial(self.address).await.ok()?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await.ok()?;
        tokio::spawn(connection);
        Some(sender)
    }

    /// A JSON call with these headers.
    pub async fn call(
        &mut self,
        method: Method,
        path: &str,
        headers: &[(HeaderName, &str)],
        body: &Value,
    ) -> HttpAnswer {
        let mut map = HeaderMap::new();
        map.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/json"),
        );
        for (name, value) in headers {
            map.append(name, value.parse().expect("a header"));
        }
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        soon(path, self.request(method, path, &map, body))
            .await
            .unwrap_or_else(|| panic!("no answer to {path}"))
    }
}
