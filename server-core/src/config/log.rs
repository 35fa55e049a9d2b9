//! What is logged, and how.

/// Chatty at levels people ask for because of our own modules. What `LOG` says about them wins.
const QUIET: &str = "engineioxide=warn,socketioxide=warn,hyper=warn,hyper_util=warn,sqlx=warn,tower_http=warn,h2=warn";

/// Level filter and shape of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogConfig {
    /// A level, then exceptions by module (`LOG`), as in `info,server_core=debug`.
    pub filter: String,
    /// See [`LogFormat`] (`LOG_FORMAT`).
    pub format: LogFormat,
}

impl LogConfig {
    /// The whole filter: what is chatty at levels people ask for because of our own modules is quiet
    /// unless [`Self::filter`] names it.
    #[must_use]
    pub fn directives(&self) -> String {
        // Later directives win over earlier ones for the same module.
        format!("{QUIET},{}", self.filter)
    }
}

impl Default for LogConfig {
    fn default() -> Self {
        Self {
            filter: "info".to_owned(),
            format: LogFormat::Human,
        }
    }
}

/// The shape of one log line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LogFormat {
    /// For eyes: time, level, message, fields; coloured on a terminal.
    #[default]
    Human,
    /// For collectors: one JSON object per line.
    Json,
}

#[cfg(test)]
mod tests {
    use tracing_subscriber::EnvFilter;

    use super::*;

    #[test]
    fn what_the_host_asks_for_wins_over_the_quiet_list() {
        let config = LogConfig {
            filter: "info,socketioxide=debug".to_owned(),
            ..LogConfig::default()
        };
        let shown = EnvFilter::try_new(config.directives()).unwrap().to_string();
        assert!(shown.contains("socketioxide=debug"), "{shown}");
        assert!(!shown.contains("socketioxide=warn"), "{shown}");
        assert!(shown.contains("hyper=warn"), "{shown}");
    }
}
