//! Every writer, and an error at every one of its statements: what it answers is what is stored.

use std::net::IpAddr;

use sqlx::{Executor as _, Row as _};

use crate::accounts::{Accounts, BanSubject, NewEntry, NewSanction, NewUser, Tokens};
use crate::assets::{Assets, AvatarChange};
use crate::records::{NewReport, Records, RemarkKind, ReportParty, Seen, StoredHeldLine};
use crate::settings::ChangedSettings;
use crate::storage::{Database, stories};
use crate::webhooks::{HookLimits, NewHook, Webhooks};
use contract::MessageId;
use contract::admin::service::Scopes;
use contract::admin::webhook::HookEvent;
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
    webhooks: Webhooks,
    database: Database,
}

/// Everything that is written in one test has a key of its own.
#[derive(Debug, Clone, Copy)]
enum FaultyWriter {
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
    Report,
    Kick,
    HeldLine,
    Program,
    Hook,
}

const WRITERS: [FaultyWriter; 15] = [
    FaultyWriter::Account,
    FaultyWriter::Password,
    FaultyWriter::Deletion,
    FaultyWriter::Ban,
    FaultyWriter::Mute,
    FaultyWriter::Remark,
    FaultyWriter::Sighting,
    FaultyWriter::Setting,
    FaultyWriter::Avatar,
    FaultyWriter::Audit,
    FaultyWriter::Report,
    FaultyWriter::Kick,
    FaultyWriter::HeldLine,
    FaultyWriter::Program,
    FaultyWriter::Hook,
];

/// The tables they write to.
const TABLES: [&str; 16] = [
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
    "reports",
    "kicks",
    "held_lines",
    "service_tokens",
    "webhooks",
    "turns",
];

