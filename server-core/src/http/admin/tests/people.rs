use super::*;
use crate::moderation::retention::{Days, forget};
use contract::Metadata;
use contract::admin::person::Worn;
use contract::admin::{Actor, PersonKind, PersonRef};
use store::records::{RemarkKind, Seen};

async fn post(server: &ApiServer, path: &str, token: &str, body: Value) -> Reply {
    server.ask("POST", path).bearer(token).json(&body).await
}

fn bo() -> Seen {
    Seen {
        name: "Bo".to_owned(),
        player_name: "Bo".to_owned(),
        player_id: "guest-bo".to_owned(),
        appearance: Worn::of(&Metadata::from_iter([(
            "appearance".to_owned(),
            json!({ "hair": "bob-red", "face": null, "shoes": 7, "wings": "large" }),
        )])),
    }
}

#[tokio::test]
async fn people_who_left_keep_their_own_faces() {
    let server = ApiServer::start().await;
    let (id, user) = server.register("ana").await;
    let guest = PersonRef {
        kind: PersonKind::Guest,
        subject: "0af9".to_owned(),
    };
    let people = &server.state.moderation.records().people;
    people.seen(guest, bo(), [192, 0, 2, 7].into());
    let path = format!("/admin/faces?people=guest:0af9,guest:0000,account:{id}");
    let faces = get(&server, &path, LOCAL_TOKEN).await.body["faces"].clone();
    let expected = json!([
        {
            "kind": "guest", "subject": "0af9", "playerId": "guest-bo",
            "appearance": { "hair": "bob-red", "face": null },
        },
        { "kind": "account", "subject": id, "playerId": id, "appearance": null },
    ]);
    assert_eq!(faces, expected, "nobody knows the one in the middle");
    get(&server, &path, &user)
        .await
        .refused(403, "role-required");
    let many = "guest:0af9,".repeat(101);
    for (query, code) in [
        (many.as_str(), "invalid-query"),
        ("king:1", "invalid-field"),
    ] {
        get(
            &server,
            &format!("/admin/faces?people={query}"),
            LOCAL_TOKEN,
        )
        .await
        .refused(400, code);
    }
}

#[tokio::test]
async fn a_record_tells_who_lifted_a_sanction_and_whether_a_warning_was_read() {
    let server = ApiServer::start().await;
    let (id, _) = server.register("ana").await;
    let path = format!("/admin/people/account/{id}");
    let mute = json!({ "kind": "account", "subject": id, "minutes": 10 });
    let mute = post(&server, "/admin/mutes", LOCAL_TOKEN, mute).await;
    let mute = format!("/admin/mutes/{}", mute.body["mute"]["id"].as_str().unwrap());
    assert_eq!(delete(&server, &mute, LOCAL_TOKEN).await.status, 204);
    let (records, person) = (
        server.state.moderation.records(),
        PersonRef {
            kind: PersonKind::Account,
            subject: id,
        },
    );
    let by = Actor {
        id: "mod".to_owned(),
        name: "Mo".to_owned(),
    };
    records.kicks.add(&person, &by, "Spam.").await.unwrap();
    let remarks = &records.remarks;
    let warning = remarks.add(RemarkKind::Warning, &person, &by, "Be kind.");
    let warning = warning.await.unwrap();
    let record = async || get(&server, &path, LOCAL_TOKEN).await.body["record"].clone();
    let before = record().await;
    assert_eq!(before["sanctions"][0]["liftedBy"]["id"], "local-host");
    assert_eq!(before["kicks"][0]["reason"], "Spam.");
    assert_eq!(before["kicks"][0]["by"]["name"], "Mo");
    assert_eq!(before["warnings"][0]["readAt"], Value::Null);
    remarks.read(&person, &warning.id).await.unwrap();
    assert!(record().await["warnings"][0]["readAt"].is_string());
}

