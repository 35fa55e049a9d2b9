use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::net::TcpListener;

use super::*;
use crate::http::health::{Health, routes};
use contract::nodes::LinkStatus;

const BOUND: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 4000);

async fn check(url: &str, expected: Result<(&str, bool), TargetError>) {
    let target = locate(Some(url), BOUND).await;
    let expected = expected.map(|(url, own)| (url.to_owned(), own));
    assert_eq!(target.map(|it| (it.url, it.own)), expected, "{url}");
}

#[tokio::test]
async fn this_server_and_private_ones_may_be_asked() {
    check("", Ok(("http://127.0.0.1:4000", true))).await;
    check(
        "http://127.0.0.1:4000/",
        Ok(("http://127.0.0.1:4000", true)),
    )
    .await;
    check(
        "http://127.0.0.1:4001",
        Ok(("http://127.0.0.1:4001", false)),
    )
    .await;
    check("http://192.168.1.20", Ok(("http://192.168.1.20:80", false))).await;
    check("https://10.0.0.1", Ok(("https://10.0.0.1:443", false))).await;
    check("http://172.31.0.1", Ok(("http://172.31.0.1:80", false))).await;
    check("http://[fd00::1]:80", Ok(("http://[fd00::1]:80", false))).await;
}

#[tokio::test]
async fn nothing_else_may_be() {
    for url in [
        "http://192.0.2.1",
        "http://8.8.8.8:4000",
        "http://172.32.0.1",
        "http://[2001:db8::1]:80",
        "http://0.0.0.0:4000",
        "http://169.254.169.254",
        "http://169.254.0.1:4000",
        "http://[::ffff:169.254.169.254]",
        "http://[fe80::1]:4000",
        "http://[fd00:ec2::254]",
        "http://100.100.100.200",
        "http://100.64.0.1:4000",
        "http://[64:ff9b::a9fe:a9fe]",
        "http://224.0.0.1",
    ] {
        check(url, Err(TargetError::NotPrivate)).await;
    }
    for url in [
        "no url",
        "ftp://10.0.0.1",
        "http://a@10.0.0.1",
        "http://10.0.0.1/x",
        "http://10.0.0.1?x",
        "//10.0.0.1",
    ] {
        check(url, Err(TargetError::BadUrl)).await;
    }
}

async fn answer(url: String) -> Result<(String, bool), TargetError> {
    answer_within(ANSWER, &url).await
}

/// What is no world is told so after this time, never before it.
const SHORT: Duration = Duration::from_millis(200);

async fn answer_within(time: Duration, url: &str) -> Result<(String, bool), TargetError> {
    let asked = Instant::now();
    let target = resolve_within(time, Some(url), BOUND).await;
    if target == Err(TargetError::NotAWorld) {
        assert!(asked.elapsed() >= time, "{url}");
    }
    target.map(|it| (it.url, it.own))
}

async fn is_no_world(what: &str, url: &str) {
    let found = answer_within(SHORT, url).await;
    assert_eq!(found, Err(TargetError::NotAWorld), "{what}: {url}");
}

/// A world, as far as it says what it is.
async fn world(address: &str) -> SocketAddr {
    let listener = TcpListener::bind(address).await.unwrap();
    let bound = listener.local_addr().unwrap();
    let health = Health::new(Arc::default(), Vec::new(), Box::new(LinkStatus::standalone));
    let app = routes::<()>(health).into_router();
    tokio::spawn(async move { axum::serve(listener, app).await });
    bound
}

/// Something else that speaks HTTP, and how often it was asked.
async fn other(address: &str) -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind(address).await.unwrap();
    let bound = listener.local_addr().unwrap();
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    tokio::spawn(async move {
        let app = axum::Router::new().fallback(move || {
            count.fetch_add(1, Ordering::SeqCst);
            async { "secrets" }
        });
        axum::serve(listener, app).await
    });
    (bound, asked)
}

#[tokio::test]
async fn another_world_on_this_machine_is_told_from_everything_else() {
    let (world, (other, _)) = tokio::join!(world("127.0.0.1:0"), other("127.0.0.1:0"));
    let closed = {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        listener.local_addr().unwrap()
    };
    let url = format!("http://{world}");
    assert_eq!(answer(url.clone()).await, Ok((url, false)));
    is_no_world("something else", &format!("http://{other}")).await;
    is_no_world("refused", &format!("http://{closed}")).await;
    is_no_world("no such host", "http://no-such-host.invalid").await;
}

/// Set in the process that runs inside a network of its own.
const INSIDE: &str = "COMUTINY_TEST_INSIDE_NETWORK";

/// A network of its own, with addresses that a real one must not lend to tests.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_cloud_on_the_network_is_never_asked_and_nothing_is_told_of_other_hosts() {
    if std::env::var_os(INSIDE).is_some() {
        return in_a_network_of_its_own().await;
    }
    let possible = Command::new("unshare").args(["-rn", "ip", "link"]).output();
    if !possible.is_ok_and(|it| it.status.success()) {
        eprintln!("SKIPPED: this machine makes no network namespaces (unshare -rn)");
        return;
    }
    let name = "load_runs::target::tests::a_cloud_on_the_network_is_never_asked_and_nothing_is_told_of_other_hosts";
    let output = Command::new("unshare")
        .arg("-rn")
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture"])
        .env(INSIDE, "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[cfg(target_os = "linux")]
async fn in_a_network_of_its_own() {
    for command in [
        "link set lo up",
        "address add 169.254.169.254/32 dev lo",
        "address add 100.100.100.200/32 dev lo",
        "address add 203.0.113.9/32 dev lo",
        "address add 10.0.0.9/32 dev lo",
        "address add 192.168.77.1/32 dev lo",
    ] {
        let done = Command::new("ip")
            .args(command.split(' '))
            .status()
            .unwrap();
        assert!(done.success(), "ip {command}");
    }
    for address in ["169.254.169.254:80", "100.100.100.200:80", "203.0.113.9:80"] {
        let (_, asked) = other(address).await;
        let found = answer(format!("http://{address}")).await;
        assert_eq!(found, Err(TargetError::NotPrivate), "{address}");
        assert_eq!(asked.load(Ordering::SeqCst), 0, "{address}");
    }
    world("192.168.77.1:4000").await;
    let here = "http://192.168.77.1:4000";
    // Bound to every address, this server is the one on its own port; here another one has it.
    let found = resolve(Some(here), "127.0.0.1:4000".parse().unwrap()).await;
    assert_eq!(found.map(|it| it.own), Ok(false));
    other("10.0.0.9:82").await;
    let _silent = TcpListener::bind("10.0.0.9:83").await.unwrap();
    for (what, address) in [
        ("refused", "10.0.0.9:81"),
        ("something else", "10.0.0.9:82"),
        ("unreachable", "10.1.1.1:80"),
        ("silent", "10.0.0.9:83"),
    ] {
        is_no_world(what, &format!("http://{address}")).await;
    }
}
