//! The same story on every database: each query of this module is asked at least once.
//!
//! SQLite always; PostgreSQL where it is installed.

use std::net::IpAddr;

use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::player_ids::tests::ask_together;
use super::sanctions::ban_tests::{moderator, new_ban};
use super::tokens::random_hex;
use super::*;
use crate::storage::{Cursor, stories};
use contract::admin::service::{Scope, Scopes};
use contract::admin::{Actor, PersonKind, PersonRef};
use contract::rest::MessageStatus;
use contract::{ChatMessage, MessageId};
use identity::GuestSecret;
use runtime::clock::{iso, now_ms};

async fn story(database: Database) {
    let tokens = Tokens::new(&Secret::new("a long enough random text")).unwrap();
    let accounts = Accounts::open(database, tokens).await.unwrap();
    let name = random_hex();
    users(&accounts, &name).await;
    services(&accounts, &name).await;
    bans(&accounts, &name).await;
    search(&accounts).await;
    audit(&accounts, &name).await;
    archive(&accounts, &name).await;
}

async fn services(accounts: &Accounts, name: &str) {
    let actor = moderator();
    let scopes = Scopes::of([Scope::Read, Scope::Moderate]);
    let most = u32::try_from(accounts.services().list().await.unwrap().len()).unwrap() + 1;
    let name = format!("bot {name}");
    let other = format!("other {name}");
    let (one, another) = tokio::join!(
        accounts.create_service(&actor, &name, &scopes, most),
        accounts.create_service(&actor, &other, &scopes, most),
    );
    assert!(one.is_ok() ^ another.is_ok(), "{one:?} {another:?}");
    let made = one.or(another).unwrap();
    let id = made.service.id.clone();
    assert_eq!(made.entry.details["scopes"], json!(["read", "moderate"]));

    // People find it neither by an address nor in the list, and nobody else gets its id or name.
    let row = accounts.account(&id).await.unwrap().unwrap();
    assert!(
        accounts
            .users()
            .by_email(&row.email)
            .await
            .unwrap()
            .is_none()
    );
    let listed = accounts
        .users()
        .list(&made.service.name, 5, 0)
        .await
        .unwrap();
    assert_eq!(listed, (0, vec![]));
    assert!(accounts.account_exists(&id).await.unwrap());
    assert!(accounts.users().names().has(&made.service.name));
    let twice = accounts
        .create_service(&actor, &made.service.name, &scopes, most + 1)
        .await;
    let taken = CreateServiceError::Account(CreateError::UsernameTaken);
    assert_eq!(twice.unwrap_err().to_string(), taken.to_string());

    let user = accounts
        .authenticate(made.token.expose())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (user.id.as_str(), user.role),
        (id.as_str(), Role::Moderator)
    );
    assert_eq!(
        (user.account().role, user.account().service),
        (Role::User, true)
    );
    assert_eq!(user.view().email, "");
    let token = made.token.expose();
    let forged = format!("{}0", &token[..token.len() - 1]);
    let forged = accounts.authenticate(&forged).await.unwrap();
    assert!(forged.is_none() || token.ends_with('0'));
    let used = async |accounts: &Accounts| {
        let all = accounts.services().list().await.unwrap();
        let found = all.into_iter().find(|it| it.id == id).unwrap();
        found.last_used_at
    };
    let noted = used(accounts).await;
    assert!(noted.is_some(), "known before it is written");
    accounts.services().write().await.unwrap();
    assert_eq!(used(accounts).await, noted, "and after");

    let entry = accounts.revoke_service(&actor, &id).await.unwrap().unwrap();
    assert_eq!(
        entry.subject_name.as_deref(),
        Some(made.service.name.as_str())
    );
    assert!(
        accounts
            .authenticate(made.token.expose())
            .await
            .unwrap()
            .is_none()
    );
    assert!(accounts.account(&id).await.unwrap().is_none());
    assert!(
        accounts
            .revoke_service(&actor, &id)
            .await
            .unwrap()
            .is_none()
    );
    // A person is no service account.
    let person = NewUser {
        username: format!("beside {name}"),
        email: format!("{}@example.org", random_hex()),
        password_hash: "hash".to_owned(),
        role: Role::User,
    };
    let person = accounts.users().create(&person).await.unwrap();
    let revoked = accounts.revoke_service(&actor, &person.id).await.unwrap();
    assert!(revoked.is_none());
    assert!(accounts.account(&person.id).await.unwrap().is_some());
}

