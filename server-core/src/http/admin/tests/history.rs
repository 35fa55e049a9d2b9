use super::*;
use contract::admin::{PersonKind, PersonRef};
use runtime::clock::parse_iso;
use store::chronicle::MeasuredSecond;
use store::records::StoredVisit;

const MINUTE: i64 = 60_000;

/// A guest's visit that began and ended so many minutes ago.
fn visit(name: &str, began: i64, ended: i64, how: &str) -> StoredVisit {
    let guest = PersonRef {
        kind: PersonKind::Guest,
        subject: name.to_lowercase(),
    };
    let times = (now_ms() - began * MINUTE, now_ms() - ended * MINUTE);
    StoredVisit {
        how: how.to_owned(),
        ..StoredVisit::of(guest, &format!("guest-{name}"), name, times)
    }
}

#[tokio::test]
async fn an_hour_a_day_and_a_week_are_told_with_their_gaps() {
    let server = ApiServer::start().await;
    let moderation = &server.state.moderation;
    let chronicle = moderation.feed().chronicle();
    // Twenty minutes ago five people, then a closed server, then two and eight bots.
    let begin = (now_ms() - 20 * MINUTE).div_euclid(10_000) * 10_000;
    let seconds = (0..20_i64).map(|n| (n, 5, 0));
    let later = (600..611_i64).map(|n| (n, 2, 8));
    for (n, people, bots) in seconds.chain(later) {
        let second = MeasuredSecond {
            people,
            bots,
            messages: 1,
            deliveries: 100,
            flush_ms: [Some(0.25), None, None],
        };
        chronicle.note(begin + n * 1000, &second);
    }
    let visits = &moderation.records().visits;
    visits.ended(visit("Ana", 90, 30, "left"));
    visits.ended(visit("Bo", 40, 20, "kicked"));
    visits.ended(visit("Eve", 200, 190, "left"));

    let reply = get(&server, "/admin/history?range=hour", LOCAL_TOKEN).await;
    assert_eq!(reply.status, 200, "{reply:?}");
    let told = reply.body["points"].as_array().unwrap();
    let at = |point: &Value| parse_iso(point["at"].as_str().unwrap()).unwrap() - begin;
    let times: Vec<_> = told.iter().map(at).collect();
    assert_eq!(times, [0, 10_000, 600_000], "what was closed is no zero");
    let last = json!({
        "at": iso(begin + 600_000), "people": 2.0, "mostPeople": 2, "mostBots": 8, "messages": 10,
        "deliveries": 100.0, "mostDeliveries": 100,
        "flushP50Ms": 0.25, "flushP95Ms": null, "flushP99Ms": null,
    });
    assert_eq!(told[2], last);
    assert_eq!(reply.body["stepSeconds"], 10);
    let peak = json!({ "people": 5, "at": iso(begin) });
    assert_eq!(reply.body["peak"], peak);
    assert_eq!(reply.body["visits"], 2);
    assert_eq!(reply.body["here"], 0);
    let endings = json!([{ "how": "left", "count": 1 }, { "how": "kicked", "count": 1 }]);
    assert_eq!(reply.body["endings"], endings);
    // Half an hour of Ana's hour lies before the range, and 20 minutes are Bo's.
    let minutes = reply.body["spentMs"].as_i64().unwrap() as f64 / MINUTE as f64;
    assert!((49.0..51.0).contains(&minutes), "{minutes}");

    let day = get(&server, "/admin/history", LOCAL_TOKEN).await.body;
    assert_eq!(
        (&day["range"], &day["stepSeconds"]),
        (&json!("day"), &json!(300))
    );
    assert_eq!(day["visits"], 3);
    let week = get(&server, "/admin/history?range=week", LOCAL_TOKEN).await;
    assert_eq!(week.body["peak"]["people"], 5);
    get(&server, "/admin/history?range=year", LOCAL_TOKEN)
        .await
        .refused(400, "invalid-query");
    let (_, user) = server.register("ana").await;
    let (_, viewer) = server.register_as("vera", Role::Viewer).await;
    for path in ["/admin/history", "/admin/visits"] {
        get(&server, path, &user)
            .await
            .refused(403, "role-required");
        assert_eq!(get(&server, path, &viewer).await.status, 200);
    }
    server.break_database().await;
    get(&server, "/admin/history", LOCAL_TOKEN)
        .await
        .refused(503, "unavailable");
}

#[tokio::test]
async fn visits_that_are_over_come_page_by_page() {
    let server = ApiServer::start().await;
    let visits = &server.state.moderation.records().visits;
    for (name, began, ended) in [("Ana", 90, 30), ("Bo", 40, 20), ("Élan", 9000, 5000)] {
        visits.ended(visit(name, began, ended, "lost"));
    }
    let names = async |query: &str| {
        let path = format!("/admin/visits?{query}");
        let body = get(&server, &path, LOCAL_TOKEN).await.body;
        let listed = body["visits"].as_array().unwrap().clone();
        let names = listed
            .iter()
            .map(|it| it["name"].as_str().unwrap().to_owned());
        (body["total"].as_u64().unwrap(), names.collect::<Vec<_>>())
    };
    let all = ["Bo", "Ana", "Élan"].map(str::to_owned);
    assert_eq!(names("").await, (3, all.to_vec()));
    assert_eq!(names("limit=1&offset=1").await, (3, all[1..2].to_vec()));
    let today = iso(now_ms() - 24 * 60 * MINUTE);
    assert_eq!(
        names(&format!("from={today}")).await,
        (2, all[..2].to_vec())
    );
    assert_eq!(names(&format!("to={today}")).await, (1, all[2..].to_vec()));
    assert_eq!(names("search=%C3%A9L").await, (1, all[2..].to_vec()));
    let one = get(&server, "/admin/visits?search=bo", LOCAL_TOKEN).await;
    let one = &one.body["visits"][0];
    let person = json!({ "kind": "guest", "subject": "bo" });
    assert_eq!((&one["person"], &one["how"]), (&person, &json!("lost")));
    get(&server, "/admin/visits?colour=red", LOCAL_TOKEN)
        .await
        .refused(400, "unknown-filter");
}