impl FaultyStores {
    async fn open(database: Database) -> Self {
        let tokens = Tokens::new(&Secret::new("a long enough random text")).unwrap();
        Self {
            accounts: Accounts::open(database.clone(), tokens).await.unwrap(),
            records: Records::open(&database).await.unwrap(),
            assets: Assets::open(database.clone()).await.unwrap(),
            settings: ChangedSettings::new(database.clone()),
            webhooks: Webhooks::new(
                database.clone(),
                HookLimits {
                    hooks: 1000,
                    ..HookLimits::default()
                },
            ),
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
    async fn prepare(&self, writer: FaultyWriter, key: &str) {
        if matches!(writer, FaultyWriter::Password | FaultyWriter::Deletion) {
            self.account(key).await.unwrap();
        }
    }

    /// Whether the writer said that it is done.
    async fn write(&self, writer: FaultyWriter, key: &str) -> bool {
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
            FaultyWriter::Account => self.account(key).await.is_some(),
            FaultyWriter::Password => {
                let user = find().await;
                let users = self.accounts.users();
                users.set_password_hash(&user.id, "new").await.is_ok()
            }
            FaultyWriter::Deletion => {
                let user = find().await;
                self.accounts.delete_user(&actor, &user).await.is_ok()
            }
            FaultyWriter::Ban => {
                let ban = NewSanction {
                    subject: BanSubject::Account(key.to_owned()),
                    subject_name: None,
                    reason: "",
                    until: None,
                    by: &actor,
                };
                self.accounts.bans().create(ban).await.is_ok()
            }
            FaultyWriter::Mute => {
                let mute = NewSanction {
                    subject: person.clone(),
                    subject_name: None,
                    reason: "",
                    until: None,
                    by: &actor,
                };
                self.records.mutes.create(mute).await.is_ok()
            }
            FaultyWriter::Remark => {
                let remarks = &self.records.remarks;
                let added = remarks.add(RemarkKind::Note, &person, &actor, key);
                added.await.is_ok()
            }
            FaultyWriter::Sighting => {
                let here = IpAddr::from([192, 0, 2, 7]);
                let seen = Seen {
                    name: key.to_owned(),
                    player_id: key.to_owned(),
                    player_name: key.to_owned(),
                    appearance: None,
                };
                self.records.people.seen(person, seen, here);
                self.records.people.write().await.is_ok()
            }
            FaultyWriter::Setting => {
                let values = [(key.to_owned(), Some(key.to_owned()))].into();
                self.settings.change(&values).await.is_ok()
            }
            FaultyWriter::Avatar => {
                let change = AvatarChange {
                    name: Some(key.to_owned()),
                    description: None,
                    sprite_id: None,
                    layers: [("hair".to_owned(), Some("bob".to_owned()))].into(),
                };
                self.assets.put_avatar(key, &change).await.is_ok()
            }
            FaultyWriter::Audit => {
                let entry = NewEntry {
                    actor: &actor,
                    action: "test",
                    subject: key,
                    subject_name: None,
                    details: Value::Null,
                };
                self.accounts.audit().record(&entry).await.is_ok()
            }
            FaultyWriter::Report => {
                let party = |player_id: &str| ReportParty {
                    player_id: player_id.to_owned(),
                    name: player_id.to_owned(),
                    person: None,
                };
                let report = NewReport {
                    reporter: party("reporter"),
                    network: None,
                    target: party(key),
                    reason: String::new(),
                };
                self.records.reports.add(&report).await.is_ok()
            }
            FaultyWriter::Kick => self.records.kicks.add(&person, &actor, "").await.is_ok(),
            FaultyWriter::HeldLine => {
                let line = StoredHeldLine {
                    id: MessageId(key.to_owned()),
                    person,
                    network: None,
                    player_id: key.to_owned(),
                    author: key.to_owned(),
                    content: key.to_owned(),
                    word: key.to_owned(),
                    at: 0,
                    until: i64::MAX,
                };
                self.records.held.add(&line).await.is_ok()
            }
            FaultyWriter::Program => {
                let scopes = Scopes::read("join");
                let made = self.accounts.create_service(&actor, key, &scopes, 1000);
                made.await.is_ok()
            }
            FaultyWriter::Hook => {
                let new = NewHook {
                    name: key,
                    url: "https://example.org/hook",
                    events: &[HookEvent::Report],
                };
                matches!(self.webhooks.add(&actor, &new).await, Ok(Some(_)))
            }
        }
    }

    /// Whether it is so, for somebody who asks the file.
    async fn is_stored(&self, writer: FaultyWriter, key: &str) -> bool {
        let (question, expected) = match writer {
            FaultyWriter::Account => ("SELECT COUNT(*) FROM users WHERE username = $1", 1_i64),
            FaultyWriter::Password => (
                "SELECT COUNT(*) FROM users JOIN ended_logins ON account = id AND version = 1 \
                 WHERE username = $1 AND password_hash = 'new' AND token_version = 1",
                1,
            ),
            FaultyWriter::Deletion => ("SELECT COUNT(*) FROM users WHERE username = $1", 0),
            FaultyWriter::Ban => ("SELECT COUNT(*) FROM bans WHERE subject = $1", 1),
            FaultyWriter::Mute => ("SELECT COUNT(*) FROM mutes WHERE subject = $1", 1),
            FaultyWriter::Remark => ("SELECT COUNT(*) FROM remarks WHERE person_subject = $1", 1),
            FaultyWriter::Sighting => (
                "SELECT COUNT(*) FROM people_addresses a JOIN people p \
                 ON p.kind = a.kind AND p.subject = a.subject WHERE a.subject = $1",
                1,
            ),
            FaultyWriter::Setting => ("SELECT COUNT(*) FROM settings WHERE key = $1", 1),
            FaultyWriter::Avatar => ("SELECT COUNT(*) FROM avatars WHERE user_id = $1", 1),
            FaultyWriter::Audit => ("SELECT COUNT(*) FROM audit WHERE subject = $1", 1),
            FaultyWriter::Report => ("SELECT COUNT(*) FROM reports WHERE target_player = $1", 1),
            FaultyWriter::Kick => ("SELECT COUNT(*) FROM kicks WHERE person_subject = $1", 1),
            FaultyWriter::HeldLine => ("SELECT COUNT(*) FROM held_lines WHERE id = $1", 1),
            FaultyWriter::Program => (
                "SELECT COUNT(*) FROM users JOIN service_tokens ON account = id WHERE username = $1",
                1,
            ),
            FaultyWriter::Hook => ("SELECT COUNT(*) FROM webhooks WHERE name = $1", 1),
        };
        let row = sqlx::query(question)
            .bind(key.to_owned())
            .fetch_one(self.database.pool())
            .await;
        row.unwrap().get::<i64, _>(0) == expected
    }

    async fn execute(&self, statements: Vec<String>) {
        for statement in statements {
            let statement = sqlx::AssertSqlSafe(statement);
            self.database.pool().execute(statement).await.unwrap();
        }
    }
}

/// What makes every kind of statement on a table fail, and what takes it away again.
struct TableFault {
    begin: fn(&str) -> Vec<String>,
    end: fn(&str) -> Vec<String>,
}

const VERBS: [&str; 3] = ["INSERT", "UPDATE", "DELETE"];

/// SQLite ends the transaction by itself, as on a full disk.
const SQLITE: TableFault = TableFault {
    begin: |table| {
        let fault = |verb| {
            format!(
                "CREATE TRIGGER broken_{verb} BEFORE {verb} ON {table} BEGIN \
                 SELECT RAISE(ROLLBACK, 'the disk is full'); END"
            )
        };
        VERBS.map(fault).into()
    },
    end: |_| {
        VERBS
            .map(|verb| format!("DROP TRIGGER broken_{verb}"))
            .into()
    },
};

/// PostgreSQL carries out nothing more in the transaction, and calls its COMMIT a success.
const POSTGRES: TableFault = TableFault {
    begin: |table| {
        vec![
            "CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN RAISE EXCEPTION 'the disk is full' USING ERRCODE = 'disk_full'; END $$"
                .to_owned(),
            format!(
                "CREATE TRIGGER broken BEFORE INSERT OR UPDATE OR DELETE ON {table} \
                 FOR EACH ROW EXECUTE FUNCTION broken()"
            ),
        ]
    },
    end: |_| vec!["DROP FUNCTION broken CASCADE".to_owned()],
};

async fn check(database: Database, fault: TableFault) {
    let stores = FaultyStores::open(database).await;
    for (number, table) in TABLES.iter().enumerate() {
        let key = |writer: FaultyWriter| format!("{writer:?}{number}").to_lowercase();
        for writer in WRITERS {
            stores.prepare(writer, &key(writer)).await;
        }
        stores.execute((fault.begin)(table)).await;
        let mut refused = 0;
        let mut answers = Vec::new();
        for writer in WRITERS {
            answers.push(stores.write(writer, &key(writer)).await);
        }
        stores.execute((fault.end)(table)).await;
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
}

#[tokio::test]
async fn what_a_writer_answers_is_what_is_stored() {
    stories::on_sqlite(async |database| check(database, SQLITE).await).await;
}

#[tokio::test]
async fn what_a_writer_answers_is_what_is_stored_on_postgres() {
    stories::on_postgres(async |database| check(database, POSTGRES).await).await;
}
