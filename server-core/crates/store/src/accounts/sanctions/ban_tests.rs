use std::net::IpAddr;

use contract::admin::Actor;

use super::*;
use crate::accounts::{Accounts, NewUser, Tokens, UserChange};
use crate::storage::Database;
use contract::rest::Role;
use identity::GuestSecret;
use identity::Secret;

const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));

pub(crate) fn moderator() -> Actor {
    Actor {
        id: "mod".to_owned(),
        name: "Mod".to_owned(),
    }
}

pub(crate) fn new_ban<'a>(
    subject: BanSubject,
    reason: &'a str,
    until: Option<i64>,
    by: &'a Actor,
) -> NewSanction<'a, BanSubject> {
    NewSanction {
        subject,
        subject_name: None,
        reason,
        until,
        by,
    }
}

async fn accounts(database: &Database) -> Accounts {
    let tokens = Tokens::new(&Secret::new("a long enough random text")).unwrap();
    Accounts::open(database.clone(), tokens).await.unwrap()
}

async fn database() -> (tempfile::TempDir, Database) {
    let dir = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}?mode=rwc", dir.path().join("db").display());
    (dir, Database::open(&url).await.unwrap())
}

#[tokio::test]
async fn a_ban_holds_by_account_guest_and_address_until_lifted() {
    let (_dir, database) = database().await;
    let accounts = accounts(&database).await;
    let bans = accounts.bans();
    let guest = GuestSecret("0123".to_owned());
    let elsewhere: IpAddr = "198.51.100.9".parse().unwrap();
    let subjects = [
        BanSubject::Account("ana".to_owned()),
        BanSubject::guest(&guest),
        BanSubject::address("::ffff:192.0.2.1".parse().unwrap()),
    ];
    for subject in subjects {
        let closed = || {
            [
                bans.active_ban(Some("ana"), None, elsewhere, 1000),
                bans.active_ban(None, Some(&guest), elsewhere, 1000),
                bans.active_ban(None, None, HERE, 1000),
            ]
            .map(|ban| ban.is_some())
        };
        assert_eq!(closed(), [false; 3]);
        let ban = bans
            .create(new_ban(subject.clone(), "rude", Some(2000), &moderator()))
            .await
            .unwrap();
        assert_eq!(
            closed().iter().filter(|closed| **closed).count(),
            1,
            "{subject:?}"
        );
        let all = bans.active_ban(Some("ana"), Some(&guest), HERE, 1999);
        assert_eq!(
            all,
            Some(ActiveSanction {
                reason: "rude".to_owned(),
                until: Some(2000)
            })
        );
        assert_eq!(
            bans.active_ban(Some("ana"), Some(&guest), HERE, 2000),
            None,
            "over"
        );
        let boss = Actor {
            id: "boss".to_owned(),
            name: "Bea".to_owned(),
        };
        let lifted = bans.lift(&ban.id, &boss).await.unwrap().unwrap();
        assert_eq!(lifted.lifted_by.as_ref(), Some(&boss));
        assert!(bans.lift(&ban.id, &boss).await.unwrap().is_none());
    }
    assert_eq!(
        bans.list(&SanctionFilter::default(), 2, 0).await.unwrap().0,
        3
    );
}

#[tokio::test]
async fn bans_and_suspensions_survive_a_restart() {
    let (_dir, database) = database().await;
    let first = accounts(&database).await;
    let new = NewUser {
        username: "Ana".to_owned(),
        email: "ana@example.org".to_owned(),
        password_hash: "x".to_owned(),
        role: Role::User,
    };
    let user = first.users().create(&new).await.unwrap();
    let suspend = UserChange {
        suspension_until: Some(Some(5000)),
        ..UserChange::default()
    };
    let user = first
        .update_user(&moderator(), &user, &suspend)
        .await
        .unwrap()
        .unwrap()
        .0;
    let forever = BanSubject::address(HERE);
    first
        .bans()
        .create(new_ban(forever, "address", None, &moderator()))
        .await
        .unwrap();
    for accounts in [&first, &accounts(&database).await] {
        let elsewhere: IpAddr = "198.51.100.9".parse().unwrap();
        let ban_at = |address| {
            accounts
                .bans()
                .active_ban(Some(&user.id), None, address, 1000)
        };
        assert_eq!(ban_at(elsewhere).unwrap().until, Some(5000));
        assert_eq!(ban_at(HERE).unwrap().until, None, "the longest one counts");
        assert_eq!(
            accounts
                .bans()
                .active_ban(Some(&user.id), None, elsewhere, 5000),
            None
        );
    }
    first.delete_user(&moderator(), &user).await.unwrap();
    let elsewhere: IpAddr = "198.51.100.9".parse().unwrap();
    assert_eq!(
        first
            .bans()
            .active_ban(Some(&user.id), None, elsewhere, 1000),
        None
    );
}

#[test]
fn a_stored_guest_ban_does_not_reveal_the_secret() {
    let secret = GuestSecret("0123456789abcdef0123456789abcdef".to_owned());
    let subject = BanSubject::guest(&secret);
    assert_eq!(subject.text().len(), 32);
    assert!(!subject.text().contains("0123456789"));
    let again = BanSubject::parse(subject.kind(), subject.text());
    assert_eq!(again, Some(subject));
}

#[tokio::test]
async fn a_ban_of_an_address_holds_for_its_network_and_a_block_for_all_in_it() {
    let (_dir, database) = database().await;
    let accounts = accounts(&database).await;
    let bans = accounts.bans();
    let subjects = [
        BanSubject::address("2001:db8::5".parse().unwrap()),
        BanSubject::block("203.0.113.0/24".parse().unwrap()),
        BanSubject::block("2001:db8:7::/48".parse().unwrap()),
        BanSubject::block("2001:db8:9::1/128".parse().unwrap()),
    ];
    for subject in subjects {
        let by = moderator();
        bans.create(new_ban(subject, "rude", None, &by))
            .await
            .unwrap();
    }
    // As an earlier version stored it.
    sqlx::query("UPDATE bans SET subject = '2001:db8::5' WHERE subject = '2001:db8::/64'")
        .execute(database.pool())
        .await
        .unwrap();
    let closed = |address: &str| {
        let address: IpAddr = address.parse().unwrap();
        bans.active_ban(None, None, address, 1000).is_some()
    };
    for round in ["before", "after"] {
        for address in [
            "2001:db8::6",
            "203.0.113.200",
            "::ffff:203.0.113.1",
            "2001:db8:7:1::1",
            "2001:db8:9::2",
        ] {
            assert!(closed(address), "{round} {address}");
        }
        for address in [
            "2001:db8:0:1::5",
            "203.0.114.1",
            "2001:db8:8::1",
            "10.0.0.1",
        ] {
            assert!(!closed(address), "{round} {address}");
        }
        accounts.reload_bans().await.unwrap();
    }
}
