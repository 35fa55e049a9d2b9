//! Every writer, and an error at every one of its statements: what it answers is what is stored.

use std::net::IpAddr;

use sqlx::{Executor as _, Row as _};

use crate::accounts::{Accounts, BanSubject, NewEntry, NewSanction, NewUser, Tokens};
use crate::assets::{Assets, AvatarChange};
use crate::records::{Records, RemarkKind, Seen};
use crate::settings::ChangedSettings;
use crate::storage::{Database, stories};
use contract::admin::{Actor, PersonKind, PersonRef};
use contract::rest::Role;
use identity::Secret;
use serde_json::Value;

/// The stores of one world.
struct FaultyStores {
    accounts: Accounts,
    records: Records,
    assets: Assets,
    settings: ChangedSettings,
    database: Database,
}

/// Everything that is written in one test has a key of its own.
#[derive(Debug, Clone, Copy)]
enum Writer {
    Account,
    Password,
    Deletion,
    Ban,
    Mute,
    Remark,
    Sighting,
    Setting,
    Avatar,
    Audit,
}

const WRITERS: [Writer; 10] = [
    Writer::Account,
    Writer::Password,
    Writer::Deletion,
    Writer::Ban,
    Writer::Mute,
    Writer::Remark,
    Writer::Sighting,
    Writer::Setting,
    Writer::Avatar,
    Writer::Audit,
];

/// The tables they write to.
const TABLES: [&str; 10] = [
    "users",
    "ended_logins",
    "bans",
    "mutes",
    "remarks",
    "people",
    "people_addresses",
    "settings",
    "avatars",
    "audit",
];

impl FaultyStores {
    async fn open(database: Database) -> Self {
        let tokens = Tokens::new(&Secret::new("a long enough random text")).unwrap();
        Self {
            accounts: Accounts::open(database.clone(), tokens).await.unwrap(),
            records: Records::open(&database).await.unwrap(),
            assets: Assets::open(database.clone()).await.unwrap(),
            settings: ChangedSettings::new(database.clone()),
            database,
        }
    }

    async fn account(&self, key: &str) -> Option<crate::accounts::User> {
        let new = NewUser {
            username: key.to_owned(),
            email: format!("{key}@example.org"),
            password_hash: "old".to_owned(),
            role: Role::User,
        };
        self.accounts.users().create(&new).await.ok()
    }

    /// What has to be there before, by other means.
    async fn prepare(&self, writer: Writer, key: &str) {
        if matches!(writer, Writer::Password | Writer::Deletion) {
            self.account(key).await.unwrap();
        }
    }

    /// Whether the writer said that it is done.
    async fn write(&self, writer: Writer, key: &str) -> bool {
        let actor = Actor {
            id: "mod".to_owned(),
            name: "Mod".to_owned(),
        };
        let person = PersonRef {
            kind: PersonKind::Guest,
            subject: key.to_owned(),
        };
        let find = async || {
            let email = format!("{key}@example.org");
            self.accounts
                .users()
                .by_email(&email)
                .await
                .unwrap()
                .unwrap()
                .0
        };
        match writer {
            Writer::Account => self.account(key).await.is_some(),
            Writer::Password => {
                let user = find().await;
                let users = self.accounts.users();
                users.set_password_hash(&user.id, "new").await.is_ok()
            }
            Writer::Deletion => {
                let user = find().await;
                self.accounts.delete_user(&actor, &user).await.is_ok()
            }
            Writer::Ban => {
                let ban = NewSanction {
                    subject: BanSubject::Account(key.to_owned()),
                    subject_name: None,
                    reason: "",
                    until: None,
                    by: &actor,
                };
                self.accounts.bans().create(ban).await.is_ok()
            }
            Writer::Mute => {
                let mute = NewSanction {
                    subject: person.clone(),
                    subject_name: None,
                    reason: "",
                    until: None,
                    by: &actor,
                };
                self.records.mutes.create(mute).await.is_ok()
            }
            Writer::Remark => {
                let remarks = &self.records.remarks;
                let added = remarks.add(RemarkKind::Note, &person, &actor, key);
                added.await.is_ok()
            }
            Writer::Sighting => {
                let here = IpAddr::from([192, 0, 2, 7]);
                let seen = Seen {
                    name: key.to_owned(),
                    player_id: key.to_owned(),
                    appearance: None,
                };
                self.records.people.seen(person, seen, here);
                self.records.people.write().await.is_ok()
            }
            Writer::Setting => {
                let values = [(key.to_owned(), Some(key.to_owned()))].into();
                self.settings.change(&values).await.is_ok()
            }
            Writer::Avatar => {
                let change = AvatarChange {
                    name: Some(key.to_owned()),
                    description: None,
                    sprite_id: None,
                    layers: [("hair".to_owned(), Some("bob".to_owned()))].into(),
                };
                self.assets.put_avatar(key, &change).await.is_ok()
            }
            Writer::Audit => {
                let entry = NewEntry {
                    actor: &actor,
                    action: "test",
                    subject: key,
                    subject_name: None,
                    details: Value::Null,
                };
                self.accounts.audit().record(&entry).await.is_ok()
            }
        }
    }

