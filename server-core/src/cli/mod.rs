//! The command line. One file per command; each returns an error whose text is a sentence for the
//! person at the terminal.

use std::process::ExitCode;

use ::load_test::worker;
use clap::ArgMatches;
use server_core::StartError;
use server_core::config::{ConfigError, Loaded, Sources, environment, load, settings};
use store::storage::{Database, Location};

mod arguments;
mod banner;
mod completions;
mod config;
mod data;
mod explain;
mod health;
mod knee;
mod load_test;
mod logging;
mod man;
mod serve;
mod service;
mod signals;
mod user;

/// `EX_CONFIG` of sysexits.h: a setting is wrong. The unit for systemd names it.
const WRONG_SETTING: u8 = 78;

/// Runs the command that the arguments name.
pub(crate) fn run() -> ExitCode {
    match dispatch(&arguments::command_for(std::env::args_os()).get_matches()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("comutiny-server: {}", explain::sentence(&error));
            exit_code(&error)
        }
    }
}

/// What trying again cannot mend is told apart, so that a service manager leaves it.
fn exit_code(error: &anyhow::Error) -> ExitCode {
    let start = error.downcast_ref::<StartError>();
    match error.is::<ConfigError>() || start.is_some_and(StartError::is_wrong_setting) {
        true => ExitCode::from(WRONG_SETTING),
        false => ExitCode::FAILURE,
    }
}

fn dispatch(matches: &ArgMatches) -> anyhow::Result<ExitCode> {
    let (name, arguments) = match matches.subcommand() {
        Some((name, arguments)) => (name, arguments),
        None => ("serve", matches),
    };
    if name == worker::COMMAND {
        return Ok(worker::main());
    }
    if name == "man" {
        man::run(arguments)?;
        return Ok(ExitCode::SUCCESS);
    }
    if name == "completions" {
        completions::run(arguments)?;
        return Ok(ExitCode::SUCCESS);
    }
    let loaded = load_settings(matches, arguments)?;
    let runtime = runtime::build("worker")?;
    let mut code = ExitCode::SUCCESS;
    match name {
        "service" => runtime.block_on(service::run(arguments, &loaded))?,
        "user" => runtime.block_on(user::run(arguments, &loaded))?,
        "config" => config::show(&loaded)?,
        "health" => runtime.block_on(health::run(&loaded))?,
        "load-test" => code = runtime.block_on(load_test::run(arguments, &loaded))?,
        "backup" => runtime.block_on(data::backup(arguments, &loaded))?,
        "restore" => runtime.block_on(data::restore(arguments, &loaded))?,
        _ => code = runtime.block_on(serve::run(&loaded))?,
    }
    // What still runs was told to stop or does not listen; a second signal must not wait for it.
    runtime.shutdown_background();
    Ok(code)
}

/// Settings flags may stand before the command or behind it; behind wins.
fn load_settings(before: &ArgMatches, behind: &ArgMatches) -> Result<Loaded, ConfigError> {
    let behind = arguments::innermost(behind);
    let mut sources = Sources {
        environment: environment(),
        ..Sources::default()
    };
    for matches in [before, behind] {
        let mut names = settings().map(|setting| setting.env);
        let value = |name: &str| arguments::text(matches, name);
        let given = names
            .by_ref()
            .filter_map(|name| Some((name.to_owned(), value(name)?)));
        sources.flags.extend(given);
        sources.file = value(arguments::CONFIG).map(Into::into).or(sources.file);
    }
    load(&sources)
}

async fn open_database(loaded: &Loaded) -> anyhow::Result<Database> {
    let location = Location::of(&loaded.config.storage)?;
    Ok(Database::open(location.url()).await?)
}
