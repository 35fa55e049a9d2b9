//! Receivers of every kind: what an attempt says of them, and that none of them holds it longer than its deadline.

use std::time::Duration;

use contract::admin::Actor;
use contract::admin::webhook::{HookEvent, Webhook};
use http::StatusCode;
use store::webhooks::{Attempted, Due, StoredHook};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::outbound::{HookAddress, Outbound, OutboundError};
use super::sender::attempt;

const DEADLINE: Duration = Duration::from_millis(300);

/// A port of this machine where `talk` has each connection. The path is that of its address.
async fn receiver<F>(talk: impl Fn(TcpStream) -> F + Send + 'static) -> String
where
    F: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(talk(stream));
        }
    });
    format!("http://127.0.0.1:{port}/hook?key=1")
}

async fn read_request(stream: &mut TcpStream) -> String {
    let mut text = Vec::new();
    let mut part = [0; 4096];
    loop {
        let got = stream.read(&mut part).await.unwrap_or_default();
        text.extend_from_slice(&part[..got]);
        let read = String::from_utf8_lossy(&text).into_owned();
        if got == 0 || read.ends_with('}') {
            return read;
        }
    }
}

async fn answering(answer: &'static str) -> String {
    receiver(move |mut stream| async move {
        read_request(&mut stream).await;
        let _ = stream.write_all(answer.as_bytes()).await;
    })
    .await
}

fn outbound(allowed: &[&str]) -> Outbound {
    let allowed: Vec<_> = allowed.iter().map(|&host| host.to_owned()).collect();
    Outbound::new(&allowed, DEADLINE)
}

async fn tried(url: &str) -> Attempted {
    let due = Due {
        id: "0190".to_owned(),
        hook: StoredHook {
            view: Webhook {
                id: "h".to_owned(),
                name: "hook".to_owned(),
                url: url.to_owned(),
                events: vec![HookEvent::Kick],
                created_by: Actor {
                    id: "1".to_owned(),
                    name: "Ana".to_owned(),
                },
                maker_is_host: true,
                created_at: String::new(),
                failures: 0,
                paused_at: None,
                told_at: None,
            },
            secret: "secret".to_owned(),
        },
        body: r#"{"event":"kick","id":"0190"}"#.to_owned(),
        attempts: 0,
    };
    attempt(&outbound(&["127.0.0.1"]), &due).await
}

async fn check(url: String, status: Option<u16>, problem: Option<&str>) {
    let came = tokio::time::timeout(DEADLINE * 10, tried(&url)).await;
    let came = came.expect("it ends by itself");
    assert_eq!((came.status, came.problem.as_deref()), (status, problem));
}

#[tokio::test]
async fn what_comes_back_is_said_in_a_sentence() {
    let ok = answering("HTTP/1.1 204 No Content\r\n\r\n").await;
    check(ok, Some(204), None).await;
    let failing = answering("HTTP/1.1 500 Oh\r\ncontent-length: 2\r\n\r\nno").await;
    check(failing, Some(500), Some("It answered 500.")).await;
    let elsewhere =
        "HTTP/1.1 302 Found\r\nlocation: http://169.254.169.254/\r\ncontent-length: 0\r\n\r\n";
    let problem = "It was sent elsewhere (a redirect), and nobody follows that. Enter the address it leads to.";
    check(answering(elsewhere).await, Some(302), Some(problem)).await;
}