async fn users(accounts: &Accounts, name: &str) {
    let users = accounts.users();
    let new = |username: &str, email: &str| NewUser {
        username: username.to_owned(),
        email: email.to_owned(),
        password_hash: "hash".to_owned(),
        role: Role::User,
    };
    let email = format!("{name}@Example.org");
    let (first, second) = (new(name, &email), new(name, &email));
    let (first, second) = tokio::join!(users.create(&first), users.create(&second));
    assert!(first.is_ok() ^ second.is_ok(), "{first:?} {second:?}");
    let other = new(&name.to_uppercase(), &format!("other-{email}"));
    let taken = users.create(&other).await.unwrap_err();
    assert!(matches!(taken, CreateError::UsernameTaken), "{taken:?}");
    let other = new(&format!("other-{name}"), &email.to_uppercase());
    let taken = users.create(&other).await.unwrap_err();
    assert!(matches!(taken, CreateError::EmailTaken), "{taken:?}");

    let (user, hash) = users
        .by_email(&email.to_lowercase())
        .await
        .unwrap()
        .unwrap();
    assert_eq!((hash.as_str(), user.username.as_str()), ("hash", name));
    ask_together(accounts, &user.id).await;
    assert_eq!(
        users.list(&name[4..20], 5, 0).await.unwrap(),
        (1, vec![user.clone()])
    );
    assert_eq!(users.list(&name[4..20], 5, 1).await.unwrap(), (1, vec![]));
    users.touch(&user.id, now_ms()).await.unwrap();

    let before = users.count_hosts().await.unwrap();
    let change = UserChange {
        role: Some(Role::Host),
        suspension_until: Some(Some(now_ms() + 60_000)),
        suspension_reason: Some(Some("loud".to_owned())),
        is_banned: None,
    };
    let changed = accounts
        .update_user(&moderator(), &user, &change)
        .await
        .unwrap()
        .unwrap()
        .0;
    assert_eq!((changed.role, changed.is_banned), (Role::Host, false));
    assert_eq!(
        users.count_hosts().await.unwrap(),
        before,
        "who is suspended looks after nothing"
    );
    assert_eq!(changed.restriction(now_ms()).unwrap().reason, "loud");
    accounts.reload_bans().await.unwrap();
    let address = IpAddr::from([192, 0, 2, 1]);
    assert!(
        accounts
            .bans()
            .active_ban(Some(&user.id), None, address, now_ms())
            .is_some()
    );
    let undo = change.counterpart(&user);
    let undone = accounts
        .update_user(&moderator(), &changed, &undo)
        .await
        .unwrap()
        .unwrap()
        .0;
    assert_eq!(undone, user);

    let issue = |user: &User| {
        accounts
            .tokens()
            .issue(&user.id, user.token_version, now_ms())
    };
    let (kept, given) = (issue(&user).unwrap(), issue(&user).unwrap());
    accounts.give_back_token(&given).await.unwrap();
    accounts.give_back_token(&given).await.unwrap();
    assert_eq!(accounts.authenticate(&given).await.unwrap(), None);
    assert_eq!(
        accounts.authenticate(&kept).await.unwrap(),
        Some(user.clone())
    );
    assert!(
        users
            .set_password_hash(&user.id, "newer")
            .await
            .unwrap()
            .is_some()
    );
    assert_eq!(accounts.authenticate(&kept).await.unwrap(), None);
    let renewed = users
        .set_password_hash(&user.id, "new")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(renewed.token_version, 2);
    assert_eq!(
        users.password_hash(&user.id).await.unwrap().as_deref(),
        Some("new")
    );
    let delete = async || accounts.delete_user(&moderator(), &user).await.unwrap();
    assert!(delete().await.is_some());
    assert!(delete().await.is_none());
}

async fn bans(accounts: &Accounts, name: &str) {
    let bans = accounts.bans();
    let guest = GuestSecret(name.to_owned());
    let address = IpAddr::from([192, 0, 2, 1]);
    let ban = bans
        .create(new_ban(
            BanSubject::guest(&guest),
            "rude",
            None,
            &moderator(),
        ))
        .await
        .unwrap();
    accounts.reload_bans().await.unwrap();
    assert!(
        accounts
            .bans()
            .active_ban(None, Some(&guest), address, now_ms())
            .is_some()
    );
    assert!(
        bans.list(&SanctionFilter::default(), 50, 0)
            .await
            .unwrap()
            .1
            .contains(&ban)
    );
    let lifted = bans.lift(&ban.id, &moderator()).await.unwrap().unwrap();
    assert!(lifted.lifted_at.is_some());
    assert_eq!(bans.by_id(&ban.id).await.unwrap(), Some(lifted));
    assert_eq!(
        accounts
            .bans()
            .active_ban(None, Some(&guest), address, now_ms()),
        None
    );
}

