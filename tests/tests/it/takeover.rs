//! One player, two windows: the newer one stays.

use serde_json::json;
use tests::{Client, Connect, TestServer, WireEvent};

async fn inside(connect: Connect) -> Client {
    let mut client = connect.open().await;
    client.expect("world:state").await;
    client
}

/// The newer of two windows joins as `id`: the older one is told and stays away, the others see
/// one `player:joined` and nothing else.
async fn check(server: &TestServer, older: Connect, newer: Connect, id: &str) {
    let mut onlooker = server.onlooker().await;
    let mut old = inside(older).await;
    let ack = old.join(id).await;
    let newer = match ack["guestToken"].as_str() {
        Some(token) => newer.auth("guestToken", token),
        None => newer,
    };
    let mut new = inside(newer).await;
    onlooker.settle().await;
    old.settle().await;

    let payload = json!({"playerId": id, "animation": "wave"});
    let ack = new.call("player:join", payload).await;
    assert_eq!(ack["ok"], true, "{ack}");

    let ending = old.ending().await;
    assert_eq!(ending.code(), Some("duplicate"), "{ending:?}");
    assert_eq!(ending.events.len(), 1, "nothing but the notice: {ending:?}");
    assert!(
        ending.disconnected,
        "a client that only drops would come back by itself"
    );

    // The old transport is gone, and its late disconnect removed nobody.
    let joined = WireEvent {
        name: "player:joined".to_owned(),
        data: ack["player"].clone(),
        attachments: Vec::new(),
    };
    assert_eq!(onlooker.settle().await, [joined]);
    let update = new
        .call("player:update", json!({"animation": "walk"}))
        .await;
    assert_eq!(update["ok"], true, "{update}");
    new.call_bare("player:leave").await;
}

#[tokio::test]
async fn a_guests_newer_window_on_either_transport() {
    let server = TestServer::start().await;
    let ways = [server.connect(), server.connect().polling()];
    for older in &ways {
        for newer in &ways {
            check(&server, older.clone(), newer.clone(), "ada").await;
        }
    }
    check(
        &server,
        server.connect().batch(),
        server.connect().batch(),
        "ada",
    )
    .await;
}

#[tokio::test]
async fn an_accounts_newer_window_in_another_browser() {
    let server = TestServer::start().await;
    let account = server.register("grace").await;
    let connect = server.connect().auth("token", account.token.as_str());
    check(&server, connect.clone(), connect, &account.id).await;
}

#[tokio::test]
async fn the_evicted_window_can_do_nothing_any_more() {
    let server = TestServer::start().await;
    let mut old = server.onlooker().await;
    let token = old.join("ada").await["guestToken"].clone();
    let mut new = inside(server.connect().auth("guestToken", token)).await;
    new.join("ada").await;
    old.find("session:terminated").await;
    old.emit("player:update", json!({"animation": "haunt"}))
        .await;
    old.emit("chat:message", json!({"content": "boo"})).await;
    old.emit("player:join", json!({"playerId": "ada"})).await;
    old.ending().await;
    let events = new.settle().await;
    assert_eq!(events, [], "nothing of a ghost is heard");
    let ack = new.call("player:update", json!({})).await;
    assert_eq!(ack["player"]["animation"], "idle");
}

#[tokio::test]
async fn of_many_windows_in_one_breath_exactly_one_stays() {
    const WINDOWS: usize = 20;
    let server = TestServer::start().await;
    let mut first = server.onlooker().await;
    let token = first.join("ada").await["guestToken"].clone();
    let mut watcher = server.onlooker().await;
    let mut joining = tokio::task::JoinSet::new();
    for _ in 0..WINDOWS {
        let connect = server.connect().auth("guestToken", token.clone());
        joining.spawn(async move {
            let mut window = inside(connect).await;
            window.join("ada").await;
            window
        });
    }
    let mut windows = joining.join_all().await;
    windows.push(first);
    let mut ended = 0;
    let mut holders = 0;
    for window in &mut windows {
        // The holder may speak; all others hear why they may not before they are disconnected.
        let (frame, _) = window.asking("chat:message", Some(&json!({"content": "me"})));
        window.send(vec![frame]).await;
        loop {
            let event = window.event().await;
            match event.name.as_str() {
                "session:terminated" => {
                    assert_eq!(event.data["code"], "duplicate");
                    ended += 1;
                    break;
                }
                "chat:message" => {
                    holders += 1;
                    break;
                }
                _ => {}
            }
        }
    }
    assert_eq!((holders, ended), (1, WINDOWS));
    let events = watcher.settle().await;
    assert!(
        events.iter().all(|event| event.name != "player:left"),
        "{events:?}"
    );
    let players = server.connect().open().await.expect("world:state").await["players"].clone();
    assert_eq!(players.as_array().unwrap().len(), 1);
}
