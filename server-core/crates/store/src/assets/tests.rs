use std::collections::BTreeMap;

use image::RgbaImage;
use serde_json::{Map, Value, json};
use tempfile::TempDir;

use super::*;

async fn open(dir: &TempDir) -> Assets {
    let url = format!("sqlite:{}?mode=rwc", dir.path().join("db").display());
    Assets::open(Database::open(&url).await.unwrap())
        .await
        .unwrap()
}

async fn fresh() -> (TempDir, Assets) {
    let dir = tempfile::tempdir().unwrap();
    let assets = open(&dir).await;
    (dir, assets)
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => panic!("an object"),
    }
}

fn prop(name: &str) -> NewSprite {
    let image = RgbaImage::from_pixel(8, 8, image::Rgba([1, 2, 3, 255]));
    let image = SheetImage::encode(&image).unwrap();
    NewSprite {
        name: name.to_owned(),
        category: "prop".to_owned(),
        metadata: default_metadata(&image),
        image,
    }
}

fn wear(layers: &[(&str, Option<&str>)]) -> AvatarChange {
    let layers = layers
        .iter()
        .map(|(k, v)| ((*k).to_owned(), v.map(str::to_owned)));
    AvatarChange {
        name: Some("Mira".to_owned()),
        layers: BTreeMap::from_iter(layers),
        ..AvatarChange::default()
    }
}

#[tokio::test]
async fn a_new_world_begins_with_the_starter_set_in_its_order() {
    let (_dir, assets) = fresh().await;
    let atlas = assets.atlas();
    assert_eq!(atlas.version, 1);
    let ids: Vec<_> = atlas.sprites.iter().map(|s| s.id.as_str()).collect();
    assert_eq!(ids, STARTER_SET.map(|s| s.id));
    assert_eq!(atlas.lookup.len(), STARTER_SET.len());
    let ana = &atlas.lookup["harbour-ana"];
    let file = assets.sprite_file("harbour-ana").await.unwrap().unwrap();
    assert_eq!(
        ana.image_url,
        format!("/static/sprites/harbour-ana.png?v={}", file.version())
    );
    assert_eq!(ana.metadata["appearance"]["hair"], "bun-umber");
}

#[tokio::test]
async fn a_deleted_starter_stays_away_and_the_version_survives_a_restart() {
    let (dir, assets) = fresh().await;
    assets.delete_sprite("harbour-tom").await.unwrap().unwrap();
    assets.add_sprite(&prop("Crate")).await.unwrap();
    let before = assets.atlas();
    assert_eq!(before.version, 3);
    drop(assets);
    let after = open(&dir).await.atlas();
    assert_eq!(*after, *before);
    assert!(!after.lookup.contains_key("harbour-tom"));
}

#[tokio::test]
async fn two_nodes_that_open_one_new_database_make_one_starter_set() {
    let dir = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}?mode=rwc", dir.path().join("db").display());
    let database = Database::open(&url).await.unwrap();
    let (one, other) = tokio::join!(Assets::open(database.clone()), Assets::open(database));
    assert_eq!(*one.unwrap().atlas(), *other.unwrap().atlas());
}

#[tokio::test]
async fn another_nodes_change_is_seen_after_a_refresh() {
    let (dir, assets) = fresh().await;
    let other = open(&dir).await;
    let crate_ = other.add_sprite(&prop("Crate")).await.unwrap();
    assert_eq!(assets.atlas().version, 1);
    let atlas = assets.refresh().await.unwrap();
    assert_eq!(atlas.version, 2);
    assert!(atlas.lookup.contains_key(&crate_.id));
}

#[tokio::test]
async fn changes_at_once_each_count_and_none_is_lost() {
    let (_dir, assets) = fresh().await;
    let mut changes = tokio::task::JoinSet::new();
    for number in 0..8 {
        let assets = assets.clone();
        changes.spawn(async move { assets.add_sprite(&prop(&number.to_string())).await });
    }
    for change in changes.join_all().await {
        change.unwrap();
    }
    let atlas = assets.atlas();
    assert_eq!(atlas.version, 9);
    assert_eq!(atlas.sprites.len(), STARTER_SET.len() + 8);
}

