//! `comutiny-server`: the headless host of a world, and the tools of its operator.

mod cli;

fn main() -> std::process::ExitCode {
    cli::run()
}
