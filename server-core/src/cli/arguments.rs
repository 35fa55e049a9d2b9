//! What the command line accepts. Settings flags come from the table of settings.

use std::ffi::OsString;

use ::load_test::worker;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use clap_complete::Shell;
use contract::admin::Scope;
use server_core::config::{Group, Setting, settings};

use super::load_test;

/// Names the settings file.
pub(super) const CONFIG: &str = "CONFIG_FILE";

/// Names the shell to complete for.
pub(super) const SHELL: &str = "SHELL";

/// Shows every setting.
const HELP_ALL: &str = "help-all";

/// What most hosts ever set; `--help` shows these, `--help-all` everything.
const USUAL: [&str; 15] = [
    "SERVER_PORT",
    "SERVER_HOST",
    "PUBLIC_URL",
    "TRUSTED_PROXIES",
    "CORS_ORIGIN",
    "WORLD_NAME",
    "WORLD_DESCRIPTION",
    "WORLD_GREETING",
    "GUESTS_ALLOWED",
    "JOIN_PIN",
    "MAX_PLAYERS",
    "DATA_DIR",
    "DATABASE_URL",
    "REDIS_URL",
    "LOG_FORMAT",
];

/// The command line as these arguments ask for it: help says little or everything.
pub(super) fn command_for(arguments: impl IntoIterator<Item = OsString>) -> Command {
    let all = format!("--{HELP_ALL}");
    match arguments.into_iter().any(|it| it == *all) {
        true => command(),
        false => usual(command()),
    }
}

/// Hides what few hosts ever set from the help of commands that serve.
fn usual(command: Command) -> Command {
    let few = |command: Command| {
        command.mut_args(|argument| {
            let id = argument.get_id().as_str();
            let is_rare = settings().any(|it| it.env == id) && !USUAL.contains(&id);
            argument.hide(is_rare)
        })
    };
    few(command).mut_subcommand("serve", few)
}

/// The whole command line, with nothing hidden.
pub(super) fn command() -> Command {
    let for_data = |setting: &&'static Setting| setting.group == Group::Storage;
    let for_server = |setting: &&'static Setting| setting.group != Group::LoadTest;
    let word = |name: &'static str| Arg::new(name).long(name.to_lowercase()).required(true);
    let email = || word("EMAIL").help("E-mail address of the account");
    let password = || {
        Arg::new("PASSWORD_STDIN")
            .long("password-stdin")
            .action(ArgAction::SetTrue)
            .required(true)
            .help("Read the password from standard input, so that no shell history keeps it")
    };
    let role = || {
        word("ROLE")
            .value_parser(["user", "viewer", "moderator", "host", "admin"])
            .help("What the account may do; admin is another word for host")
    };
    let user = Command::new("user")
        .about("Manage accounts; works while the server runs")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(with_settings(
            Command::new("add")
                .about("Make an account")
                .arg(word("USERNAME").help("Name people see"))
                .arg(email())
                .arg(role().required(false).default_value("user"))
                .arg(password()),
            for_data,
        ))
        .subcommand(with_settings(
            Command::new("list").about("List accounts"),
            for_data,
        ))
        .subcommand(with_settings(
            Command::new("role")
                .about("Change what an account may do")
                .arg(email())
                .arg(role()),
            for_data,
        ))
        .subcommand(with_settings(
            Command::new("passwd")
                .about("Set a new password and end the account's logins")
                .arg(email())
                .arg(password()),
            for_data,
        ));
    let service = Command::new("service")
        .about("Manage service accounts, which are programs that act by a token; works while the server runs")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(with_settings(
            Command::new("add")
                .about("Make a service account and print its token, once")
                .arg(word("NAME").help("Name people see"))
                .arg(
                    word("SCOPE")
                        .action(ArgAction::Append)
                        .value_parser(Scope::ALL.map(Scope::as_str))
                        .help("What the token may do; give it several times for several"),
                ),
            |setting| for_data(setting) || setting.env == "MAX_SERVICE_ACCOUNTS",
        ))
        .subcommand(with_settings(
            Command::new("list").about("List service accounts, and when each was last used"),
            for_data,
        ))
        .subcommand(with_settings(
            Command::new("revoke")
                .about("Revoke the token of a service account and remove it")
                .arg(word("NAME").help("Its name or id")),
            for_data,
        ));
    let config = Command::new("config")
        .about("Look at settings")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(with_settings(
            Command::new("show").about("Print every setting, its value and where it came from"),
            |_| true,
        ));
    let file = |help: &'static str| Arg::new("FILE").required(true).help(help);
    let all = || {
        Arg::new(HELP_ALL)
            .long(HELP_ALL)
            .action(ArgAction::HelpLong)
            .help("Print help with every setting")
    };
    with_settings(Command::new("comutiny-server"), for_server)
        .arg(all())
        .about("Hosts a shared world. Without a command it serves.")
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand(with_settings(
            Command::new("serve").about("Serve the world").arg(all()),
            for_server,
        ))
        .subcommand(user)
        .subcommand(service)
        .subcommand(config)
        .subcommand(
            Command::new(worker::COMMAND)
                .about("Run a load test for the server that starts this")
                .hide(true),
        )
        .subcommand(
            Command::new("man")
                .about("Write the manual, a page for each command, into a folder")
                .arg(Arg::new("FOLDER").required(true).help("The folder"))
                .hide(true),
        )
        .subcommand(
            Command::new("completions")
                .about("Print what completes commands and settings in a shell")
                .arg(
                    Arg::new(SHELL)
                        .required(true)
                        .value_parser(value_parser!(Shell))
                        .help("The shell"),
                ),
        )
        .subcommand(with_settings(
            Command::new("health")
                .about("Ask the server of this machine whether people can come in; fails while they cannot"),
            |setting| ["SERVER_HOST", "SERVER_PORT", "DATA_DIR"].contains(&setting.env),
        ))
        .subcommand(with_settings(load_test::command(), |setting| {
            setting.group == Group::LoadTest
        }))
        .subcommand(with_settings(
            Command::new("backup")
                .about("Copy the database to a new file; works while the server runs")
                .arg(file("Where to write the copy; must not exist")),
            for_data,
        ))
        .subcommand(with_settings(
            Command::new("restore")
                .about("Replace the database by a backup; the server must be stopped")
                .arg(file("The backup")),
            for_data,
        ))
}