/// Capitals of any alphabet are found by small letters and the other way round, also in rows that an
/// earlier version has written.
async fn search(accounts: &Accounts) {
    let by = Actor {
        id: "mod".to_owned(),
        name: "Ñandú".to_owned(),
    };
    let new = NewUser {
        username: "Łukasz".to_owned(),
        email: format!("{}@example.org", random_hex()),
        role: Role::User,
        password_hash: "x".to_owned(),
    };
    accounts.users().create(&new).await.unwrap();
    let entry = NewEntry {
        actor: &by,
        action: "test.search",
        subject: "s",
        subject_name: Some("Émile"),
        details: json!({}),
    };
    accounts.audit().record(&entry).await.unwrap();
    let street = NewEntry {
        subject_name: Some("İpek, Straße"),
        ..entry.clone()
    };
    accounts.audit().record(&street).await.unwrap();
    // As an earlier version has left it.
    sqlx::query("UPDATE audit SET searchable = 'straße und émile' WHERE subject_name = 'Émile'")
        .execute(accounts.database.pool())
        .await
        .unwrap();
    let ban = NewSanction {
        subject_name: Some("Ørjan, Straße"),
        ..new_ban(BanSubject::Account(random_hex()), "ÄRGER, İPEK", None, &by)
    };
    accounts.bans().create(ban.clone()).await.unwrap();
    let pool = accounts.database.pool();
    sqlx::query("UPDATE bans SET searchable = NULL")
        .execute(pool)
        .await
        .unwrap();
    accounts.bans().create(ban).await.unwrap();

    let words = ["Ørjan", "ØRJAN", "ørjan", "ärger", "Ärger"];
    for word in words
        .into_iter()
        .chain(["STRASSE", "straße", "ipek", "İpek"])
    {
        let search = word.to_owned();
        let filter = SanctionFilter {
            search,
            ..SanctionFilter::default()
        };
        let (found, _) = accounts.bans().list(&filter, 5, 0).await.unwrap();
        assert_eq!(found, 2, "{word}");
    }
    let street = NewUser {
        username: "Straßenfeger".to_owned(),
        email: format!("{}@example.org", random_hex()),
        ..new
    };
    accounts.users().create(&street).await.unwrap();
    for word in ["łukasz", "ŁUKASZ", "straße", "STRASSE"] {
        let (found, _) = accounts.users().list(word, 5, 0).await.unwrap();
        assert_eq!(found, 1, "{word}");
    }
    for (search, actor, lines) in [
        ("émile", "", 1),
        ("ÉMILE", "ñandú", 1),
        ("", "ÑANDÚ", 2),
        ("straße", "", 2),
        ("STRASSE", "", 1),
        ("ipek", "", 1),
    ] {
        let filter = AuditFilter {
            search: search.to_owned(),
            actor: actor.to_owned(),
            action: "test.search".to_owned(),
            ..AuditFilter::default()
        };
        let (found, _) = accounts.audit().list(&filter, 5, 0).await.unwrap();
        assert_eq!(found, lines, "{search} {actor}");
    }
}

