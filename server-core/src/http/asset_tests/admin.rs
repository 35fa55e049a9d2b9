use std::io::Cursor;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::Request;
use serde_json::json;
use store::accounts::AuditFilter;

use super::*;
use contract::rest::Role;
use store::assets::MAX_UPLOAD_BYTES;

const SPRITES: &str = "/admin/assets/sprites";
const GENERATE: &str = "/admin/assets/sprites/generate";
const BOUNDARY: &str = "----form";

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image::RgbaImage::from_pixel(width, height, image::Rgba([9, 8, 7, 255]))
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

fn upload(image: &[u8]) -> Value {
    json!({ "name": "Crate", "category": "prop", "image": STANDARD.encode(image) })
}

async fn host() -> (ApiServer, String) {
    let server = ApiServer::start().await;
    let (_, token) = server.register_as("hope", Role::Host).await;
    (server, token)
}

/// A form of `(name, content)` fields, truncated after `length` bytes.
async fn form(server: &ApiServer, token: &str, fields: &[(&str, &[u8])], length: usize) -> Raw {
    let mut body = Vec::new();
    for (name, content) in fields {
        let file = if *name == "image" {
            "; filename=\"a.png\""
        } else {
            ""
        };
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n"
        );
        body.extend(head.as_bytes());
        body.extend(*content);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{BOUNDARY}--\r\n").as_bytes());
    body.truncate(length);
    let request = Request::post(SPRITES)
        .header("authorization", format!("Bearer {token}"))
        .header(
            "content-type",
            format!("multipart/form-data; boundary={BOUNDARY}"),
        )
        .body(Body::from(body))
        .unwrap();
    ask(server, request).await
}

#[tokio::test]
async fn only_a_host_changes_sprites() {
    let server = ApiServer::start().await;
    let check = async |token: Option<&str>, list: u16, change: u16| {
        assert_eq!(get(&server, SPRITES, token).await.status, list);
        for (method, path) in [
            ("POST", SPRITES),
            ("POST", GENERATE),
            ("PATCH", "/admin/assets/sprites/harbour-ana"),
            ("DELETE", "/admin/assets/sprites/harbour-ana"),
        ] {
            let found = send(&server, method, path, token, &json!({})).await;
            assert_eq!(found.status, change, "{method} {path}");
        }
    };
    check(None, 401, 401).await;
    let (_, user) = server.register("user").await;
    check(Some(&user), 403, 403).await;
    let (_, moderator) = server.register_as("mona", Role::Moderator).await;
    check(Some(&moderator), 200, 403).await;
    assert_eq!(server.state.assets.atlas().version, 1);
}

#[tokio::test]
async fn an_uploaded_sprite_is_listed_served_changed_and_deleted() {
    let (server, token) = host().await;
    let token = Some(token.as_str());
    let made = send(&server, "POST", SPRITES, token, &upload(&png(40, 20))).await;
    assert_eq!(made.status, 201);
    let sprite = made.json()["sprite"].clone();
    assert_eq!(sprite["metadata"]["frameWidth"], 40);
    let url = sprite["imageUrl"].as_str().unwrap();
    assert_eq!(get(&server, url, None).await.status, 200);
    let path = format!("{SPRITES}/{}", sprite["id"].as_str().unwrap());

    let body = json!({ "name": "Box", "metadata": { "framesPerSecond": 4 } });
    let changed = send(&server, "PATCH", &path, token, &body).await;
    assert_eq!(changed.status, 200);
    let changed = changed.json()["sprite"].clone();
    assert_eq!(
        (&changed["name"], &changed["category"]),
        (&json!("Box"), &json!("prop"))
    );
    assert_eq!(changed["metadata"]["frameWidth"], 40);
    let atlas = get(&server, "/assets/sprites/atlas", None).await.json();
    assert_eq!(atlas["atlas"]["version"], 3);
    assert_eq!(
        atlas["atlas"]["lookup"][sprite["id"].as_str().unwrap()],
        changed
    );

    assert_eq!(
        send(&server, "DELETE", &path, token, &Value::Null)
            .await
            .status,
        204
    );
    send(&server, "DELETE", &path, token, &Value::Null)
        .await
        .refused(404, "not-found");
    send(&server, "PATCH", &path, token, &body)
        .await
        .refused(404, "not-found");
    get(&server, url, None).await.refused(404, "not-found");

    let audit = server.state.accounts.audit();
    let (_, log) = audit.list(&AuditFilter::default(), 10, 0).await.unwrap();
    let actions: Vec<_> = log.iter().map(|e| e.action.as_str()).collect();
    assert_eq!(
        actions[..3],
        ["sprite.delete", "sprite.change", "sprite.upload"]
    );
}

