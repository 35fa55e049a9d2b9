//! The same within TLS: what a client sees is whole and in order, also when it is slow.

use std::io::Write as _;
use std::sync::Arc;

use rustls::pki_types::ServerName;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use tokio::io::AsyncWriteExt as _;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::*;
use crate::Certificates;

/// A certificate for `localhost` and who trusts it.
fn certificates() -> (Certificates, TlsConnector) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let [cert, key] = [made.cert.pem(), made.signing_key.serialize_pem()].map(|text| {
        let mut file = tempfile::NamedTempFile::new_in(folder.path()).unwrap();
        file.write_all(text.as_bytes()).unwrap();
        file
    });
    let certificates = Certificates::load(cert.path(), key.path()).unwrap();
    let mut roots = RootCertStore::empty();
    let pem = made.cert.pem();
    let root = rustls::pki_types::CertificateDer::from_pem_slice(pem.as_bytes()).unwrap();
    roots.add(root).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    (certificates, TlsConnector::from(Arc::new(config)))
}

/// A server's transport and the client's end, after the handshake.
async fn tls_connection() -> (Transport, TlsStream<TcpStream>) {
    let (certificates, connector) = certificates();
    let (mut transport, client) = connection_with(Some(certificates.layer())).await;
    let name = ServerName::try_from("localhost").unwrap();
    let mut client = tokio::select! {
        client = connector.connect(name, client) => client.unwrap(),
        _ = transport.read_u8() => unreachable!("the client has said nothing yet"),
    };
    assert!(transport.handle().is_encrypted());
    // The server has heard the end of the handshake, too, when it has heard this.
    client.write_all(b"!").await.unwrap();
    assert_eq!(transport.read_u8().await.unwrap(), b'!');
    (transport, client)
}

#[tokio::test]
async fn frames_of_both_stay_whole_within_tls() {
    let (transport, client) = tls_connection().await;
    both_stay_whole(transport, client).await;
}

#[tokio::test]
async fn what_does_not_fit_at_once_follows_within_tls() {
    let (mut transport, client) = tls_connection().await;
    transport.begin_frames(b"").unwrap();
    the_rest_follows(transport, client).await;
}

#[tokio::test]
async fn texts_within_tls_are_shown_to_their_reader() {
    let (mut transport, client) = tls_connection().await;
    transport.begin_frames(b"").unwrap();
    the_owner_gets_the_rest(transport, client).await;
}

#[tokio::test]
async fn an_answer_is_whole_before_the_end_is_said() {
    let (mut transport, mut client) = tls_connection().await;
    narrow(&transport);
    let answer: Vec<u8> = (0..600_000_u32).map(|n| n.to_le_bytes()[0]).collect();
    let expected = answer.clone();
    let writing = tokio::spawn(async move {
        transport.write_all(&answer).await.unwrap();
        transport.shutdown().await.unwrap();
    });
    let mut read = Vec::new();
    client.read_to_end(&mut read).await.unwrap();
    assert!(read == expected, "{} bytes", read.len());
    writing.await.unwrap();
}

#[tokio::test]
async fn a_client_without_tls_is_plain_as_ever() {
    let (certificates, _) = certificates();
    let (mut transport, mut client) = connection_with(Some(certificates.layer())).await;
    client.write_all(b"GET /").await.unwrap();
    let mut read = [0; 5];
    transport.read_exact(&mut read).await.unwrap();
    assert_eq!(&read, b"GET /");
    assert!(!transport.handle().is_encrypted());
    transport.write_all(b"plain").await.unwrap();
    client.read_exact(&mut read).await.unwrap();
    assert_eq!(&read, b"plain");
}

#[tokio::test]
async fn a_handshake_that_stops_halfway_is_aborted_like_any_other() {
    let (certificates, _) = certificates();
    let (mut transport, mut client) = connection_with(Some(certificates.layer())).await;
    client.write_all(&[0x16, 3, 1, 2, 0, 1]).await.unwrap();
    let handle = transport.handle();
    let mut reading = Box::pin(transport.read_u8());
    while !handle.is_encrypted() {
        assert!(futures_util::poll!(&mut reading).is_pending());
        tokio::task::yield_now().await;
    }
    handle.abort();
    assert!(reading.await.is_err());
}