async fn audit(accounts: &Accounts, name: &str) {
    let audit = accounts.audit();
    let entry = NewEntry {
        actor: &moderator(),
        action: "test.story",
        subject: name,
        subject_name: Some("Story"),
        details: json!({ "a": [1, null, "é"] }),
    };
    let stored = audit.record(&entry).await.unwrap();
    let id = &stored.id;
    let filter = |search: &str, actor: &str, action: &str| AuditFilter {
        search: format!("{name} {search}"),
        actor: actor.to_owned(),
        action: action.to_owned(),
        ..AuditFilter::default()
    };
    let (_, entries) = audit.list(&AuditFilter::default(), 1, 0).await.unwrap();
    assert_eq!(entries, std::slice::from_ref(&stored));
    for (filter, found) in [
        (filter("STORY", "", ""), 1),
        (filter("", "mod", "test"), 1),
        (filter("", "MO", "test.story"), 1),
        (filter("", "boss", ""), 0),
        (filter("", "", "tes"), 0),
        (filter("nothing", "", ""), 0),
    ] {
        let (total, _) = audit.list(&filter, 5, 0).await.unwrap();
        assert_eq!(total, found, "{filter:?}");
        let page = audit.behind(&filter, &Cursor::default(), 5).await.unwrap();
        assert_eq!(page.len() as u64, found, "{filter:?}");
    }
    let older = audit
        .behind(&filter("story", "", ""), &stored.cursor(), 5)
        .await;
    assert_eq!(older.unwrap(), []);
    let actor = |name: &str| Actor {
        id: name.to_lowercase(),
        name: name.to_owned(),
    };
    let (ada, bea) = (actor("Ada"), actor("Bea"));
    assert!(audit.mark_undone(id, &ada).await.unwrap());
    assert!(!audit.mark_undone(id, &bea).await.unwrap());
    let undone = audit.by_id(id).await.unwrap().unwrap();
    assert!(undone.undone_at.is_some());
    assert_eq!(undone.undone_by, Some(ada), "the first one did");
    audit.unmark_undone(id).await.unwrap();
    let again = audit.by_id(id).await.unwrap().unwrap();
    assert_eq!((again.undone_at, again.undone_by), (None, None));

    let total = async || audit.list(&AuditFilter::default(), 1, 0).await.unwrap().0;
    let all = total().await;
    assert_eq!(audit.forget_before(again.at - 60_000).await.unwrap(), 0);
    assert_eq!(audit.forget_before(now_ms() + 1).await.unwrap(), all);
    assert_eq!(total().await, 0);
}

async fn archive(accounts: &Accounts, name: &str) {
    let archive = accounts.archive();
    let message = |number: i64| ChatMessage {
        id: MessageId(format!("{name}-{number}")),
        player_id: name.to_owned(),
        author: "Ana Á".to_owned(),
        content: format!("100% ÉCOLE {number} 👋"),
        timestamp: iso(now_ms() + number),
    };
    let messages = [message(1), message(2)];
    let author = PersonRef {
        kind: PersonKind::Guest,
        subject: name.to_owned(),
    };
    for message in &messages {
        assert!(archive.push(message.clone(), Some(author.clone())));
    }
    let stop = CancellationToken::new();
    stop.cancel();
    archive.writer(stop).await;
    let recent = archive.recent(2).await.unwrap();
    assert_eq!(
        [&recent[0].message, &recent[1].message],
        [&messages[0], &messages[1]]
    );
    assert_eq!(recent[0].person.as_ref(), Some(&author));
    assert!(archive.mark_removed(&messages[0].id, "mod").await.unwrap());
    let find = async |status: Option<MessageStatus>| {
        let filter = MessageFilter {
            search: "% école".to_owned(),
            user: name.to_owned(),
            person: Some(author.clone()),
            status,
            from: Some(0),
            to: Some(now_ms() + 10_000),
        };
        let page = archive.behind(&filter, &Cursor::default(), 10).await;
        let total = archive.list(&filter, 10, 0).await.unwrap().0;
        assert_eq!(page.unwrap().len() as u64, total);
        total
    };
    assert_eq!(find(None).await, 2);
    assert_eq!(find(Some(MessageStatus::Visible)).await, 1);
    assert_eq!(find(Some(MessageStatus::Removed)).await, 1);
    let removed = archive.removed_of_last(10).await.unwrap();
    assert_eq!(removed, [messages[0].id.clone()]);
    let last = archive.last(10).await.unwrap();
    let ids: Vec<_> = last.iter().map(|line| &line.message.id).collect();
    assert_eq!(ids.last(), messages.last().map(|line| &line.id).as_ref());
    assert!(
        ids.contains(&&messages[0].id),
        "removed ones are among them"
    );
    assert!(archive.mark_restored(&messages[0].id).await.unwrap());
    assert!(!archive.mark_restored(&messages[0].id).await.unwrap());
    assert_eq!(find(Some(MessageStatus::Removed)).await, 0);
    assert_eq!(archive.forget_before(0).await.unwrap(), 0);
    let everything = archive.list(&MessageFilter::default(), 1, 0).await.unwrap();
    assert!(everything.0 >= 2);
}

#[tokio::test]
async fn on_sqlite() {
    stories::on_sqlite(story).await;
}

#[tokio::test]
async fn on_postgres() {
    stories::on_postgres(story).await;
}
