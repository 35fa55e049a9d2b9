use http::Request;

use super::*;

#[tokio::test]
async fn the_list_is_paged_and_bounded() {
    let server = ApiServer::start().await;
    let check = async |query: &str, limit: u64, offset: u64, count: usize| {
        let found = get(&server, &format!("/assets/sprites{query}"), None).await;
        let body = found.json();
        assert_eq!(found.status, 200, "{query}");
        assert_eq!(body["total"], 12, "{query}");
        assert_eq!(body["limit"], limit, "{query}");
        assert_eq!(body["offset"], offset, "{query}");
        assert_eq!(body["assets"].as_array().unwrap().len(), count, "{query}");
    };
    check("", 50, 0, 12).await;
    check("?limit=5&offset=10", 5, 10, 2).await;
    check("?limit=100000", 200, 0, 12).await;
    check("?offset=4000000000", 50, 4_000_000_000, 0).await;
    check("?category=avatar&limit=1", 1, 0, 1).await;
    for query in [
        "?limit=0",
        "?limit=-1",
        "?offset=x",
        "?limit=1e9",
        "?limit=1&limit=2",
    ] {
        let found = get(&server, &format!("/assets/sprites{query}"), None).await;
        found.refused(400, "invalid-query");
    }
    let none = get(&server, "/assets/sprites?category=%00%ff", None).await;
    assert!(none.status == 200 || none.status == 400, "{}", none.status);
}

#[tokio::test]
async fn the_atlas_lists_and_looks_up_the_same_sprites() {
    let server = ApiServer::start().await;
    let atlas = get(&server, "/assets/sprites/atlas", None).await.json();
    let atlas = &atlas["atlas"];
    assert_eq!(atlas["version"], 1);
    let sprites = atlas["sprites"].as_array().unwrap();
    assert_eq!(sprites.len(), 12);
    for sprite in sprites {
        assert_eq!(&atlas["lookup"][sprite["id"].as_str().unwrap()], sprite);
    }
}

#[tokio::test]
async fn an_image_is_kept_for_good_at_its_own_address_only() {
    let server = ApiServer::start().await;
    let url = server.state.assets.atlas().lookup["harbour-ana"]
        .image_url
        .clone();
    let image = get(&server, &url, None).await;
    assert_eq!(image.status, 200);
    assert_eq!(image.header("content-type"), "image/png");
    assert_eq!(image.header("x-content-type-options"), "nosniff");
    assert!(image.header("cache-control").contains("immutable"));
    assert_eq!(image::load_from_memory(&image.bytes).unwrap().width(), 192);

    for path in [
        "/static/sprites/harbour-ana.png",
        "/static/sprites/harbour-ana.png?v=old",
    ] {
        let image = get(&server, path, None).await;
        assert_eq!(
            (image.status.as_u16(), image.header("cache-control")),
            (200, "no-cache")
        );
    }
}

#[tokio::test]
async fn a_known_image_is_not_sent_again() {
    let server = ApiServer::start().await;
    let path = "/static/sprites/harbour-ana.png";
    let tag = get(&server, path, None).await.header("etag").to_owned();
    let check = async |sent: &str, status: u16| {
        let request = Request::get(path).header("if-none-match", sent);
        let found = ask(&server, request.body(Body::empty()).unwrap()).await;
        assert_eq!(found.status, status, "{sent}");
        assert_eq!(found.bytes.is_empty(), status == 304, "{sent}");
        assert_eq!(found.header("etag"), tag, "{sent}");
    };
    check(&tag, 304).await;
    check(&format!("W/{tag}"), 304).await;
    check(&format!("\"other\", {tag}"), 304).await;
    check("*", 304).await;
    check("\"other\"", 200).await;
    check("", 200).await;
}

#[tokio::test]
async fn nothing_else_is_under_static() {
    let server = ApiServer::start().await;
    for path in [
        "/static/sprites/nobody.png",
        "/static/sprites/harbour-ana",
        "/static/sprites/harbour-ana.PNG",
        "/static/sprites/.png",
        "/static/sprites/..%2f..%2fetc%2fpasswd",
        "/static/sprites/%00.png",
        "/static/sprites/%ff.png",
        "/static/sprites/'or'1'='1.png",
    ] {
        get(&server, path, None).await.refused(404, "not-found");
    }
    for path in [
        "/static",
        "/static/",
        "/static/sprites",
        "/static/sprites/a/b.png",
    ] {
        assert_eq!(get(&server, path, None).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn a_broken_database_is_a_503_and_the_atlas_lives_on() {
    let server = ApiServer::start().await;
    server.break_database().await;
    get(&server, "/assets/sprites", None)
        .await
        .refused(503, "unavailable");
    let image = get(&server, "/static/sprites/harbour-ana.png", None).await;
    image.refused(503, "unavailable");
    assert_eq!(
        get(&server, "/assets/sprites/atlas", None).await.status,
        200
    );
}