/// The matches of the last command in a row such as `user add`.
pub(super) fn innermost(matches: &ArgMatches) -> &ArgMatches {
    matches
        .subcommand()
        .map_or(matches, |(_, inner)| innermost(inner))
}

/// The value of an argument, if the command has it and it was given.
pub(super) fn text(matches: &ArgMatches, name: &str) -> Option<String> {
    matches.try_get_one::<String>(name).ok().flatten().cloned()
}

fn with_settings(command: Command, wanted: impl Fn(&&'static Setting) -> bool) -> Command {
    let file = Arg::new(CONFIG).long("config").value_name("FILE").help(
        "Settings file; comutiny.toml in the data directory when it is there [env: CONFIG_FILE]",
    );
    let flags = settings().filter(wanted).map(flag);
    command.arg(file).args(flags)
}

fn flag(setting: &'static Setting) -> Arg {
    let default = setting.default_text();
    let default = match default.is_empty() {
        true => String::new(),
        false => format!(" [default: {default}]"),
    };
    let (env, accepts) = (setting.env, (setting.accepts)());
    let arg = Arg::new(env)
        .long(setting.flag())
        .value_name("VALUE")
        .help(format!("{}{default} [env: {env}]", setting.help))
        .long_help(format!(
            "{} Accepts {accepts}.{default} [env: {env}]",
            setting.help
        ))
        .help_heading(setting.group.title())
        .allow_hyphen_values(true);
    let arg = match setting.flag() == setting.key().replace('_', "-") {
        true => arg,
        false => arg.visible_alias(setting.key().replace('_', "-")),
    };
    match setting.switch {
        // With an equals sign, so that the command after a bare switch is not taken for its value.
        true => arg
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("true"),
        false => arg,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        command().debug_assert();
    }

    fn help(arguments: &[&str]) -> String {
        let mut command = command_for(arguments.iter().map(OsString::from));
        let text = command.render_long_help().to_string();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn help_lists_the_usual_settings_and_how_to_see_the_others() {
        let help = help(&["--help"]);
        let listed = settings().filter(|it| help.contains(&format!("[env: {}]", it.env)));
        let mut listed: Vec<_> = listed.map(|it| it.env).collect();
        let mut usual = USUAL.to_vec();
        listed.sort_unstable();
        usual.sort_unstable();
        assert_eq!(listed, usual);
        assert!(help.contains("--help-all"), "{help}");
    }

    #[test]
    fn help_all_lists_every_setting_of_the_server() {
        let help = help(&["--help-all"]);
        for setting in settings().filter(|setting| setting.group != Group::LoadTest) {
            assert!(
                help.contains(&format!("--{}", setting.flag())),
                "{}",
                setting.env
            );
        }
    }

    #[test]
    fn a_bare_switch_does_not_swallow_the_command() {
        let matches = command().get_matches_from(["x", "--redis-required", "serve", "--port", "5"]);
        assert_eq!(text(&matches, "REDIS_REQUIRED").as_deref(), Some("true"));
        let (name, serve) = matches.subcommand().unwrap();
        assert_eq!(
            (name, text(serve, "SERVER_PORT").as_deref()),
            ("serve", Some("5"))
        );
    }
}
