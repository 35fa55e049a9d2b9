//! Https on the port of http: who is sent there, who is not, and what it costs to stop halfway.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use http_body_util::{BodyExt as _, Empty};
use hyper_util::rt::TokioIo;
use tests::{HttpAnswer, TestServer, soon};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto};

/// A server with a certificate for `play.example.org`, and who trusts that.
async fn server(header_timeout: Duration) -> (TestServer, TlsConnector) {
    let made = rcgen::generate_simple_self_signed(["play.example.org".to_owned()]).unwrap();
    let data = Arc::new(tempfile::tempdir().unwrap());
    let write = |name: &str, text: String| {
        let path = data.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let cert = write("cert.pem", made.cert.pem());
    let key = write("key.pem", made.signing_key.serialize_pem());
    let server = TestServer::on(data.clone(), |config| {
        config.listen.tls_cert = Some(cert);
        config.listen.tls_key = Some(key);
        config.listen.header_timeout = header_timeout;
    });
    (server.await, trusting(made.cert.der().clone()))
}

fn trusting(root: CertificateDer<'static>) -> TlsConnector {
    let mut roots = RootCertStore::empty();
    roots.add(root).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    TlsConnector::from(Arc::new(config))
}

async fn dial(address: SocketAddr, connector: &TlsConnector) -> TlsStream<TcpStream> {
    let stream = TcpStream::connect(address).await.unwrap();
    let name = ServerName::try_from("play.example.org").unwrap();
    soon("the handshake", connector.connect(name, stream))
        .await
        .unwrap()
}

/// One request over TLS.
async fn get(server: &TestServer, connector: &TlsConnector, path: &str) -> HttpAnswer {
    let stream = dial(server.address(), connector).await;
    let handshake = hyper::client::conn::http1::handshake(TokioIo::new(stream));
    let (mut sender, connection) = handshake.await.unwrap();
    tokio::spawn(connection);
    let request = http::Request::get(path)
        .header(header::HOST, "play.example.org")
        .body(Empty::<bytes::Bytes>::new())
        .unwrap();
    let answer = soon(path, sender.send_request(request)).await.unwrap();
    let (parts, body) = answer.into_parts();
    HttpAnswer {
        status: parts.status,
        headers: parts.headers,
        body: body.collect().await.unwrap().to_bytes(),
    }
}

async fn get_plain(server: &TestServer, path: &str, host: &str) -> HttpAnswer {
    let host = HeaderValue::from_str(host).unwrap();
    let headers = HeaderMap::from_iter([(header::HOST, host)]);
    let mut http = server.http();
    let asked = http.request(Method::GET, path, &headers, String::new());
    soon(path, asked).await.unwrap()
}

const PATIENT: Duration = Duration::from_secs(10);
const OPENS_A_SESSION: &str = "/socket.io/?EIO=4&transport=polling";

#[tokio::test]
async fn what_comes_over_tls_is_answered_with_secure_cookies() {
    let (server, connector) = server(PATIENT).await;
    let page = get(&server, &connector, "/auth/session").await;
    assert_eq!(page.status, StatusCode::OK);
    let opened = get(&server, &connector, OPENS_A_SESSION).await;
    assert_eq!(opened.status, StatusCode::OK);
    let cookie = opened.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.ends_with("; Secure"), "{cookie}");
    // The name is one that the certificate proves.
    let admin = get(&server, &connector, "/admin/me").await;
    assert_eq!(admin.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn who_comes_over_http_is_sent_to_https() {
    let (server, _) = server(PATIENT).await;
    let page = get_plain(&server, "/?a=b", "play.example.org:4000").await;
    assert_eq!(page.status, StatusCode::TEMPORARY_REDIRECT);
    assert_eq!(
        page.headers[header::LOCATION],
        "https://play.example.org:4000/?a=b"
    );
    assert_eq!(page.json()["code"], "https-required");
    let socket = get_plain(&server, OPENS_A_SESSION, "play.example.org").await;
    assert_eq!(socket.status, StatusCode::UPGRADE_REQUIRED);
    assert!(socket.headers.get(header::LOCATION).is_none());
    let balancer = get_plain(&server, "/ready", "10.1.2.3").await;
    assert_eq!(balancer.status, StatusCode::OK);
    let elsewhere = get_plain(&server, "/", "user@evil.example").await;
    assert!(elsewhere.headers.get(header::LOCATION).is_none());
}

#[tokio::test]
async fn this_machine_and_its_window_go_on_over_http() {
    let (server, _) = server(PATIENT).await;
    let port = server.address().port();
    for host in [format!("localhost:{port}"), format!("127.0.0.1:{port}")] {
        let opened = get_plain(&server, OPENS_A_SESSION, &host).await;
        assert_eq!(opened.status, StatusCode::OK, "{host}");
        let cookie = opened.headers[header::SET_COOKIE].to_str().unwrap();
        assert!(!cookie.contains("Secure"), "{cookie}");
    }
    let mut player = server.player("ann").await;
    player.settle().await;
}

#[tokio::test]
async fn a_tunnel_on_this_machine_brings_nobody_in_unwrapped() {
    let (server, _) = server(PATIENT).await;
    let mut headers = HeaderMap::new();
    headers.insert(header::HOST, HeaderValue::from_static("localhost"));
    headers.insert("x-forwarded-for", HeaderValue::from_static("203.0.113.9"));
    let mut http = server.http();
    let asked = http.request(Method::GET, "/", &headers, String::new());
    let answer = soon("an answer", asked).await.unwrap();
    assert_eq!(answer.status, StatusCode::TEMPORARY_REDIRECT);
}

#[tokio::test]
async fn a_handshake_has_the_time_of_a_requests_headers() {
    let (server, connector) = server(Duration::from_millis(300)).await;
    for begun in [&b""[..], &[0x16], &[0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3]] {
        let mut halfway = TcpStream::connect(server.address()).await.unwrap();
        halfway.write_all(begun).await.unwrap();
        let ended = soon("the end", halfway.read_to_end(&mut Vec::new())).await;
        // With what it sent unread the system may say so more rudely.
        drop(ended);
    }
    // Who is through, and then says nothing, has no more.
    let mut silent = dial(server.address(), &connector).await;
    let ended = soon("the end", silent.read_to_end(&mut Vec::new())).await;
    drop(ended);
}

#[tokio::test]
async fn a_wrong_key_stops_the_start_with_what_to_do() {
    let files = |folder: &Path| {
        let made = rcgen::generate_simple_self_signed(["a.example".to_owned()]).unwrap();
        std::fs::write(folder.join("cert.pem"), made.cert.pem()).unwrap();
        let key = rcgen::KeyPair::generate().unwrap().serialize_pem();
        std::fs::write(folder.join("key.pem"), key).unwrap();
    };
    let folder = tempfile::tempdir().unwrap();
    files(folder.path());
    let mut config = server_core::Config::default();
    config.listen.host = [127, 0, 0, 1].into();
    config.listen.port = 0;
    config.storage.data_dir = folder.path().join("data");
    config.listen.tls_cert = Some(folder.path().join("cert.pem"));
    config.listen.tls_key = Some(folder.path().join("key.pem"));
    let Err(refused) = server_core::Server::bind(config).await else {
        panic!("it started");
    };
    assert!(
        refused.to_string().contains("Set TLS_KEY to the key"),
        "{refused}"
    );
    assert!(refused.is_wrong_setting());
}
