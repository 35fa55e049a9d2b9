//! What is logged, and how.

/// Level filter and shape of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogConfig {
    /// A level, then exceptions by module (`LOG`), as in `info,server_core=debug`.
    pub filter: String,
    /// See [`LogFormat`] (`LOG_FORMAT`).
    pub format: LogFormat,
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
