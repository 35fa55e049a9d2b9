use super::*;
use crate::accounts::{Accounts, CreateError, NewUser, Tokens, User};
use crate::storage::stories;
use contract::admin::Actor;
use contract::rest::Role;
use identity::Secret;

async fn open(database: &Database) -> Accounts {
    let tokens = Tokens::new(&Secret::new("a long enough random text")).unwrap();
    Accounts::open(database.clone(), tokens).await.unwrap()
}

async fn create(accounts: &Accounts, name: &str, role: Role) -> Result<User, CreateError> {
    let new = NewUser {
        username: name.to_owned(),
        email: format!("{}@example.org", crate::accounts::tokens::random_hex()),
        password_hash: "hash".to_owned(),
        role,
    };
    accounts.users().create(&new).await
}

/// What was stored before names were compared by their look.
async fn stored_long_ago(database: &Database, name: &str, created_at: i64) -> String {
    let id = uuid::Uuid::new_v4().to_string();
    sqlx::query(
        "INSERT INTO users (id, username, username_folded, email, email_folded, password_hash, role, created_at) \
         VALUES ($1, $2, $3, $1, $1, 'hash', 'user', $4)",
    )
    .bind(id.clone())
    .bind(name.to_owned())
    .bind(name.to_lowercase())
    .bind(created_at)
    .execute(database.pool())
    .await
    .unwrap();
    id
}

async fn story(database: Database) {
    let accounts = open(&database).await;
    create(&accounts, "Ana", Role::User).await.unwrap();
    for disguise in ["ana", "A\u{AD}na", "Аna", "Ａｎａ", "An\u{2063}a"] {
        let refused = create(&accounts, disguise, Role::User).await.unwrap_err();
        assert!(
            matches!(refused, CreateError::UsernameTaken),
            "{disguise:?} {refused:?}"
        );
    }
    for (name, role) in [
        ("System", Role::Host),
        ("ѕistema", Role::User),
        ("Hоst", Role::User),
        ("moderador", Role::User),
    ] {
        let refused = create(&accounts, name, role).await.unwrap_err();
        assert!(
            matches!(refused, CreateError::UsernameReserved),
            "{name:?} {refused:?}"
        );
    }
    create(&accounts, "Host", Role::Host).await.unwrap();

    // Accounts from before stay, whatever they look like, and the first of them holds the look.
    let first = stored_long_ago(&database, "Bo", 1).await;
    let second = stored_long_ago(&database, "Во", 2).await;
    let names = accounts.users().names();
    assert!(!names.has("Bo"));
    names.refresh().await.unwrap();
    assert!(!names.has("Bo"), "older than what may be missing");
    let again = open(&database).await;
    for id in [&first, &second] {
        assert!(again.account(id).await.unwrap().is_some());
    }
    let held = sqlx::query("SELECT id FROM users WHERE username_likeness = $1")
        .bind(likeness("Bo"))
        .fetch_all(database.pool())
        .await
        .unwrap();
    assert_eq!(held.len(), 1);
    assert_eq!(held[0].get::<String, _>(0), first);
    let refused = create(&again, "В\u{AD}о", Role::User).await.unwrap_err();
    assert!(matches!(refused, CreateError::UsernameTaken), "{refused:?}");

    // What was made or deleted elsewhere is noticed.
    let elsewhere = open(&database).await;
    let cy = create(&elsewhere, "Cyrus", Role::User).await.unwrap();
    let names = again.users().names();
    assert!(names.has("bo") && names.has("ВО") && !names.has("cyrus"));
    names.refresh().await.unwrap();
    assert!(names.has("cyrus"));
    let actor = Actor {
        id: "mod".to_owned(),
        name: "Mo".to_owned(),
    };
    elsewhere.delete_user(&actor, &cy).await.unwrap();
    names.refresh().await.unwrap();
    assert!(!names.has("cyrus"));

    // One that is gone and one that is new between two looks.
    let dora = create(&elsewhere, "Dora", Role::User).await.unwrap();
    assert!(names.refresh().await.unwrap());
    elsewhere.delete_user(&actor, &dora).await.unwrap();
    while runtime::clock::now_ms() == dora.created_at {}
    create(&elsewhere, "Egon", Role::User).await.unwrap();
    assert!(names.refresh().await.unwrap());
    assert!(names.has("egon") && !names.has("dora"));
    assert!(!names.refresh().await.unwrap());
}

#[tokio::test]
async fn names_are_unique_by_their_look() {
    stories::on_sqlite(story).await;
}

#[tokio::test]
async fn names_are_unique_by_their_look_on_postgres() {
    stories::on_postgres(story).await;
}