#[tokio::test]
async fn a_form_uploads_like_json_does() {
    let (server, token) = host().await;
    let image = png(192, 320);
    let fields: [(&str, &[u8]); 4] = [
        ("name", b"Mira"),
        ("category", b"avatar"),
        ("metadata", b""),
        ("image", &image),
    ];
    let made = form(&server, &token, &fields, usize::MAX).await;
    assert_eq!(made.status, 201, "{}", made.json());
    let sprite = made.json()["sprite"].clone();
    assert_eq!(sprite["metadata"]["framesPerRow"], 4);
    let look = server
        .state
        .assets
        .avatar_look(sprite["id"].as_str().unwrap())
        .await;
    assert_eq!(look.unwrap().unwrap().name, "Mira");

    form(&server, &token, &fields[1..], usize::MAX)
        .await
        .refused(400, "missing-field");
    form(&server, &token, &fields[..3], usize::MAX)
        .await
        .refused(400, "missing-field");
    form(&server, &token, &fields, 300)
        .await
        .refused(400, "broken-form");
    form(&server, &token, &[("metadata", b"{")], usize::MAX)
        .await
        .refused(400, "invalid-field");
    form(&server, &token, &[("name", b"\xFF")], usize::MAX)
        .await
        .refused(400, "broken-form");
    let large = vec![0; MAX_UPLOAD_BYTES + 1];
    form(&server, &token, &[("image", &large)], usize::MAX)
        .await
        .refused(400, "invalid-image");
    let huge = vec![0; 4 * MAX_UPLOAD_BYTES];
    let found = form(&server, &token, &[("other", &huge)], usize::MAX).await;
    found.refused(400, "broken-form");
    assert_eq!(server.state.assets.atlas().version, 2);
}

#[tokio::test]
async fn a_hostile_upload_is_a_400() {
    let (server, token) = host().await;
    let check = async |body: Value, code: &str| {
        let found = send(&server, "POST", SPRITES, Some(&token), &body).await;
        found.refused(400, code);
    };
    let whole = png(64, 64);
    check(upload(&whole[..whole.len() / 2]), "invalid-image").await;
    check(upload(b"<svg/>"), "invalid-image").await;
    check(upload(&[]), "invalid-image").await;
    check(upload(&png(1025, 1)), "invalid-image").await;
    check(upload(&vec![0; MAX_UPLOAD_BYTES + 1]), "invalid-image").await;
    let with = |key: &str, value: Value| {
        let mut body = upload(&whole);
        body[key] = value;
        body
    };
    check(with("image", json!("no base64!")), "invalid-field").await;
    check(
        with("image", json!("A".repeat(4 * MAX_UPLOAD_BYTES))),
        "too-large",
    )
    .await;
    check(with("image", Value::Null), "missing-field").await;
    check(with("name", json!("  ")), "invalid-field").await;
    check(with("name", json!("n".repeat(101))), "invalid-field").await;
    check(with("category", Value::Null), "missing-field").await;
    check(with("metadata", json!([])), "invalid-field").await;
    check(
        with("metadata", json!({ "frameWidth": 65 })),
        "invalid-field",
    )
    .await;
    check(json!([]), "invalid-json").await;
    let odd = json!({ "framesPerRow": 3 });
    check(with("metadata", odd.clone()), "invalid-field").await;
    assert_eq!(server.state.assets.atlas().version, 1);

    let made = send(&server, "POST", SPRITES, Some(&token), &upload(&whole)).await;
    let path = format!(
        "{SPRITES}/{}",
        made.json()["sprite"]["id"].as_str().unwrap()
    );
    let body = json!({ "metadata": odd });
    let refused = send(&server, "PATCH", &path, Some(&token), &body).await;
    let sentence = refused.json()["message"].clone();
    assert!(
        sentence.as_str().unwrap().contains("64 pixels wide"),
        "{sentence}"
    );
    refused.refused(400, "invalid-field");
}

