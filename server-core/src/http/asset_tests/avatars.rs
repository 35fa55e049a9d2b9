use serde_json::json;

use super::*;

const ME: &str = "/avatars/me";

async fn put(server: &ApiServer, token: &str, body: &Value) -> Raw {
    send(server, "PUT", ME, Some(token), body).await
}

#[tokio::test]
async fn a_stranger_has_no_avatar() {
    let server = ApiServer::start().await;
    get(&server, ME, None).await.refused(401, "not-logged-in");
    let body = json!({ "name": "Mira" });
    send(&server, "PUT", ME, None, &body)
        .await
        .refused(401, "not-logged-in");
}

#[tokio::test]
async fn the_first_put_creates_and_later_ones_merge() {
    let server = ApiServer::start().await;
    let (_, token) = server.register("mira").await;
    assert_eq!(
        get(&server, ME, Some(&token)).await.json(),
        json!({ "avatar": null })
    );

    let body = json!({ "name": " Mira ", "appearance": { "hair": "bun-red", "cape": "x" } });
    let made = put(&server, &token, &body).await;
    assert_eq!(made.status, 201);
    let made = made.json()["avatar"].clone();
    assert_eq!(made["name"], "Mira");
    let layers = json!({ "hair": "bun-red", "face": null, "outfit": null, "shoes": null });
    assert_eq!(made["appearance"], layers);

    let body = json!({ "appearance": { "shoes": "red" }, "spriteAssetId": "harbour-ana" });
    let changed = put(&server, &token, &body).await;
    assert_eq!(changed.status, 200);
    let changed = changed.json()["avatar"].clone();
    assert_eq!(
        (&changed["id"], &changed["name"]),
        (&made["id"], &made["name"])
    );
    let layers = json!({ "hair": "bun-red", "face": null, "outfit": null, "shoes": "red" });
    assert_eq!(changed["appearance"], layers);
    let url = &server.state.assets.atlas().lookup["harbour-ana"].image_url;
    assert_eq!(changed["sprite"], json!(url));

    let body = json!({ "appearance": { "hair": null }, "spriteAssetId": null });
    let off = put(&server, &token, &body).await.json()["avatar"].clone();
    let layers = json!({ "hair": null, "face": null, "outfit": null, "shoes": "red" });
    assert_eq!(
        (&off["appearance"], &off["spriteAssetId"]),
        (&layers, &Value::Null)
    );
    assert_eq!(get(&server, ME, Some(&token)).await.json()["avatar"], off);

    let (_, other) = server.register("other").await;
    assert_eq!(
        get(&server, ME, Some(&other)).await.json(),
        json!({ "avatar": null })
    );
}

#[tokio::test]
async fn a_put_that_says_nothing_usable_is_a_400() {
    let server = ApiServer::start().await;
    let (_, token) = server.register("mira").await;
    let check = async |body: Value, code: &str| {
        put(&server, &token, &body).await.refused(400, code);
    };
    check(json!({}), "nothing-to-change").await;
    check(json!({ "appearance": {} }), "nothing-to-change").await;
    check(
        json!({ "appearance": { "cape": "x" } }),
        "nothing-to-change",
    )
    .await;
    check(json!({ "name": null }), "nothing-to-change").await;
    check(json!({ "id": "x", "userId": "y" }), "nothing-to-change").await;
    check(json!({ "appearance": { "hair": "bob" } }), "missing-field").await;
    check(json!({ "name": " \u{200B} " }), "invalid-field").await;
    check(json!({ "name": "a".repeat(101) }), "invalid-field").await;
    check(json!({ "name": 5 }), "invalid-field").await;
    check(json!({ "name": "Mira", "appearance": [] }), "invalid-field").await;
    check(
        json!({ "name": "Mira", "appearance": { "hair": {} } }),
        "invalid-field",
    )
    .await;
    check(
        json!({ "name": "Mira", "appearance": { "hair": "x".repeat(201) } }),
        "invalid-field",
    )
    .await;
    check(
        json!({ "name": "Mira", "spriteAssetId": "nothing" }),
        "invalid-field",
    )
    .await;
    check(json!([]), "invalid-json").await;
    assert_eq!(
        get(&server, ME, Some(&token)).await.json(),
        json!({ "avatar": null })
    );
}
