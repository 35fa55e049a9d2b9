use super::*;
use contract::PlayerId;
use contract::admin::{PersonKind, PersonRef};
use session::{PlayerReport, ReportPerson};

fn said(id: &str, player: &str, content: &str, at: i64) -> ChatMessage {
    ChatMessage {
        id: MessageId(id.to_owned()),
        player_id: player.to_owned(),
        author: player.to_uppercase(),
        content: content.to_owned(),
        timestamp: iso(at),
    }
}

async fn written(server: &ApiServer, lines: Vec<(ChatMessage, Option<PersonRef>)>) {
    let archive = server.state.accounts.archive();
    for (message, person) in lines {
        archive.push(message, person);
    }
    let stop = CancellationToken::new();
    stop.cancel();
    archive.writer(stop).await;
}

fn contents(reply: &Reply) -> Vec<(String, bool)> {
    let lines = reply.body["lines"].as_array().unwrap().iter();
    lines
        .map(|it| {
            let content = it["content"].as_str().unwrap().to_owned();
            (content, it["about"].as_bool().unwrap())
        })
        .collect()
}

fn line(content: &str, about: bool) -> (String, bool) {
    (content.to_owned(), about)
}

#[tokio::test]
async fn what_somebody_said_stays_with_the_act_when_chat_is_deleted() {
    let server = ApiServer::start().await;
    let (id, user) = server.register("ana").await;
    let ana = PersonRef {
        kind: PersonKind::Account,
        subject: id.clone(),
    };
    let now = now_ms();
    let lines = (0..9).map(|n| {
        let text = format!("line {n}");
        (
            said(&format!("m{n}"), "ana", &text, now - 9_000 + n * 1000),
            Some(ana.clone()),
        )
    });
    let other = (said("other", "bo", "nothing to do with it", now), None);
    let yesterday = (
        said("old", "ana", "long ago", now - 90_000_000),
        Some(ana.clone()),
    );
    written(&server, lines.chain([other, yesterday]).collect()).await;

    let mute = json!({ "kind": "account", "subject": id, "minutes": 10 });
    let ask = server.ask("POST", "/admin/mutes").bearer(LOCAL_TOKEN);
    let mute = ask.json(&mute).await;
    let path = format!(
        "/admin/evidence/{}",
        mute.body["mute"]["id"].as_str().unwrap()
    );
    let archive = server.state.accounts.archive();
    archive.forget_before(now + 1000).await.unwrap();
    let kept = contents(&get(&server, &path, LOCAL_TOKEN).await);
    let newest: Vec<_> = (3..9).map(|n| line(&format!("line {n}"), true)).collect();
    assert_eq!(kept, newest, "the last six, oldest first");

    get(&server, &path, &user)
        .await
        .refused(403, "role-required");
    let none = get(&server, "/admin/evidence/none", LOCAL_TOKEN).await;
    assert_eq!(none.body, json!({ "lines": null }));
}

#[tokio::test]
async fn a_report_keeps_what_was_said_between_the_two() {
    let server = ApiServer::start().await;
    let now = now_ms();
    let lines = [
        ("a", "bo", "too early", now - 700_000),
        ("b", "bo", "whose boat is it", now - 50_000),
        ("c", "kofi", "Mine.", now - 40_000),
        ("d", "siv", "somebody else", now - 30_000),
        ("e", "bo", "trash", now - 20_000),
    ];
    let lines = lines.map(|(id, by, text, at)| (said(id, by, text, at), None));
    written(&server, lines.to_vec()).await;
    // What was said a moment ago is in no archive yet.
    let late = contract::rest::ArchivedMessage {
        message: said("f", "kofi", "Please stop.", now - 1_000),
        status: contract::rest::MessageStatus::Visible,
        removed_at: None,
        removed_by: None,
        person: None,
    };
    let moderation = &server.state.moderation;
    moderation.feed().activity().received(late);
    let person = |name: &str| ReportPerson {
        player_id: PlayerId::trusted(name),
        name: name.to_owned(),
        visitor: None,
    };
    let report = PlayerReport {
        reporter: person("kofi"),
        target: person("bo"),
        reason: "insults".to_owned(),
    };
    assert!(moderation.take_report(report).await.unwrap());
    let reports = get(&server, "/admin/reports", LOCAL_TOKEN).await;
    let id = reports.body["reports"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let kept = get(&server, &format!("/admin/evidence/{id}"), LOCAL_TOKEN).await;
    let expected = [
        line("whose boat is it", true),
        line("Mine.", false),
        line("trash", true),
        line("Please stop.", false),
    ];
    assert_eq!(contents(&kept), expected);
}