#[tokio::test]
async fn a_drawn_sprite_can_be_worn() {
    let (server, token) = host().await;
    let token = Some(token.as_str());
    let body = json!({
        "name": "Mira", "category": "avatar", "generator": "procedural",
        "description": "a sailor in a blue striped coat",
    });
    let made = send(&server, "POST", GENERATE, token, &body).await;
    assert_eq!(made.status, 201);
    let sprite = made.json()["sprite"].clone();
    let outfit = sprite["metadata"]["appearance"]["outfit"].as_str().unwrap();
    assert!(outfit.starts_with("stripes-blue"), "{outfit}");
    let look = server
        .state
        .assets
        .avatar_look(sprite["id"].as_str().unwrap())
        .await;
    let look = look.unwrap().unwrap();
    assert_eq!(look.sprite_asset_id.as_deref(), sprite["id"].as_str());
    assert_eq!(look.appearance["outfit"], outfit);

    let check = async |key: &str, value: Value, code: &str| {
        let mut body = body.clone();
        body[key] = value;
        send(&server, "POST", GENERATE, token, &body)
            .await
            .refused(400, code);
    };
    check("name", Value::Null, "missing-field").await;
    check("category", json!(""), "invalid-field").await;
    check("generator", json!("painter"), "invalid-field").await;
    check("generator", json!(1), "invalid-field").await;
    check("description", json!("d".repeat(501)), "invalid-field").await;
}

#[tokio::test]
async fn a_patch_that_says_nothing_usable_is_a_400() {
    let (server, token) = host().await;
    let check = async |body: Value, code: &str| {
        let path = "/admin/assets/sprites/harbour-ana";
        send(&server, "PATCH", path, Some(&token), &body)
            .await
            .refused(400, code);
    };
    check(json!({}), "nothing-to-change").await;
    check(json!({ "image": "x" }), "nothing-to-change").await;
    check(json!({ "name": "" }), "invalid-field").await;
    check(
        json!({ "metadata": { "frameHeight": 81 } }),
        "invalid-field",
    )
    .await;
    check(
        json!({ "metadata": { "note": "n".repeat(5000) } }),
        "invalid-field",
    )
    .await;
    let path = "/admin/assets/sprites/%00";
    let found = send(
        &server,
        "PATCH",
        path,
        Some(&token),
        &json!({ "name": "x" }),
    )
    .await;
    found.refused(404, "not-found");
}

#[tokio::test]
async fn a_preview_is_what_would_be_made_and_is_kept_nowhere() {
    let (server, token) = host().await;
    let order = json!({ "name": "Otto", "category": "avatar", "description": "green hat" });
    let path = "/admin/assets/sprites/preview";
    let before = server.state.assets.atlas().version;
    let preview = send(&server, "POST", path, Some(&token), &order).await;
    assert_eq!(preview.status, 200);
    assert_eq!(server.state.assets.atlas().version, before);
    let shown = preview.json();
    let image = shown["image"].as_str().unwrap();
    let image = image.strip_prefix("data:image/png;base64,").unwrap();
    let made = send(&server, "POST", GENERATE, Some(&token), &order).await;
    assert_eq!(
        made.json()["sprite"]["metadata"],
        preview.json()["metadata"]
    );
    let bytes = STANDARD.decode(image).unwrap();
    assert!(image::load_from_memory(&bytes).is_ok());
    let unnamed = send(&server, "POST", path, Some(&token), &json!({})).await;
    assert_eq!(unnamed.status, 200);
    let (_, viewer) = server.register_as("vic", Role::Viewer).await;
    let refused = send(&server, "POST", path, Some(&viewer), &order).await;
    refused.refused(403, "role-required");
}
