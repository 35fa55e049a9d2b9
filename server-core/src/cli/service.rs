//! `service add|list|revoke`: tokens for programs, straight in the database, so that they work beside a
//! running server.

use std::io::{self, Write as _};

use anyhow::{anyhow, bail};
use clap::ArgMatches;
use contract::admin::service::{Scope, Scopes};
use server_core::config::Loaded;
use server_core::http::auth::validate;
use store::accounts::{Accounts, CreateError, CreateServiceError};

use super::user::{accounts, actor};
use super::{arguments, open_database, open_or_begin_database};

pub(super) async fn run(arguments: &ArgMatches, loaded: &Loaded) -> anyhow::Result<()> {
    if let Some(("add", arguments)) = arguments.subcommand() {
        let accounts = accounts(open_or_begin_database(loaded).await?).await?;
        return add(&accounts, arguments, loaded).await;
    }
    let accounts = accounts(open_database(loaded).await?).await?;
    match arguments.subcommand() {
        Some(("revoke", arguments)) => revoke(&accounts, arguments).await,
        _ => list(&accounts).await,
    }
}

/// The token alone goes to standard output, so that a script can keep it.
async fn add(accounts: &Accounts, arguments: &ArgMatches, loaded: &Loaded) -> anyhow::Result<()> {
    let name = validate::username(arguments::text(arguments, "NAME").as_deref())
        .map_err(|error| anyhow!(error.message))?;
    let words = arguments.get_many::<String>("SCOPE").into_iter().flatten();
    let scopes = Scopes::of(words.filter_map(|word| Scope::parse(word)));
    let most = loaded.config.rates.service_accounts;
    let made = accounts
        .create_service(&actor(), &name, &scopes, most)
        .await
        .map_err(|error| match error {
            CreateServiceError::TooMany => anyhow!(
                "there are {most} service accounts, as many as MAX_SERVICE_ACCOUNTS allows; revoke one first"
            ),
            CreateServiceError::Account(CreateError::UsernameReserved) => anyhow!(
                "the name {name} is reserved for the server and for those who look after it"
            ),
            CreateServiceError::Account(CreateError::Store(error)) => error.into(),
            CreateServiceError::Account(_) => {
                anyhow!("another account has the name {name} or one that looks like it")
            }
        })?;
    eprintln!(
        "{} may {}. Keep this token; it is not shown again:",
        made.service.name,
        scopes.to_text().replace(' ', ", ")
    );
    Ok(writeln!(io::stdout(), "{}", made.token.expose())?)
}

async fn list(accounts: &Accounts) -> anyhow::Result<()> {
    let mut out = io::stdout();
    for service in accounts.services().list().await? {
        let scopes = Scopes::of(service.scopes).to_text();
        let used = service.last_used_at.as_deref().unwrap_or("never used");
        let maker = match service.maker_is_host {
            true => String::new(),
            false => format!(
                "  (made by {}, who is no host any more)",
                service.created_by.name
            ),
        };
        writeln!(
            out,
            "{}  {scopes}  {used}  {}{maker}",
            service.id, service.name
        )?;
    }
    Ok(())
}

async fn revoke(accounts: &Accounts, arguments: &ArgMatches) -> anyhow::Result<()> {
    let wanted = arguments::text(arguments, "NAME").unwrap_or_default();
    let services = accounts.services().list().await?;
    let found = services
        .iter()
        .find(|it| it.id == wanted || it.name == wanted);
    let Some(service) = found else {
        bail!("no service account has the name or id {wanted}; `service list` shows all");
    };
    match accounts.revoke_service(&actor(), &service.id).await? {
        Some(_) => Ok(writeln!(
            io::stdout(),
            "The token of {} counts no more. A running server ends its sessions within 15 seconds.",
            service.name
        )?),
        None => bail!("the service account was revoked meanwhile"),
    }
}
