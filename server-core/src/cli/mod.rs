//! The command line. One file per command; each returns an error whose text is a sentence for the
//! person at the terminal.

use std::path::Path;
use std::process::ExitCode;

use ::load_test::worker;
use anyhow::anyhow;
use clap::ArgMatches;
use server_core::StartError;
use server_core::config::{
    ConfigError, Entry, Loaded, LogFormat, Source, Sources, environment, load,
    load_what_can_be_used, settings,
};
use store::storage::{Database, Location};

mod arguments;
mod banner;
mod completions;
mod config;
mod data;
mod exit_codes;
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

/// The command that is meant where none is named.
const SERVE: &str = "serve";

/// `EX_CONFIG` of sysexits.h: a setting is wrong. The unit for systemd names it.
const WRONG_SETTING: u8 = 78;

/// Runs the command that the arguments name.
pub(crate) fn run() -> ExitCode {
    let matches = arguments::command_for(std::env::args_os()).get_matches();
    match dispatch(&matches) {
        Ok(code) => code,
        Err(error) => {
            let sentence = explain::sentence(&error);
            match format_of_log(&matches) {
                LogFormat::Human => eprintln!("comutiny-server: {sentence}"),
                LogFormat::Json => eprintln!("{}", explain::event(&sentence)),
            }
            exit_code(&error)
        }
    }
}

/// How a server that did not start says why: as it would have said everything else. The other commands
/// speak to the person who called them.
fn format_of_log(matches: &ArgMatches) -> LogFormat {
    let arguments = match matches.subcommand() {
        None => matches,
        Some((SERVE, arguments)) => arguments,
        Some(_) => return LogFormat::Human,
    };
    // Any other setting may be what is wrong.
    let mut sources = sources(matches, arguments);
    let matters = |(name, _): &(String, String)| {
        ["LOG_FORMAT", "DATA_DIR", "CONFIG_FILE"].contains(&name.as_str())
    };
    sources.flags.retain(matters);
    sources.environment.retain(matters);
    let loaded = load_what_can_be_used(&sources);
    loaded.map_or(LogFormat::Human, |(loaded, _)| loaded.config.log.format)
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
        None => (SERVE, matches),
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

fn load_settings(before: &ArgMatches, behind: &ArgMatches) -> Result<Loaded, ConfigError> {
    load(&sources(before, behind))
}

/// Settings flags may stand before the command or behind it; behind wins.
fn sources(before: &ArgMatches, behind: &ArgMatches) -> Sources {
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
    sources
}

/// The database of a world that is there. Whoever calls a command in another folder than the server's,
/// as beside a service, would otherwise begin a database of its own there, and be told of a success
/// that nobody in the world sees.
async fn open_database(loaded: &Loaded) -> anyhow::Result<Database> {
    let location = Location::of(&loaded.config.storage)?;
    if let Some(file) = location.file().filter(|file| !file.exists()) {
        return Err(no_database(file));
    }
    Ok(Database::open(location.url()).await?)
}

/// The same for what may come before a world's first start: where somebody named the place, it begins
/// the database there.
async fn open_or_begin_database(loaded: &Loaded) -> anyhow::Result<Database> {
    require_place(loaded)?;
    let location = Location::of(&loaded.config.storage)?;
    Ok(Database::open(location.url()).await?)
}

/// Refuses to begin a database in a place that nobody named.
fn require_place(loaded: &Loaded) -> anyhow::Result<()> {
    let names_place = |entry: &Entry| {
        ["DATA_DIR", "DATABASE_URL"].contains(&entry.setting.env) && entry.source != Source::Default
    };
    let location = Location::of(&loaded.config.storage)?;
    match location.file() {
        Some(file) if !file.exists() && !loaded.entries.iter().any(names_place) => {
            Err(no_database(file))
        }
        Some(_) | None => Ok(()),
    }
}

fn no_database(file: &Path) -> anyhow::Error {
    // The folder that counts here is the caller's own, which says nothing to who reads a relative path.
    let file = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    anyhow!(
        "there is no database at {}; name the folder of the world with --data-dir (a service has it \
         in /var/lib/comutiny)",
        file.display()
    )
}