#[tokio::test]
async fn a_record_holds_what_is_known_and_notes_come_and_go() {
    let server = ApiServer::start().await;
    let (id, _) = server.register("ana").await;
    let path = format!("/admin/people/account/{id}");
    let record = async || get(&server, &path, LOCAL_TOKEN).await.body["record"].clone();
    assert_eq!(record().await["user"]["username"], "ana");
    assert_eq!(record().await["firstSeenAt"], Value::Null);

    let (notes, text) = (format!("{path}/notes"), json!({ "text": " Kind. " }));
    let note = post(&server, &notes, LOCAL_TOKEN, text).await;
    assert_eq!(
        (note.status.as_u16(), &note.body["note"]["text"]),
        (201, &json!("Kind."))
    );
    let mute = json!({ "kind": "account", "subject": id, "minutes": null });
    post(&server, "/admin/mutes", LOCAL_TOKEN, mute).await;
    let ban = json!({ "subjects": [{ "kind": "account", "subject": id }], "minutes": 5 });
    post(&server, "/admin/bans", LOCAL_TOKEN, ban).await;
    let full = record().await;
    assert_eq!(full["notes"][0]["author"]["id"], "local-host");
    let types: Vec<_> = full["sanctions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["type"])
        .collect();
    assert_eq!(types, ["ban", "mute"]);

    let note = format!("/admin/notes/{}", note.body["note"]["id"].as_str().unwrap());
    assert_eq!(delete(&server, &note, LOCAL_TOKEN).await.status, 204);
    delete(&server, &note, LOCAL_TOKEN)
        .await
        .refused(404, "not-found");
    assert_eq!(record().await["notes"], json!([]));
    get(&server, "/admin/people/account/nobody", LOCAL_TOKEN)
        .await
        .refused(404, "not-found");
    let stranger = get(&server, "/admin/people/guest/0af9", LOCAL_TOKEN).await;
    assert_eq!(stranger.status, 200, "a guest may have been forgotten");
}

#[tokio::test]
async fn what_is_too_old_is_forgotten() {
    let server = ApiServer::start().await;
    let records = server.state.moderation.records();
    let guest = PersonRef {
        kind: PersonKind::Guest,
        subject: "0af9".to_owned(),
    };
    records
        .people
        .seen(guest.clone(), bo(), [192, 0, 2, 7].into());
    records.people.write().await.unwrap();
    let archive = server.state.accounts.archive();
    let old = ChatMessage {
        id: MessageId("old".to_owned()),
        player_id: "bo".to_owned(),
        author: "Bo".to_owned(),
        content: "hello".to_owned(),
        timestamp: iso(now_ms()),
    };
    archive.push(old, Some(guest.clone()));
    let stop = CancellationToken::new();
    stop.cancel();
    archive.writer(stop).await;
    let known = async || {
        let reply = get(&server, "/admin/people/guest/0af9", LOCAL_TOKEN).await;
        let record = &reply.body["record"];
        let count = |key: &str| record[key].as_array().unwrap().len();
        (count("messages"), count("addresses"))
    };
    let accounts = &server.state.accounts;
    let day = 86_400_000;
    let in_days = |days: i64| now_ms() + days * day;
    let days = |chat, addresses, record| Days {
        chat,
        addresses,
        record,
        audit: 0,
    };
    let run = async |limits, now| forget(accounts, records, limits, now).await.unwrap();
    run(days(0, 0, 0), in_days(10_000)).await;
    assert_eq!(known().await, (1, 1), "zero keeps everything");
    run(days(90, 30, 0), in_days(29)).await;
    assert_eq!(known().await, (1, 1));
    run(days(90, 30, 0), in_days(31)).await;
    assert_eq!(known().await, (1, 0));
    run(days(90, 30, 0), in_days(91)).await;
    assert_eq!(known().await, (0, 0));
}

#[tokio::test]
async fn a_host_makes_accounts_and_sets_passwords() {
    let server = ApiServer::start().await;
    let form = |name: &str, role: &str| {
        json!({
            "username": name, "email": format!("{name}@example.org"),
            "password": "correct horse", "role": role,
        })
    };
    let made = post(
        &server,
        "/admin/users",
        LOCAL_TOKEN,
        form("mia", "moderator"),
    )
    .await;
    assert_eq!(
        (made.status.as_u16(), &made.body["user"]["role"]),
        (201, &json!("moderator"))
    );
    assert!(!made.body.to_string().contains("password"));
    for (body, status, code) in [
        (form("mia", "user"), 409, "email-taken"),
        (form("x", "king"), 400, "invalid-field"),
        (json!({ "username": "y" }), 400, "invalid-field"),
    ] {
        post(&server, "/admin/users", LOCAL_TOKEN, body)
            .await
            .refused(status, code);
    }
    let log_in = async |password: &str| {
        let body = json!({ "email": "mia@example.org", "password": password });
        server.ask("POST", "/auth/login").json(&body).await
    };
    let token = log_in("correct horse").await.body["token"]
        .as_str()
        .unwrap()
        .to_owned();
    let path = format!(
        "/admin/users/{}/password",
        made.body["user"]["id"].as_str().unwrap()
    );
    post(&server, &path, LOCAL_TOKEN, json!({ "password": "short" }))
        .await
        .refused(400, "invalid-field");
    let reset = post(
        &server,
        &path,
        LOCAL_TOKEN,
        json!({ "password": "battery staple" }),
    )
    .await;
    assert_eq!(reset.status, 204);
    get(&server, "/admin/me", &token)
        .await
        .refused(401, "not-logged-in");
    log_in("correct horse")
        .await
        .refused(401, "wrong-credentials");
    assert_eq!(log_in("battery staple").await.status, 200);
}

#[tokio::test]
async fn me_says_who_and_what_is_allowed() {
    let server = ApiServer::start().await;
    let (id, viewer) = server.register_as("vic", Role::Viewer).await;
    let me = get(&server, "/admin/me", &viewer).await.body;
    assert_eq!(
        (&me["user"]["id"], &me["local"]),
        (&json!(id), &json!(false))
    );
    assert_eq!((&me["role"], &me["rights"]), (&json!("viewer"), &json!([])));
    let local = get(&server, "/admin/me", LOCAL_TOKEN).await.body;
    assert_eq!(
        (&local["user"], &local["local"]),
        (&Value::Null, &json!(true))
    );
    assert!(
        local["rights"]
            .as_array()
            .unwrap()
            .contains(&json!("kick-all"))
    );
}
