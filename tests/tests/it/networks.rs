//! What counts by network: everybody behind a trusted proxy has an address of their own, and an IPv6
//! address stands for its /64.

use http::{HeaderName, Method};
use serde_json::{Value, json};
use server_core::Config;
use server_core::config::{GuestTakeover, Rate};
use tests::{Client, Connect, TestServer};

const GET: Method = Method::GET;
const POST: Method = Method::POST;

/// A server behind a proxy on this machine.
async fn proxied(adjust: impl FnOnce(&mut Config)) -> TestServer {
    TestServer::with(|config| {
        config.security.trusted_proxies = vec!["127.0.0.1".to_owned()];
        adjust(config);
    })
    .await
}

fn from(server: &TestServer, address: &str) -> Connect {
    let header = HeaderName::from_static("x-forwarded-for");
    server.connect().header(header, address)
}

/// Somebody who opens a socket from an address.
async fn guest(server: &TestServer, address: &str) -> Client {
    let mut client = from(server, address).open().await;
    client.expect("world:state").await;
    client
}

async fn join(client: &mut Client, id: &str) -> Value {
    client.call("player:join", json!({ "playerId": id })).await
}

#[tokio::test]
async fn a_report_is_answered_when_it_lasts_and_a_network_makes_so_many() {
    let server = proxied(|config| {
        config.rates.open_reports = 3;
        config.rates.network_factor = 2;
        config.rates.events.chat = Rate {
            per_second: 1000.0,
            burst: 1000.0,
        };
    })
    .await;
    let host = server.host().await;
    let mut kept = 0;
    for (number, address) in (1..=4).map(|it| (it, format!("2001:db8::{it}"))) {
        let mut reporter = guest(&server, &address).await;
        join(&mut reporter, &format!("r{number}")).await;
        let report = json!({ "playerId": "r1", "reason": "Shouts." });
        let asked: Vec<_> = (0..100)
            .map(|_| reporter.asking("player:report", Some(&report)))
            .collect();
        let (frames, acks): (Vec<_>, Vec<_>) = asked.into_iter().unzip();
        reporter.send(frames).await;
        for ack in acks {
            let answer = reporter.answer(ack).await;
            match answer["ok"] == true {
                true => kept += 1,
                false => assert_eq!(answer["code"], "rate-limited"),
            }
        }
    }
    assert_eq!(kept, 6);
    let reports = server.done(&host, GET, "/admin/reports", &Value::Null);
    assert_eq!(
        reports.await["total"],
        kept,
        "what was answered ok is there"
    );
    let mut elsewhere = guest(&server, "2001:db8:0:1::1").await;
    join(&mut elsewhere, "elsewhere").await;
    let report = elsewhere.call("player:report", json!({ "playerId": "r1" }));
    assert_eq!(report.await["ok"], true);
}

#[tokio::test]
async fn the_world_is_never_full_for_who_looks_after_it() {
    let server = TestServer::with(|config| config.world.max_players = 1).await;
    let host = server.host().await;
    let _first = server.player("first").await;
    let mut second = server.onlooker().await;
    assert_eq!(join(&mut second, "second").await["code"], "world-full");
    let mut hosting = server
        .connect()
        .auth("token", host.token.as_str())
        .open()
        .await;
    hosting.join(&host.id).await;
    assert_eq!(join(&mut second, "second").await["code"], "world-full");
}

#[tokio::test]
async fn a_banned_address_is_not_back_as_its_neighbour() {
    let server = proxied(|_| {}).await;
    let host = server.host().await;
    let mut bo = guest(&server, "2001:db8::5").await;
    join(&mut bo, "bo").await;
    let id = server.session_of(&host, "bo").await;
    let ban = json!({ "sessionId": id, "what": ["address"], "minutes": null });
    let answer = server.done(&host, POST, "/admin/bans", &ban).await;
    assert_eq!(answer["bans"][0]["subject"], "2001:db8::/64");
    assert_eq!(bo.ending().await.code(), Some("banned"));
    for (address, code) in [
        ("2001:db8::6", json!("banned")),
        ("2001:db8:0:1::6", Value::Null),
    ] {
        let mut back = guest(&server, address).await;
        assert_eq!(join(&mut back, address).await["code"], code, "{address}");
    }
}