#[tokio::test]
async fn nobody_holds_an_attempt_longer_than_its_deadline() {
    let silence = "No answer within 0.3 seconds.";
    let hanging = receiver(|mut stream| async move {
        read_request(&mut stream).await;
        std::future::pending::<()>().await;
    });
    check(hanging.await, None, Some(silence)).await;
    let dripping = receiver(|mut stream| async move {
        read_request(&mut stream).await;
        while stream.write_all(b"HTTP/1.1 200").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    let came = tokio::time::timeout(DEADLINE * 10, tried(&dripping.await)).await;
    assert!(came.expect("it ends by itself").problem.is_some());
    // An answer that has no end: its status counts, and it is not read on.
    let endless = receiver(|mut stream| async move {
        read_request(&mut stream).await;
        let head = b"HTTP/1.1 200 OK\r\ncontent-length: 1000000000\r\n\r\n";
        let _ = stream.write_all(head).await;
        while stream.write_all(&[b'x'; 4096]).await.is_ok() {}
    });
    check(endless.await, Some(200), None).await;
}

#[tokio::test]
async fn somebody_who_hangs_up_is_no_receiver() {
    let rude = receiver(|stream| async move { drop(stream) });
    assert!(tried(&rude.await).await.problem.is_some());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let nobody = tried(&format!("http://127.0.0.1:{port}/")).await;
    assert!(nobody.problem.unwrap().starts_with("No connection: "));
}

#[tokio::test]
async fn an_address_inside_is_asked_only_by_a_name_that_the_settings_allow() {
    let check = async |allowed: &[&str], url: &str, may: bool| {
        let target = HookAddress::read(url).unwrap();
        let found = outbound(allowed).locate(&target).await;
        let refused = matches!(
            found,
            Err(OutboundError::NotPublic(_) | OutboundError::NoPlace(_))
        );
        assert_eq!((found.is_ok(), refused), (may, !may), "{url} {found:?}");
    };
    check(&[], "http://127.0.0.1:4000/", false).await;
    check(&[], "http://localhost/", false).await;
    check(&[], "http://[::1]/", false).await;
    check(&[], "http://[::ffff:10.0.0.1]/", false).await;
    check(&[], "http://2130706433/", false).await;
    check(&[], "https://192.168.1.20/", false).await;
    check(&["localhost"], "http://LOCALHOST:80/", true).await;
    check(&["localhost"], "http://127.0.0.1/", false).await;
    check(&["[::1]"], "http://[::1]/", true).await;
    check(&["192.168.1.20"], "https://192.168.1.20/", true).await;
    // Not even by name: this is where clouds keep their machines' secrets.
    check(&["169.254.169.254"], "http://169.254.169.254/", false).await;
    check(&[], "https://1.1.1.1/", true).await;
}

/// Whoever is told of a setting sets it, and is refused again.
#[tokio::test]
async fn a_setting_is_named_only_where_it_helps() {
    let check = async |url: &str, helps: bool| {
        let target = HookAddress::read(url).unwrap();
        let refused = outbound(&[]).locate(&target).await.unwrap_err();
        let sentence = refused.to_string();
        assert_eq!(
            sentence.contains("WEBHOOK_PRIVATE_HOSTS"),
            helps,
            "{sentence}"
        );
        let allowed = outbound(&[target.host()]).locate(&target).await;
        assert_eq!(allowed.is_ok(), helps, "{url} {allowed:?}");
    };
    check("http://192.168.1.20/", true).await;
    check("http://[fd12::1]/", true).await;
    check("http://169.254.169.254/latest", false).await;
    check("http://100.64.0.1/", false).await;
    check("http://[fe80::1]/", false).await;
    check("http://[fd00:ec2::254]/", false).await;
    check("http://0.0.0.0/", false).await;
}

#[test]
fn an_address_is_read_before_anybody_is_asked() {
    let check = |url: &str, sentence: &str| {
        assert_eq!(
            HookAddress::read(url).unwrap_err().to_string(),
            sentence,
            "{url}"
        );
    };
    let shape = "The address looks like https://example.org/hook.";
    for url in [
        "",
        "example.org",
        "ftp://example.org",
        "https://",
        "file:///etc/passwd",
        "https://a b/",
        "http://a.example:99999/",
        "http://a.example:/",
    ] {
        check(url, shape);
    }
    check(&format!("https://example.org/{}", "x".repeat(500)), shape);
    let credentials = "The address must not have a user name or a password in it.";
    check("https://ana:secret@example.org/", credentials);
    assert_eq!(
        HookAddress::read(" https://Example.org:8443/a?b=c ")
            .unwrap()
            .host(),
        "example.org"
    );
}

/// What hyper takes for an answer is what an attempt takes.
#[tokio::test]
async fn the_request_is_one_that_every_server_reads() {
    let (send, mut read) = tokio::sync::mpsc::channel(1);
    let url = receiver(move |mut stream| {
        let send = send.clone();
        async move {
            let request = read_request(&mut stream).await;
            let _ = stream
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
                .await;
            let _ = send.send(request).await;
        }
    });
    let came = tried(&url.await).await;
    assert_eq!(came.status, Some(StatusCode::OK.as_u16()));
    let request = read.recv().await.unwrap();
    assert!(
        request.starts_with("POST /hook?key=1 HTTP/1.1\r\nhost: 127.0.0.1:"),
        "{request}"
    );
    for line in [
        "content-type: application/json",
        "comutiny-id: 0190",
        "comutiny-event: kick",
    ] {
        assert!(request.contains(line), "{line}: {request}");
    }
}
