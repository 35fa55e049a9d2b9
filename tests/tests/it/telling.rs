//! Words from who looks after the world: to one player alone, and to everybody in the chat.

use http::{Method, StatusCode};
use serde_json::{Value, json};
use tests::TestServer;

const POST: Method = Method::POST;

#[tokio::test]
async fn a_word_to_one_player_reaches_nobody_else_and_says_who_sends_it() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let bo = server.staff(&host, "bo", "moderator").await;
    let mut ana = server.player("ana").await;
    let mut other = server.player("cem").await;
    ana.settle().await;
    let path = format!(
        "/admin/sessions/{}/tell",
        server.session_of(&host, "ana").await
    );
    let words = json!({ "message": "The boat leaves at nine." });
    let answer = server.done(&bo, POST, &path, &words).await;
    assert_eq!(answer["action"]["action"], "session.tell");
    assert_eq!(answer["action"]["subjectName"], "Player ana");
    let told = ana.expect("moderation:notice").await;
    let expected = json!({
        "kind": "announcement", "message": "The boat leaves at nine.",
        "from": { "name": "bo", "role": "moderator" },
    });
    assert_eq!(told, expected);
    let heard = other.settle().await;
    assert!(
        heard.iter().all(|it| it.name == "player:joined"),
        "{heard:?}"
    );

    let blank = json!({ "message": " " });
    let empty = server.act(&bo, POST, &path, &blank).await;
    assert_eq!(empty.status, StatusCode::BAD_REQUEST);
    ana.call_bare("player:leave").await;
    drop(ana);
    let gone = "/admin/sessions/none-1/tell";
    let gone = server.act(&bo, POST, gone, &words).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_announcement_stands_in_the_chat_and_is_told_once_to_who_reads_it_there() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let mut plain = server.onlooker().await;
    let features = json!(["batch", "log"]);
    let mut page = server.connect().auth("features", features).open().await;
    page.expect("world:state").await;
    let words = json!({ "message": "The market opens at six." });
    let answer = server.done(&host, POST, "/admin/announcements", &words);
    assert_eq!(answer.await["recipients"], 2);
    let line = page.expect("chat:message").await;
    assert_eq!(
        (&line["playerId"], &line["author"], &line["content"]),
        (
            &json!("system"),
            &json!("System"),
            &json!("The market opens at six.")
        )
    );
    assert_eq!(page.settle().await, []);
    let heard = plain.settle().await;
    let names: Vec<_> = heard.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["moderation:notice", "chat:message"]);
    assert_eq!(heard[0].data.get("from"), None);

    let state = server.connect().open().await.expect("world:state").await;
    assert_eq!(state["chat"].as_array().unwrap().last(), Some(&line));
    let list = "/admin/messages?search=market";
    let kept = async {
        loop {
            let found = server.done(&host, Method::GET, list, &Value::Null).await;
            if found["total"] == 1 {
                return found["messages"][0]["playerId"].clone();
            }
        }
    };
    let kept = tests::soon("the line in the archive", kept).await;
    assert_eq!(kept, "system");
}

#[tokio::test]
async fn a_pinned_announcement_is_read_by_who_comes_later_until_it_is_taken_away() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let mut here = server.onlooker().await;
    let words = json!({ "message": "The parade starts at three.", "pinMinutes": 60 });
    server
        .done(&host, POST, "/admin/announcements", &words)
        .await;
    let told = here.expect("world:pinned").await;
    assert_eq!(told["pinned"]["message"], "The parade starts at three.");
    let state = server.connect().open().await.expect("world:state").await;
    assert_eq!(state["world"]["pinned"], told["pinned"]);
    here.settle().await;
    let unpin = "/admin/announcements/pinned";
    server.act(&host, Method::DELETE, unpin, &Value::Null).await;
    assert_eq!(here.expect("world:pinned").await, json!({ "pinned": null }));
    let state = server.connect().open().await.expect("world:state").await;
    assert_eq!(state["world"].get("pinned"), None);
}

#[tokio::test]
async fn outside_a_closed_world_an_announcement_is_a_notice_for_everybody() {
    let server = TestServer::with(|config| {
        config.world.join_pin = Some(identity::Secret::new("4711"));
    })
    .await;
    let host = server.host().await;
    let features = json!(["log"]);
    let mut stranger = server.connect().auth("features", features).open().await;
    stranger.expect("world:state").await;
    let words = json!({ "message": "We open at ten." });
    server
        .done(&host, POST, "/admin/announcements", &words)
        .await;
    let heard = stranger.settle().await;
    assert_eq!(heard.len(), 1, "{heard:?}");
    assert_eq!(heard[0].name, "moderation:notice");
}