#[tokio::test]
async fn a_block_is_banned_by_hand() {
    let server = proxied(|_| {}).await;
    let host = server.host().await;
    let mut inside = guest(&server, "198.51.100.77").await;
    join(&mut inside, "inside").await;
    let ban = |subject: &str| json!({ "subjects": [{ "kind": "address", "subject": subject }], "minutes": null });
    for (subject, stored) in [
        ("198.51.100.9/24", "198.51.100.0/24"),
        ("2001:DB8:7::/48", "2001:db8:7::/48"),
        ("::ffff:203.0.113.5", "203.0.113.5"),
    ] {
        let answer = server.done(&host, POST, "/admin/bans", &ban(subject)).await;
        assert_eq!(answer["bans"][0]["subject"], stored);
    }
    assert_eq!(inside.ending().await.code(), Some("banned"));
    for address in ["198.51.100.200", "2001:db8:7:ff::1", "203.0.113.5"] {
        let mut back = guest(&server, address).await;
        assert_eq!(
            join(&mut back, address).await["code"],
            "banned",
            "{address}"
        );
    }
    let mut outside = guest(&server, "198.51.101.1").await;
    assert_eq!(join(&mut outside, "outside").await["ok"], true);
    let data = server.data();
    let lifted = server
        .done(
            &host,
            GET,
            "/admin/bans?search=198.51.100.0/24",
            &Value::Null,
        )
        .await;
    assert_eq!(lifted["total"], 1);
    server.close(server_core::Closing::Drain).await;

    let server = TestServer::on(data, |config| {
        config.security.trusted_proxies = vec!["127.0.0.1".to_owned()];
    })
    .await;
    let mut back = guest(&server, "198.51.100.200").await;
    assert_eq!(join(&mut back, "back").await["code"], "banned");
    let path = format!("/admin/bans/{}", lifted["bans"][0]["id"].as_str().unwrap());
    server
        .done(&host, Method::DELETE, &path, &Value::Null)
        .await;
    assert_eq!(join(&mut back, "back").await["ok"], true);
}

#[tokio::test]
async fn blocks_that_would_shut_out_everybody_are_refused() {
    let server = proxied(|_| {}).await;
    let host = server.host().await;
    for (subject, code) in [
        ("127.0.0.0/8", "exempt-address"),
        ("127.0.0.1", "exempt-address"),
        ("::1", "exempt-address"),
        ("0.0.0.0/0", "invalid-field"),
        ("::/0", "invalid-field"),
        ("2000::/3", "invalid-field"),
        ("198.51.100.0/33", "invalid-field"),
        ("somewhere", "invalid-field"),
    ] {
        let subjects = json!([{ "kind": "address", "subject": subject }]);
        let ban = json!({ "subjects": subjects, "minutes": null });
        let answer = server.act(&host, POST, "/admin/bans", &ban).await;
        assert!(answer.status.is_client_error(), "{subject}");
        assert_eq!(answer.json()["code"], code, "{subject}");
    }
}

#[tokio::test]
async fn who_else_uses_an_address_is_asked_by_network() {
    let server = proxied(|_| {}).await;
    let host = server.host().await;
    let mut clients = Vec::new();
    for (id, address) in [
        ("bo", "2001:db8::5"),
        ("bea", "2001:db8::6"),
        ("cy", "2001:db8:0:1::5"),
    ] {
        let mut client = guest(&server, address).await;
        join(&mut client, id).await;
        clients.push(client);
    }
    let id = server.session_of(&host, "bo").await;
    let path = format!("/admin/sessions/{id}/ban-preview");
    let preview = server.done(&host, GET, &path, &Value::Null).await;
    assert_eq!(preview["address"]["value"], "2001:db8::/64");
    let others = preview["sameAddress"].as_array().unwrap().iter();
    let names: Vec<_> = others.map(|it| it["name"].clone()).collect();
    assert_eq!(names, [json!("Player bea")], "{preview}");
}

#[tokio::test]
async fn a_guest_takes_over_from_the_same_network_where_addresses_count() {
    let server = proxied(|config| config.security.guest_takeover = GuestTakeover::Address).await;
    let mut first = guest(&server, "2001:db8::5").await;
    join(&mut first, "ada").await;
    let mut stranger = guest(&server, "2001:db8:0:1::5").await;
    assert_eq!(join(&mut stranger, "ada").await["code"], "id-in-use");
    let mut second = guest(&server, "2001:db8::6").await;
    assert_eq!(join(&mut second, "ada").await["ok"], true);
    assert_eq!(first.ending().await.code(), Some("duplicate"));
}

#[tokio::test]
async fn one_address_behind_a_proxy_gets_so_many_sessions() {
    let server = proxied(|config| config.listen.max_connections_per_address = 3).await;
    let host = server.host().await;
    let mut held = Vec::new();
    for last in 1..=3 {
        held.push(guest(&server, &format!("2001:db8::{last}")).await);
    }
    let next = from(&server, "2001:db8::9");
    for connect in [next.clone(), next.clone().polling()] {
        assert!(connect.dial().await.is_err());
    }
    let staff = next.cookie("auth_token", &host.token);
    staff.open().await.join(&host.id).await;
    guest(&server, "198.51.100.1").await;
}
