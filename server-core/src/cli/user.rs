//! `user add|list|role|passwd`: accounts, straight in the database, so that they work beside a
//! running server, which reads an account at every call.

use std::io::{self, BufRead as _, Write as _};

use anyhow::{anyhow, bail};
use clap::ArgMatches;
use contract::admin::Actor;
use contract::rest::Role;
use identity::Secret;
use server_core::config::Loaded;
use server_core::http::auth::validate;
use store::accounts::{Accounts, COMMAND_LINE_ID, CreateError, NewUser, Tokens, User, UserChange};
use store::storage::Database;

use super::{arguments, open_database, open_or_begin_database};

/// In the audit log, who acted on the command line.
pub(super) fn actor() -> Actor {
    Actor {
        id: COMMAND_LINE_ID.to_owned(),
        name: "Command line".to_owned(),
    }
}

/// Accounts read at once by `user list`.
const PAGE: u32 = 500;

pub(super) async fn run(arguments: &ArgMatches, loaded: &Loaded) -> anyhow::Result<()> {
    if let Some(("add", arguments)) = arguments.subcommand() {
        return add(
            &accounts(open_or_begin_database(loaded).await?).await?,
            arguments,
        )
        .await;
    }
    let accounts = accounts(open_database(loaded).await?).await?;
    match arguments.subcommand() {
        Some(("role", arguments)) => change_role(&accounts, arguments).await,
        Some(("passwd", arguments)) => change_password(&accounts, arguments).await,
        _ => list(&accounts).await,
    }
}

/// No token is made or read here, so any secret does and the real one stays where it is.
pub(super) async fn accounts(database: Database) -> anyhow::Result<Accounts> {
    let tokens = Tokens::new(&Secret::new(uuid::Uuid::new_v4().to_string()))?;
    Ok(Accounts::open(database, tokens).await?)
}

async fn add(accounts: &Accounts, arguments: &ArgMatches) -> anyhow::Result<()> {
    let username = validate::username(argument(arguments, "USERNAME").as_deref());
    let email = validate::email(argument(arguments, "EMAIL").as_deref());
    let new = NewUser {
        username: username.map_err(|error| anyhow!(error.message))?,
        email: email.map_err(|error| anyhow!(error.message))?,
        role: role(arguments)?,
        password_hash: hash_from_stdin(accounts).await?,
    };
    let user = accounts
        .users()
        .create(&new)
        .await
        .map_err(|error| match error {
            CreateError::UsernameTaken => anyhow!(
                "another account has the name {} or one that looks like it",
                new.username
            ),
            CreateError::UsernameReserved => anyhow!(
                "the name {} is reserved for the server and for those who look after it",
                new.username
            ),
            CreateError::EmailTaken => anyhow!("another account has the address {}", new.email),
            CreateError::Store(error) => error.into(),
        })?;
    print(&format!("{} is {} now.", user.username, user.role.as_str()))
}

async fn change_role(accounts: &Accounts, arguments: &ArgMatches) -> anyhow::Result<()> {
    let user = find(accounts, arguments).await?;
    let change = UserChange {
        role: Some(role(arguments)?),
        ..UserChange::default()
    };
    match accounts.update_user(&actor(), &user, &change).await? {
        Some((user, _)) => print(&format!("{} is {} now.", user.username, user.role.as_str())),
        None => bail!("the account was deleted meanwhile"),
    }
}

async fn change_password(accounts: &Accounts, arguments: &ArgMatches) -> anyhow::Result<()> {
    let user = find(accounts, arguments).await?;
    let hash = hash_from_stdin(accounts).await?;
    match accounts.users().set_password_hash(&user.id, &hash).await? {
        Some(user) => print(&format!(
            "{} has a new password and must log in again.",
            user.username
        )),
        None => bail!("the account was deleted meanwhile"),
    }
}

async fn list(accounts: &Accounts) -> anyhow::Result<()> {
    let mut out = io::stdout();
    let mut offset = 0;
    loop {
        let (total, users) = accounts.users().list("", PAGE, offset).await?;
        for user in &users {
            let state = match (user.is_banned, user.suspension_until) {
                (true, _) => "banned",
                (false, Some(_)) => "suspended",
                (false, None) => "",
            };
            let (id, role) = (&user.id, user.role.as_str());
            writeln!(
                out,
                "{id}  {role:<9}  {}  {}  {state}",
                user.email, user.username
            )?;
        }
        offset += PAGE;
        if u64::from(offset) >= total {
            return Ok(());
        }
    }
}

async fn find(accounts: &Accounts, arguments: &ArgMatches) -> anyhow::Result<User> {
    let email = argument(arguments, "EMAIL").unwrap_or_default();
    let found = accounts.users().by_email(&email).await?;
    found
        .map(|(user, _)| user)
        .ok_or_else(|| anyhow!("no account has the address {email}; `user list` shows all"))
}

/// The first line of standard input, without its end.
async fn hash_from_stdin(accounts: &Accounts) -> anyhow::Result<String> {
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    let password = line.trim_end_matches(['\r', '\n']);
    let password = validate::new_password(Some(password));
    let password = password.map_err(|error| anyhow!(error.message))?;
    Ok(accounts.passwords().hash(password).await?)
}

fn role(arguments: &ArgMatches) -> anyhow::Result<Role> {
    let text = argument(arguments, "ROLE").unwrap_or_default();
    Role::parse(&text)
        .ok_or_else(|| anyhow!("{text} is no role; use user, viewer, moderator or host"))
}

fn argument(arguments: &ArgMatches, name: &str) -> Option<String> {
    arguments::text(arguments, name)
}

fn print(sentence: &str) -> anyhow::Result<()> {
    Ok(writeln!(io::stdout(), "{sentence}")?)
}
