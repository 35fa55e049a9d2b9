use super::*;
use contract::admin::{PersonKind, PersonRef};
use store::records::{NewReport, ReportParty, Seen};

async fn post(server: &ApiServer, path: &str, token: &str, body: Value) -> Reply {
    server.ask("POST", path).bearer(token).json(&body).await
}

fn called(name: &str) -> Seen {
    Seen {
        name: name.to_owned(),
        player_name: name.to_owned(),
        player_id: "guest-skipper".to_owned(),
        appearance: None,
    }
}

#[tokio::test]
async fn bans_say_who_ordered_them_and_as_whom_the_guest_was_seen() {
    let server = ApiServer::start().await;
    let (mia, moderator) = server.register_as("mia", Role::Moderator).await;
    let guest = PersonRef {
        kind: PersonKind::Guest,
        subject: "0af9".to_owned(),
    };
    let people = &server.state.moderation.records().people;
    for name in ["Cap", "Skipper"] {
        people.seen(guest.clone(), called(name), [192, 0, 2, 7].into());
        people.write().await.unwrap();
    }
    for (token, subject, kind) in [
        (moderator.as_str(), "0af9", "guest"),
        (LOCAL_TOKEN, "192.0.2.9", "address"),
    ] {
        let subjects = json!([{ "kind": kind, "subject": subject }]);
        let body = json!({ "subjects": subjects, "minutes": null, "reason": "x" });
        assert_eq!(post(&server, "/admin/bans", token, body).await.status, 201);
    }
    let list = async |query: &str| {
        let reply = get(&server, &format!("/admin/bans{query}"), LOCAL_TOKEN).await;
        reply.body["bans"].as_array().unwrap().clone()
    };
    assert_eq!(list("").await.len(), 2);
    let by_mia = list(&format!("?by={mia}")).await;
    assert_eq!(by_mia.len(), 1, "{by_mia:?}");
    let ban = &by_mia[0];
    assert_eq!(ban["subjectName"], "Skipper");
    let expected = json!({ "visits": 0, "names": 2, "otherNames": ["Cap"] });
    assert_eq!(ban["seen"], expected);
    let by_host = list("?by=local-host").await;
    assert_eq!(by_host[0].get("seen"), None, "an address is nobody");
    assert_eq!(list("?by=nobody").await.len(), 0);
    let mute = json!({ "kind": "guest", "subject": "0af9", "minutes": 5 });
    post(&server, "/admin/mutes", &moderator, mute).await;
    let mutes = get(&server, &format!("/admin/mutes?by={mia}"), LOCAL_TOKEN).await;
    assert_eq!(mutes.body["mutes"][0]["seen"]["otherNames"][0], "Cap");
}

#[tokio::test]
async fn reports_tell_how_long_answers_took() {
    let server = ApiServer::start().await;
    let party = |name: &str| ReportParty {
        player_id: name.to_owned(),
        name: name.to_owned(),
        person: None,
    };
    let reports = &server.state.moderation.records().reports;
    let report = NewReport {
        reporter: party("kofi"),
        network: None,
        target: party("brk"),
        reason: String::new(),
    };
    let report = reports.add(&report).await.unwrap();
    let since = iso(now_ms() - 60_000);
    let path = format!("/admin/reports?answered={since}");
    let list = get(&server, &path, LOCAL_TOKEN).await;
    assert_eq!(list.body.get("medianAnswerMs"), None, "none was answered");
    let close = server.ask("PATCH", &format!("/admin/reports/{}", report.id));
    let resolved = json!({ "status": "resolved" });
    let closed = close.bearer(LOCAL_TOKEN).json(&resolved).await;
    assert_eq!(closed.status, 200);
    let list = get(&server, &path, LOCAL_TOKEN).await;
    assert!(list.body["medianAnswerMs"].as_u64().unwrap() < 60_000);
    let plain = get(&server, "/admin/reports", LOCAL_TOKEN).await;
    assert_eq!(plain.body.get("medianAnswerMs"), None, "not asked for");
    get(&server, "/admin/reports?answered=today", LOCAL_TOKEN)
        .await
        .refused(400, "invalid-query");
}

#[tokio::test]
async fn reasons_are_the_hosts_own_or_the_usual_ones() {
    let server = ApiServer::start().await;
    let reasons = async || get(&server, "/admin/reasons", LOCAL_TOKEN).await.body;
    let usual = json!(["following", "insults", "spam", "blocking"]);
    assert_eq!(reasons().await, json!({ "reasons": [], "usual": usual }));
    let own = json!({ "values": { "moderation_reasons": "Cool down = 10m" } });
    let change = server.ask("PATCH", "/admin/settings").bearer(LOCAL_TOKEN);
    assert_eq!(change.json(&own).await.status, 200);
    let expected = json!([{ "text": "Cool down", "minutes": 10 }]);
    assert_eq!(reasons().await, json!({ "reasons": expected, "usual": [] }));
}

#[tokio::test]
async fn an_announcement_stands_until_somebody_takes_it_away() {
    let server = ApiServer::start().await;
    let (_, moderator) = server.register_as("mia", Role::Moderator).await;
    let (_, viewer) = server.register_as("vic", Role::Viewer).await;
    let announce =
        async |token: &str, body: Value| post(&server, "/admin/announcements", token, body).await;
    for minutes in [0, 43_201] {
        let body = json!({ "message": "The gate closes.", "pinMinutes": minutes });
        announce(LOCAL_TOKEN, body)
            .await
            .refused(400, "invalid-field");
    }
    let unpin = async |token: &str| delete(&server, "/admin/announcements/pinned", token).await;
    unpin(&moderator).await.refused(404, "not-found");
    let body = json!({ "message": "The parade starts at three.", "pinMinutes": 60 });
    announce(&viewer, body.clone())
        .await
        .refused(403, "role-required");
    let pinned = announce(&moderator, body).await;
    assert_eq!(pinned.status, 200, "{pinned:?}");
    let details = &pinned.body["action"]["details"];
    assert!(details["until"].as_str().unwrap() > iso(now_ms()).as_str());
    // One that is only said takes nothing away.
    announce(LOCAL_TOKEN, json!({ "message": "Third boat is free." })).await;
    let pins = &server.state.moderation.records().pins;
    let standing = pins.standing(now_ms()).unwrap();
    assert_eq!(standing.message, "The parade starts at three.");
    assert_eq!(standing.by.name, "mia");
    unpin(&viewer).await.refused(403, "role-required");
    assert_eq!(unpin(&moderator).await.status, 204);
    assert_eq!(pins.standing(now_ms()), None);
    let audit = get(&server, "/admin/audit?action=announcement", LOCAL_TOKEN).await;
    assert_eq!(audit.body["actions"][0]["action"], "announcement.unpin");
}
