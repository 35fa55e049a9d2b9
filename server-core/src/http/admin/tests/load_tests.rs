//! Load tests over REST. Their process is a program that ends at once without a word.

use serde_json::{Value, json};

use crate::http::test_support::{ApiServer, LOCAL_TOKEN};
use contract::rest::Role;

async fn start(server: &ApiServer, body: &Value) -> crate::http::test_support::Reply {
    let ask = server.ask("POST", "/admin/load-tests").bearer(LOCAL_TOKEN);
    ask.json(body).await
}

async fn ended(server: &ApiServer, path: &str) -> Value {
    loop {
        let reply = server.ask("GET", path).bearer(LOCAL_TOKEN).send().await;
        assert_eq!(reply.status, 200, "{reply:?}");
        if reply.body["run"]["endedAt"].is_string() {
            return reply.body;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn hosts_start_and_delete_and_the_rest_looks() {
    let server = ApiServer::start().await;
    let (_, viewer) = server.register_as("vera", Role::Viewer).await;
    let (_, moderator) = server.register_as("mo", Role::Moderator).await;
    let ask = |method, path: &str, token: &str| server.ask(method, path).bearer(token);
    for token in [&viewer, &moderator] {
        let body = json!({});
        let refused = ask("POST", "/admin/load-tests", token).json(&body).await;
        refused.refused(403, "role-required");
    }
    let started = start(&server, &json!({ "clients": 5 })).await;
    assert_eq!(started.status, 201, "{started:?}");
    let run = &started.body["run"];
    assert_eq!(run["state"], "running");
    assert_eq!(run["plan"]["targetUrl"], "http://127.0.0.1:4000");
    assert_eq!(run["plan"]["durationMs"], 60_000);
    let action = &started.body["action"];
    assert_eq!(action["action"], "load-test.start");
    assert_eq!(action["subjectName"], "5 clients, plain");
    let path = format!("/admin/load-tests/{}", run["id"].as_str().unwrap());
    let detail = ended(&server, &path).await;
    assert_eq!(detail["run"]["why"]["code"], "process-died");
    assert_eq!(detail["report"], Value::Null);

    let list = ask("GET", "/admin/load-tests", &viewer).send().await;
    assert_eq!(list.body["total"], 1);
    assert_eq!(list.body["runs"][0]["state"], "failed");
    assert_eq!(list.body["terms"]["maxClients"], 2000);
    let stop = format!("{path}/stop");
    ask("POST", &stop, LOCAL_TOKEN)
        .send()
        .await
        .refused(409, "load-test-over");
    ask("DELETE", &path, &moderator)
        .send()
        .await
        .refused(403, "role-required");
    let csv = ask("GET", &format!("{path}/export?format=csv"), &viewer).raw();
    assert!(String::from_utf8(csv.await).unwrap().starts_with("second,"));
    ask("GET", &format!("{path}/export?format=html"), &viewer)
        .send()
        .await
        .refused(409, "no-report");
    assert_eq!(ask("DELETE", &path, LOCAL_TOKEN).send().await.status, 204);
    for method in ["GET", "DELETE"] {
        let gone = ask(method, &path, LOCAL_TOKEN).send().await;
        gone.refused(404, "not-found");
    }
}

#[tokio::test]
async fn what_must_not_be_loaded_is_refused_with_a_sentence() {
    let server = ApiServer::start().await;
    for (body, code) in [
        (
            json!({ "targetUrl": "http://192.0.2.1:4000" }),
            "public-target",
        ),
        (json!({ "targetUrl": "https://192.0.2.1" }), "public-target"),
        (json!({ "targetUrl": "ftp://10.0.0.1" }), "invalid-target"),
        (json!({ "clients": 2001 }), "invalid-field"),
        (json!({ "durationMs": 0 }), "invalid-field"),
    ] {
        start(&server, &body).await.refused(400, code);
    }
    for body in [json!({ "clients": "many" }), json!({ "mode": "fast" })] {
        assert_eq!(start(&server, &body).await.status, 400, "{body}");
    }
    let list = server.ask("GET", "/admin/load-tests").bearer(LOCAL_TOKEN);
    assert_eq!(list.send().await.body["total"], 0);
}
