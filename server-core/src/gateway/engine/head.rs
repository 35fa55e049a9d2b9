//! What is kept of the request that opened a session: what somebody reads of it later.
//!
//! A browser sends a kilobyte of headers, and each takes twice that in memory; who looks at a session's
//! request looks for a host, a login and a name.

use http::request::Parts;
use http::{Extensions, HeaderMap, Method, Request, Uri};

/// Request extension: see the module.
#[derive(Debug, Clone)]
pub(in crate::gateway) struct SessionHead(Box<HeadFields>);

#[derive(Debug, Clone)]
struct HeadFields {
    uri: Uri,
    headers: HeaderMap,
    extensions: Extensions,
}

impl SessionHead {
    /// Of a request with this address, of which these headers and extensions are kept.
    pub(in crate::gateway) fn new(uri: &Uri, headers: HeaderMap, extensions: Extensions) -> Self {
        Self(Box::new(HeadFields {
            uri: uri.clone(),
            headers,
            extensions,
        }))
    }

    /// The request as the library gets it.
    pub(super) fn request<B>(&self, body: B) -> Request<B> {
        let HeadFields {
            uri,
            headers,
            extensions,
        } = &*self.0;
        let mut parts: Parts = Request::new(()).into_parts().0;
        (parts.method, parts.uri) = (Method::GET, uri.clone());
        (parts.headers, parts.extensions) = (headers.clone(), extensions.clone());
        Request::from_parts(parts, body)
    }

    /// As [`Self::request`], for a websocket, whatever the session was opened by.
    pub(super) fn websocket_request(&self) -> Request<()> {
        let mut request = self.request(());
        *request.uri_mut() = Uri::from_static("/socket.io/?EIO=4&transport=websocket");
        request
    }
}