#[tokio::test]
async fn a_change_of_nothing_leaves_the_version() {
    let (_dir, assets) = fresh().await;
    let gone = assets.delete_sprite("nobody").await.unwrap();
    assert_eq!(gone, None);
    let change = SpriteChange {
        metadata: Some(object(json!({ "frameWidth": 4096 }))),
        ..SpriteChange::default()
    };
    let refused = assets.change_sprite("harbour-ana", change).await;
    assert!(matches!(refused, Err(SpriteError::Metadata(_))));
    assert_eq!(*assets.refresh().await.unwrap(), *assets.atlas());
    assert_eq!(assets.atlas().version, 1);
}

#[tokio::test]
async fn a_world_holds_only_so_many_sprites() {
    let (_dir, assets) = fresh().await;
    let new = prop("Crate");
    for _ in STARTER_SET.len()..MAX_SPRITES {
        assets.add_sprite(&new).await.unwrap();
    }
    let refused = assets.add_sprite(&new).await;
    assert!(matches!(refused, Err(SpriteError::TooMany)));
    assert_eq!(assets.atlas().sprites.len(), MAX_SPRITES);
}

#[tokio::test]
async fn the_houses_avatars_are_worn_by_the_id_of_their_sprite() {
    let (_dir, assets) = fresh().await;
    let look = assets.avatar_look("harbour-siv").await.unwrap().unwrap();
    assert_eq!(look.name, "Siv");
    assert_eq!(look.sprite_asset_id.as_deref(), Some("harbour-siv"));
    assert_eq!(
        Value::Object(look.appearance),
        json!({"hair": "bob-blue", "face": "dots-shell", "outfit": "stripes-cream-coral", "shoes": "blue"})
    );
    let crate_ = assets.add_sprite(&prop("Crate")).await.unwrap();
    assert_eq!(assets.avatar_look(&crate_.id).await.unwrap(), None);
    assert_eq!(assets.avatar_look("nobody").await.unwrap(), None);
    assert_eq!(assets.avatar_look("").await.unwrap(), None);
}

#[tokio::test]
async fn an_accounts_avatar_brings_all_four_layers_and_its_sprite() {
    let (_dir, assets) = fresh().await;
    let change = AvatarChange {
        sprite_id: Some(Some("harbour-ana".to_owned())),
        ..wear(&[("hair", Some("bob-red"))])
    };
    let PutAvatar::Created(avatar) = assets.put_avatar("u1", &change).await.unwrap() else {
        panic!("the first put creates");
    };
    let look = assets.avatar_look(&avatar.id).await.unwrap().unwrap();
    assert_eq!(look.name, "Mira");
    assert_eq!(look.sprite, avatar.sprite);
    assert_eq!(
        Value::Object(look.appearance),
        json!({"hair": "bob-red", "face": null, "outfit": null, "shoes": null})
    );

    assets.delete_sprite("harbour-ana").await.unwrap();
    let look = assets.avatar_look(&avatar.id).await.unwrap().unwrap();
    assert_eq!((look.sprite, look.sprite_asset_id), (None, None));
    assets.delete_avatar_of("u1").await.unwrap();
    assert_eq!(assets.avatar_look(&avatar.id).await.unwrap(), None);
}

#[tokio::test]
async fn of_many_first_puts_at_once_one_creates_and_no_layer_is_lost() {
    let (_dir, assets) = fresh().await;
    let put = async |layer| assets.put_avatar("u1", &wear(&[(layer, Some("x"))])).await;
    let (hair, face, outfit, shoes) =
        tokio::join!(put("hair"), put("face"), put("outfit"), put("shoes"));
    let created = [hair, face, outfit, shoes]
        .into_iter()
        .filter(|result| matches!(result.as_ref().unwrap(), PutAvatar::Created(_)))
        .count();
    assert_eq!(created, 1);
    let avatar = assets.avatar_of("u1").await.unwrap().unwrap();
    let worn = serde_json::to_value(avatar.appearance).unwrap();
    assert_eq!(
        worn,
        json!({"hair": "x", "face": "x", "outfit": "x", "shoes": "x"})
    );
}

#[tokio::test]
async fn a_refused_put_leaves_no_trace() {
    let (_dir, assets) = fresh().await;
    let nameless = AvatarChange {
        name: None,
        ..wear(&[("hair", None)])
    };
    let refused = assets.put_avatar("u1", &nameless).await;
    assert!(matches!(refused, Err(AvatarError::NameMissing)));
    let unknown = AvatarChange {
        sprite_id: Some(Some("nothing".to_owned())),
        ..wear(&[])
    };
    let refused = assets.put_avatar("u1", &unknown).await;
    assert!(matches!(refused, Err(AvatarError::UnknownSprite)));
    assert_eq!(assets.avatar_of("u1").await.unwrap(), None);
}
