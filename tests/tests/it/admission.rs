//! The settings that say who may come in: the join PIN, guests or accounts only.

use std::net::Ipv4Addr;

use http::Method;
use serde_json::{Value, json};
use tests::{Client, TestServer, outer_address};

use crate::warnings;

#[tokio::test]
async fn the_join_pin_is_asked_of_everybody_but_the_administration() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let mut early = server.player("early").await;
    let pin = json!({ "values": { "join_pin": "4711" } });
    server
        .done(&host, Method::PATCH, "/admin/settings", &pin)
        .await;
    early
        .call(
            "player:join",
            json!({ "playerId": "early", "name": "Still here" }),
        )
        .await;

    let join = async |client: &mut Client, pin: Value| {
        let mut payload = json!({ "playerId": "bo" });
        if !pin.is_null() {
            payload["pin"] = pin;
        }
        client.call("player:join", payload).await
    };
    let mut bo = server.onlooker().await;
    assert_eq!(join(&mut bo, Value::Null).await["code"], "pin-required");
    assert_eq!(join(&mut bo, json!("0815")).await["code"], "wrong-pin");
    assert_eq!(join(&mut bo, json!(" 4711 ")).await["ok"], true);
    let mut by_handshake = server.connect().auth("pin", "4711").open().await;
    by_handshake.join("cy").await;
    let staff = server.connect().auth("token", host.token.as_str());
    staff.open().await.join(&host.id).await;
    let plain = server.register("plain").await;
    let mut plain_client = server
        .connect()
        .auth("token", plain.token.as_str())
        .open()
        .await;
    let refused = plain_client
        .call("player:join", json!({ "playerId": plain.id }))
        .await;
    assert_eq!(refused["code"], "pin-required");

    let none = json!({ "values": { "join_pin": "" } });
    server
        .done(&host, Method::PATCH, "/admin/settings", &none)
        .await;
    plain_client.join(&plain.id).await;
}

#[tokio::test]
async fn a_pin_cannot_be_guessed() {
    let server = TestServer::with(|config| {
        config.listen.host = Ipv4Addr::UNSPECIFIED.into();
        config.world.join_pin = Some(identity::Secret::new("4711"));
    })
    .await;
    let Some(there) = outer_address() else { return };
    let mut guesser = server.connect().at(there).open().await;
    let mut codes = Vec::new();
    for guess in 0..20 {
        let payload = json!({ "playerId": "bo", "pin": format!("{guess:04}") });
        let refused = guesser.call("player:join", payload).await;
        codes.push(refused["code"].as_str().unwrap().to_owned());
    }
    assert_eq!(codes.iter().filter(|code| *code == "wrong-pin").count(), 10);
    assert_eq!(codes.last().map(String::as_str), Some("rate-limited"));
    let right = json!({ "playerId": "bo", "pin": "4711" });
    let still = guesser.call("player:join", right).await;
    assert_eq!(still["code"], "rate-limited", "also for the right one");
}

#[tokio::test]
async fn a_pin_cannot_be_guessed_through_a_proxy_or_page_on_this_machine() {
    let server = TestServer::with(|config| {
        config.world.join_pin = Some(identity::Secret::new("4711"));
    })
    .await;
    let forwarded = http::HeaderName::from_static("x-forwarded-for");
    for (name, value) in [
        (forwarded, "198.51.100.7"),
        (http::header::ORIGIN, "https://evil.example"),
    ] {
        let mut guesser = server.connect().header(name, value).open().await;
        let mut codes = Vec::new();
        for guess in 0..20 {
            let payload = json!({ "playerId": "bo", "pin": format!("{guess:04}") });
            let refused = guesser.call("player:join", payload).await;
            codes.push(refused["code"].as_str().unwrap().to_owned());
        }
        assert_eq!(
            codes.last().map(String::as_str),
            Some("rate-limited"),
            "{value}"
        );
    }
    let mut own = server.onlooker().await;
    let right = json!({ "playerId": "bo", "pin": "4711" });
    assert_eq!(own.call("player:join", right).await["ok"], true);
}

/// Everybody behind it shares one address and its limits, until it is named.
#[tokio::test]
async fn a_proxy_that_nobody_named_is_told_with_the_setting() {
    warnings::keep();
    let server = TestServer::start().await;
    let forwarded = http::HeaderName::from_static("x-forwarded-for");
    let headers = [(forwarded, "198.51.100.7")];
    let mut http = server.http();
    http.call(Method::GET, "/health", &headers, &Value::Null)
        .await;
    assert!(warnings::has("set TRUSTED_PROXIES=127.0.0.1"));
}

#[tokio::test]
async fn a_world_closes_and_opens_to_guests_and_changes_its_name_while_it_runs() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let mut bo = server.player("bo").await;
    bo.settle().await;
    let values = json!({ "values": { "guests_allowed": false, "world_name": "Cove" } });
    server
        .done(&host, Method::PATCH, "/admin/settings", &values)
        .await;
    let state = bo.expect("world:state").await;
    assert_eq!(state["world"]["name"], "Cove");
    assert_eq!(state["players"][0]["id"], "bo");
    let mut late = server.onlooker().await;
    let refused = late
        .call("player:join", json!({ "playerId": "late" }))
        .await;
    assert_eq!(refused["code"], "guests-not-allowed");

    let data = server.data();
    server.close(server_core::Closing::Drain).await;
    let server = TestServer::on(data, |_| {}).await;
    let mut late = server.connect().open().await;
    assert_eq!(late.expect("world:state").await["world"]["name"], "Cove");
    let back = json!({ "values": { "guests_allowed": null, "world_name": null } });
    server
        .done(&host, Method::PATCH, "/admin/settings", &back)
        .await;
    assert_eq!(
        late.expect("world:state").await["world"]["name"],
        "Lantern harbour"
    );
    late.join("late").await;
}
