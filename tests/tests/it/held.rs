//! Lines with a word of the list that a moderator reads first.

use http::{HeaderName, Method, StatusCode};
use serde_json::{Value, json};
use tests::{Client, TestServer, soon};

const POST: Method = Method::POST;

async fn holding() -> TestServer {
    TestServer::with(|config| {
        config.conversation.word_list = "fool".to_owned();
        config.conversation.word_list_mode = server_core::config::WordListMode::Hold;
    })
    .await
}

async fn say(client: &mut Client, content: &str) -> Value {
    client
        .call("chat:message", json!({ "content": content }))
        .await
}

#[tokio::test]
async fn a_held_line_is_read_when_a_moderator_lets_it_through() {
    let server = holding().await;
    let host = server.host().await;
    let mut feed = server.feed(&host).await;
    let mut ana = server.player("ana").await;
    let mut bo = server.player("bo").await;
    ana.settle().await;
    let refused = say(&mut ana, "you f00l").await;
    assert_eq!(
        (&refused["ok"], &refused["code"]),
        (&json!(false), &json!("held"))
    );
    assert_eq!(bo.settle().await, [], "nobody has read it");

    feed.until("the held line", |feed| {
        feed.state["held"]
            .as_array()
            .is_some_and(|it| !it.is_empty())
    })
    .await;
    let line = feed.state["held"][0].clone();
    assert_eq!(
        (&line["author"], &line["content"], &line["word"]),
        (&json!("Player ana"), &json!("you f00l"), &json!("fool"))
    );
    let list = server.done(&host, Method::GET, "/admin/held", &Value::Null);
    assert_eq!(list.await["held"], json!([line]));

    let path = format!("/admin/held/{}/allow", line["id"].as_str().unwrap());
    let answer = server.done(&host, POST, &path, &Value::Null).await;
    assert_eq!(answer["action"]["action"], "held.allow");
    assert!(!answer.to_string().contains("f00l"), "no chat in the log");
    for client in [&mut ana, &mut bo] {
        let said = client.expect("chat:message").await;
        assert_eq!(
            (&said["id"], &said["playerId"], &said["content"]),
            (&line["id"], &json!("ana"), &json!("you f00l"))
        );
    }
    feed.until("the queue to be empty", |feed| {
        feed.state["held"] == json!([])
    })
    .await;
    let again = server.act(&host, POST, &path, &Value::Null).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND, "once");
    soon("the line in the archive", async {
        loop {
            let found = "/admin/messages?search=f00l";
            let found = server.done(&host, Method::GET, found, &Value::Null).await;
            if found["total"] == 1 {
                break;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_refused_line_is_told_to_its_speaker_alone_and_few_lines_wait() {
    let server = holding().await;
    let host = server.host().await;
    let mut ana = server.player("ana").await;
    let mut bo = server.player("bo").await;
    for n in 0..3 {
        assert_eq!(say(&mut bo, &format!("fool {n}")).await["code"], "held");
    }
    assert_eq!(say(&mut bo, "fool 3").await["code"], "rate-limited");
    let list = server.done(&host, Method::GET, "/admin/held", &Value::Null);
    let list = list.await["held"].clone();
    assert_eq!(list.as_array().unwrap().len(), 3);
    let path = format!("/admin/held/{}/refuse", list[0]["id"].as_str().unwrap());
    let answer = server.done(&host, POST, &path, &Value::Null).await;
    assert_eq!(answer["action"]["action"], "held.refuse");
    let told = bo.expect("moderation:notice").await;
    let expected = json!({
        "kind": "refused", "content": "fool 0",
        "message": "A moderator did not let your line through. Nobody else has read it.",
    });
    assert_eq!(told, expected);
    assert_eq!(
        say(&mut bo, "fool 4").await["code"],
        "held",
        "there is room again"
    );
    let heard = ana.settle().await;
    assert!(
        heard.iter().all(|it| it.name == "player:joined"),
        "{heard:?}"
    );
}

#[tokio::test]
async fn a_line_that_nobody_decided_about_in_time_is_told_to_its_speaker() {
    let server = TestServer::with(|config| {
        config.conversation.word_list = "fool".to_owned();
        config.conversation.word_list_mode = server_core::config::WordListMode::Hold;
        config.conversation.held_line_minutes = 0;
    })
    .await;
    let host = server.host().await;
    let mut ana = server.player("ana").await;
    let mut bo = server.player("bo").await;
    for line in ["you fool", "another fool"] {
        assert_eq!(say(&mut bo, line).await["code"], "held", "{line}");
        let told = bo.find("moderation:notice").await;
        let expected = json!({
            "kind": "lapsed", "content": line,
            "message": "No moderator decided about your line in time. Nobody else has read it.",
        });
        assert_eq!(told, expected);
    }
    let list = server.done(&host, Method::GET, "/admin/held", &Value::Null);
    assert_eq!(list.await["total"], 0);
    let heard = ana.settle().await;
    assert!(
        heard.iter().all(|it| it.name == "player:joined"),
        "{heard:?}"
    );
}

#[tokio::test]
async fn one_network_does_not_take_the_room_of_everybody() {
    let server = TestServer::with(|config| {
        config.conversation.word_list = "fool".to_owned();
        config.conversation.word_list_mode = server_core::config::WordListMode::Hold;
        config.conversation.held_lines_per_person = 1;
        config.rates.network_factor = 2;
        config.security.trusted_proxies = vec!["127.0.0.1".to_owned()];
    })
    .await;
    let mut said = Vec::new();
    for (number, address) in ["203.0.113.7", "203.0.113.7", "203.0.113.7", "203.0.113.8"]
        .into_iter()
        .enumerate()
    {
        let header = HeaderName::from_static("x-forwarded-for");
        let mut client = server.connect().header(header, address).open().await;
        client.join(&format!("p{number}")).await;
        said.push(say(&mut client, "you fool").await["code"].clone());
    }
    assert_eq!(said, ["held", "held", "rate-limited", "held"]);
}

#[tokio::test]
async fn held_lines_outlive_a_restart() {
    let server = holding().await;
    let host = server.host().await;
    let mut ana = server.player("ana").await;
    assert_eq!(say(&mut ana, "fool").await["code"], "held");
    let data = server.data();
    server.close(server_core::Closing::Stop).await;
    let server = TestServer::on(data, |_| {}).await;
    let list = server.done(&host, Method::GET, "/admin/held", &Value::Null);
    assert_eq!(list.await["held"][0]["content"], "fool");
}

#[tokio::test]
async fn a_host_tries_a_list_before_it_holds() {
    let server = holding().await;
    let host = server.host().await;
    let found = async |body: Value| server.done(&host, POST, "/admin/words/try", &body).await;
    let of_now = found(json!({ "text": "you f00l" })).await;
    assert_eq!(of_now, json!({ "exact": null, "folded": "fool" }));
    let of_draft = json!({ "text": "what a Nuisance!", "words": "nuisance, fool" });
    let both = json!({ "exact": "nuisance", "folded": "nuisance" });
    assert_eq!(found(of_draft).await, both);
    let nothing = json!({ "text": "" });
    let empty = server.act(&host, POST, "/admin/words/try", &nothing).await;
    assert_eq!(empty.status, StatusCode::BAD_REQUEST);
}