    /// Whether it is so, for somebody who asks the file.
    async fn is_stored(&self, writer: Writer, key: &str) -> bool {
        let (question, expected) = match writer {
            Writer::Account => ("SELECT COUNT(*) FROM users WHERE username = $1", 1_i64),
            Writer::Password => (
                "SELECT COUNT(*) FROM users JOIN ended_logins ON account = id AND version = 1 \
                 WHERE username = $1 AND password_hash = 'new' AND token_version = 1",
                1,
            ),
            Writer::Deletion => ("SELECT COUNT(*) FROM users WHERE username = $1", 0),
            Writer::Ban => ("SELECT COUNT(*) FROM bans WHERE subject = $1", 1),
            Writer::Mute => ("SELECT COUNT(*) FROM mutes WHERE subject = $1", 1),
            Writer::Remark => ("SELECT COUNT(*) FROM remarks WHERE person_subject = $1", 1),
            Writer::Sighting => (
                "SELECT COUNT(*) FROM people_addresses a JOIN people p \
                 ON p.kind = a.kind AND p.subject = a.subject WHERE a.subject = $1",
                1,
            ),
            Writer::Setting => ("SELECT COUNT(*) FROM settings WHERE key = $1", 1),
            Writer::Avatar => ("SELECT COUNT(*) FROM avatars WHERE user_id = $1", 1),
            Writer::Audit => ("SELECT COUNT(*) FROM audit WHERE subject = $1", 1),
        };
        let row = sqlx::query(question)
            .bind(key.to_owned())
            .fetch_one(self.database.pool())
            .await;
        row.unwrap().get::<i64, _>(0) == expected
    }

    async fn execute(&self, statement: String) {
        let statement = sqlx::AssertSqlSafe(statement);
        self.database.pool().execute(statement).await.unwrap();
    }
}

/// On SQLite every kind of statement on `table` ends the transaction; gives the way back.
async fn break_table(stores: &FaultyStores, table: &str) {
    for verb in ["INSERT", "UPDATE", "DELETE"] {
        stores
            .execute(format!(
                "CREATE TRIGGER broken_{verb} BEFORE {verb} ON {table} BEGIN \
                 SELECT RAISE(ROLLBACK, 'the disk is full'); END"
            ))
            .await;
    }
}

async fn mend_table(stores: &FaultyStores) {
    for verb in ["INSERT", "UPDATE", "DELETE"] {
        stores.execute(format!("DROP TRIGGER broken_{verb}")).await;
    }
}

#[tokio::test]
async fn what_a_writer_answers_is_what_is_stored() {
    stories::on_sqlite(async |database| {
        let stores = FaultyStores::open(database).await;
        for (number, table) in TABLES.iter().enumerate() {
            let key = |writer: Writer| format!("{writer:?}{number}").to_lowercase();
            for writer in WRITERS {
                stores.prepare(writer, &key(writer)).await;
            }
            break_table(&stores, table).await;
            let mut refused = 0;
            let mut answers = Vec::new();
            for writer in WRITERS {
                answers.push(stores.write(writer, &key(writer)).await);
            }
            mend_table(&stores).await;
            for (writer, answered) in WRITERS.into_iter().zip(answers) {
                let stored = stores.is_stored(writer, &key(writer)).await;
                assert_eq!(answered, stored, "{writer:?} with a broken {table}");
                refused += usize::from(!answered);
                // Nothing of it stands in the way of the next try.
                if !answered {
                    assert!(stores.write(writer, &key(writer)).await, "{writer:?} again");
                    assert!(stores.is_stored(writer, &key(writer)).await, "{writer:?}");
                }
            }
            assert!(refused > 0, "nobody writes to {table}");
        }
    })
    .await;
}
