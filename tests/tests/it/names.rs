//! Names and ids that could deceive, as everybody sees them.

use http::{Method, StatusCode};
use serde_json::{Value, json};
use tests::{Client, TestServer};

/// The name that others see after a join under `name`.
async fn joined_as(client: &mut Client, id: &str, name: &str) -> String {
    let payload = json!({ "playerId": id, "name": name });
    let ack = client.call("player:join", payload).await;
    assert_eq!(ack["ok"], true, "a name is never refused: {ack}");
    ack["player"]["name"].as_str().unwrap().to_owned()
}

async fn renamed_to(client: &mut Client, name: &str) -> String {
    let ack = client.call("player:update", json!({ "name": name })).await;
    ack["player"]["name"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_guest_who_takes_somebody_elses_name_is_shown_as_a_guest() {
    let server = TestServer::start().await;
    server.register("Grace").await;
    let mut guest = server.onlooker().await;
    let taken = [
        "Grace",
        "GRACE",
        "Gr\u{AD}ace",
        "Grасе",
        "Ｇｒａｃｅ",
        "System",
        "ѕystem",
        "Sistema",
        "Host",
        "Moderador",
        "admin",
    ];
    for name in taken {
        let shown = joined_as(&mut guest, "visitor", name).await;
        assert!(shown.ends_with(" (guest)"), "{name:?} {shown:?}");
        let shown = renamed_to(&mut guest, name).await;
        assert!(shown.ends_with(" (guest)"), "{name:?} {shown:?}");
        guest.call_bare("player:leave").await;
    }
    for name in ["Ada", "Gracie", "Ghost", "O'Hara"] {
        assert_eq!(joined_as(&mut guest, "visitor", name).await, name);
        assert_eq!(renamed_to(&mut guest, name).await, name);
    }
    let mut onlooker = server.onlooker().await;
    onlooker.settle().await;
    renamed_to(&mut guest, "Grace").await;
    assert_eq!(
        onlooker.expect("player:updated").await["name"],
        "Grace (guest)"
    );
    let said = guest
        .call("chat:message", json!({ "content": "it is me" }))
        .await;
    assert_eq!(said["message"]["author"], "Grace (guest)");
}

#[tokio::test]
async fn a_name_that_becomes_an_accounts_is_a_guests_no_more() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let mut onlooker = server.onlooker().await;
    let mut guest = server.onlooker().await;
    for (number, name) in ["Grace", "Gr\u{430}nt"].into_iter().enumerate() {
        assert_eq!(joined_as(&mut guest, "visitor", name).await, name);
        if number == 0 {
            server.register("Grace").await;
        } else {
            let new = json!({ "username": "Grant", "email": "grant@example.org",
                "password": "correct horse battery", "role": "user" });
            let made = server.act(&host, Method::POST, "/admin/users", &new).await;
            assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
        }
        let shown = onlooker.find("player:updated").await;
        assert_eq!(shown["name"], format!("{name} (guest)"), "{shown}");
        let said = json!({ "content": "it is me" });
        let said = guest.call("chat:message", said).await;
        assert_eq!(said["message"]["author"], format!("{name} (guest)"));
        guest.call_bare("player:leave").await;
    }
}

#[tokio::test]
async fn an_account_bears_its_own_name_and_no_other_accounts() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let grace = server.register("Grace").await;
    let open = async |token: &str| server.connect().auth("token", token).open().await;
    let mut page = open(&grace.token).await;
    assert_eq!(joined_as(&mut page, &grace.id, "grace").await, "grace");
    assert_eq!(renamed_to(&mut page, "Gracie").await, "Gracie");
    for name in ["hоst", "System", "Moderator"] {
        assert_eq!(renamed_to(&mut page, name).await, "Grace");
    }
    let mut window = open(&host.token).await;
    assert_eq!(joined_as(&mut window, &host.id, "Host").await, "Host");
}

#[tokio::test]
async fn nobody_is_invisible_and_joiners_inside_emoji_stay() {
    let server = TestServer::start().await;
    let mut guest = server.onlooker().await;
    for blank in [
        "\u{3164}",
        "\u{2800}",
        "\u{200D}",
        "\u{2063}\u{AD}",
        "\u{301}",
        " ",
    ] {
        assert_eq!(
            joined_as(&mut guest, "visitor", blank).await,
            "Player visitor",
            "{blank:?}"
        );
        guest.call_bare("player:leave").await;
    }
    let astronaut = "👩🏽\u{200D}🚀 Ana";
    assert_eq!(joined_as(&mut guest, "visitor", astronaut).await, astronaut);
    assert_eq!(
        renamed_to(&mut guest, "\u{3164}").await,
        astronaut,
        "what is there stays"
    );
    let said = guest
        .call("chat:message", json!({ "content": "\u{2800}\u{3164}" }))
        .await;
    assert_eq!(said["code"], "empty-message", "{said}");
}

#[tokio::test]
async fn ids_that_look_like_the_servers_or_like_nothing_are_refused() {
    let server = TestServer::start().await;
    let mut guest = server.onlooker().await;
    let code = async |guest: &mut Client, id: &str| -> Value {
        let answer = guest.call("player:join", json!({ "playerId": id })).await;
        answer["code"].clone()
    };
    for id in ["system", "SYSTEM", "ѕystem", "ｓystem"] {
        assert_eq!(code(&mut guest, id).await, "reserved-id", "{id:?}");
    }
    for id in ["\u{3164}", "\u{2800}", "sys\u{AD}tem", "\u{200D}"] {
        assert_eq!(code(&mut guest, id).await, "invalid-player-id", "{id:?}");
    }
}

#[tokio::test]
async fn a_search_of_sessions_finds_names_in_any_case_and_accounts_by_their_own() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let boss = server.register("boss").await;
    let joined = server.connect().auth("token", boss.token.as_str());
    let mut joined = joined.open().await;
    joined.expect("world:state").await;
    let named = json!({ "playerId": boss.id, "name": "Strandläufer" });
    assert_eq!(joined.call("player:join", named).await["ok"], true);
    let mut guests = Vec::new();
    for (id, name) in [("g1", "İpek"), ("g2", "Straße")] {
        let mut guest = server.onlooker().await;
        assert_eq!(joined_as(&mut guest, id, name).await, name);
        guests.push(guest);
    }
    for (search, account) in [
        ("BOSS", Some("boss")),
        ("strandl", Some("boss")),
        ("ipek", None),
        ("STRASSE", None),
        ("stra%C3%9Fe", None),
    ] {
        let path = format!("/admin/sessions?search={search}");
        let found = server.done(&host, Method::GET, &path, &Value::Null).await;
        assert_eq!(found["total"], 1, "{search}: {found}");
        assert_eq!(
            found["sessions"][0]["account"].as_str(),
            account,
            "{search}"
        );
    }
}
