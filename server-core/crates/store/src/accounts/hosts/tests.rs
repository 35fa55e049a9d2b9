use super::*;
use crate::accounts::tokens::random_hex;
use crate::accounts::{
    Accounts, BanSubject, CreateError, NewSanction, NewUser, Tokens, User, UserChange,
};
use crate::storage::{Database, stories};
use contract::rest::Role;
use identity::Secret;

async fn open(database: Database) -> Accounts {
    let tokens = Tokens::new(&Secret::new("a long enough random text")).unwrap();
    Accounts::open(database, tokens).await.unwrap()
}

fn new(role: Role) -> NewUser {
    let name = random_hex();
    NewUser {
        email: format!("{name}@example.org"),
        username: name,
        password_hash: "hash".to_owned(),
        role,
    }
}

async fn host(accounts: &Accounts) -> User {
    accounts.users().create(&new(Role::Host)).await.unwrap()
}

fn demotion() -> UserChange {
    UserChange {
        role: Some(Role::User),
        ..UserChange::default()
    }
}

fn ban() -> UserChange {
    UserChange {
        is_banned: Some(true),
        ..UserChange::default()
    }
}

fn suspension() -> UserChange {
    UserChange {
        suspension_until: Some(Some(now_ms() + 60_000)),
        ..UserChange::default()
    }
}

fn window() -> Actor {
    Actor {
        id: LOCAL_HOST_ID.to_owned(),
        name: "Host".to_owned(),
    }
}

fn is_refused<T: std::fmt::Debug>(result: Result<T, ChangeError>) -> bool {
    match result {
        Ok(_) => false,
        Err(ChangeError::LastHost) => true,
        Err(error) => panic!("{error}"),
    }
}

async fn able(accounts: &Accounts) -> u64 {
    accounts.users().count_hosts().await.unwrap()
}

/// Two hosts do something to each other at once, again and again: exactly one does it.
async fn each_other(accounts: &Accounts) {
    for round in 0..12 {
        let (a, b) = (host(accounts).await, host(accounts).await);
        assert_eq!(able(accounts).await, 2);
        let act = async |by: &User, to: &User| match round % 4 {
            0 => is_refused(accounts.update_user(&by.actor(), to, &demotion()).await),
            1 => is_refused(accounts.update_user(&by.actor(), to, &ban()).await),
            2 => is_refused(accounts.delete_user(&by.actor(), to).await),
            _ => {
                let wanted = NewSanction {
                    subject: BanSubject::Account(to.id.clone()),
                    subject_name: None,
                    reason: "",
                    until: None,
                    by: &by.actor(),
                };
                is_refused(accounts.bans().create(wanted).await)
            }
        };
        let (first, second) = tokio::join!(act(&a, &b), act(&b, &a));
        assert!(first ^ second, "round {round}: {first} {second}");
        assert_eq!(able(accounts).await, 1, "round {round}");
        // Back to none, for the next round.
        let window = window();
        for user in [&a, &b] {
            accounts.delete_user(&window, user).await.unwrap();
        }
        assert_eq!(able(accounts).await, 0);
    }
}

async fn only_able_hosts_count(accounts: &Accounts) {
    let (able_one, other) = (host(accounts).await, host(accounts).await);
    let actor = able_one.actor();
    let away = suspension();
    let suspended = accounts.update_user(&actor, &other, &away).await;
    suspended.unwrap().unwrap();
    assert_eq!(able(accounts).await, 1);
    assert!(is_refused(accounts.delete_user(&actor, &able_one).await));
    assert!(is_refused(
        accounts
            .update_user(&other.actor(), &able_one, &suspension())
            .await
    ));
    assert_eq!(able(accounts).await, 1, "nothing has changed");
    let back = UserChange {
        suspension_until: Some(None),
        ..UserChange::default()
    };
    accounts.update_user(&actor, &other, &back).await.unwrap();
    assert!(!is_refused(accounts.delete_user(&actor, &able_one).await));
    let window = window();
    let gone = accounts.update_user(&window, &other, &demotion()).await;
    assert!(!is_refused(gone), "the window stays a host");
    // Where no host was able before, nothing is kept from happening.
    let user = accounts.users().create(&new(Role::User)).await.unwrap();
    let banned = accounts.update_user(&user.actor(), &user, &ban()).await;
    assert!(!is_refused(banned));
}

async fn the_setup_link_makes_one_host(accounts: &Accounts) {
    let token = accounts.open_setup().await.unwrap();
    let (one, two) = (new(Role::Host), new(Role::Host));
    let wrong = accounts.set_up("guess", &one).await.unwrap();
    assert!(wrong.is_none());
    let (first, second) =
        tokio::join!(accounts.set_up(&token, &one), accounts.set_up(&token, &two));
    let made = [first.unwrap(), second.unwrap()];
    assert_eq!(made.iter().flatten().count(), 1, "{made:?}");
    assert_eq!(able(accounts).await, 1);
    assert!(!accounts.knows_setup(&token));
    let (first_host, entry) = made.into_iter().flatten().next().unwrap();
    assert_eq!(
        (entry.action.as_str(), &entry.subject),
        ("host.setup", &first_host.id)
    );

    // An account made elsewhere, as by `user add`, ends the link.
    let token = accounts.open_setup().await.unwrap();
    assert!(
        accounts
            .set_up(&token, &new(Role::Host))
            .await
            .unwrap()
            .is_none()
    );
    assert!(!accounts.knows_setup(&token));

    // A host who is suspended looks after nothing: then the link works.
    let token = accounts.open_setup().await.unwrap();
    let window = window();
    let away = suspension();
    let suspended = accounts.update_user(&window, &first_host, &away).await;
    suspended.unwrap().unwrap();
    let taken = NewUser {
        email: first_host.email.clone(),
        ..new(Role::Host)
    };
    let refused = accounts.set_up(&token, &taken).await.unwrap_err();
    assert!(matches!(refused, CreateError::EmailTaken), "{refused:?}");
    assert!(accounts.knows_setup(&token), "what failed leaves the link");
    assert!(
        accounts
            .set_up(&token, &new(Role::Host))
            .await
            .unwrap()
            .is_some()
    );
}

async fn story(database: Database) {
    let accounts = open(database).await;
    each_other(&accounts).await;
    only_able_hosts_count(&accounts).await;
    the_setup_link_makes_one_host(&accounts).await;
}

#[tokio::test]
async fn somebody_always_looks_after_the_world() {
    stories::on_sqlite(story).await;
}

#[tokio::test]
async fn somebody_always_looks_after_the_world_on_postgres() {
    stories::on_postgres(story).await;
}
