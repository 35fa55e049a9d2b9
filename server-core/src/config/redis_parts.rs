//! Redis as its parts: `REDIS_HOST` and its companions.

use identity::Secret;

/// `REDIS_HOST` and its companions, before they become one address.
#[derive(Debug, Clone)]
pub(super) struct RedisParts {
    pub(super) host: Option<String>,
    pub(super) port: u16,
    pub(super) database: u32,
    pub(super) password: Option<Secret>,
}

impl Default for RedisParts {
    fn default() -> Self {
        Self {
            host: None,
            port: 6379,
            database: 0,
            password: None,
        }
    }
}

impl RedisParts {
    /// `redis://:PASSWORD@HOST:PORT/DB`, or nothing when no host is named.
    pub(super) fn url(&self) -> Option<Secret> {
        let host = self.host.as_deref()?;
        let host = if host.contains(':') && !host.starts_with('[') {
            format!("[{host}]")
        } else {
            host.to_owned()
        };
        let login = self
            .password
            .as_ref()
            .map(|password| format!(":{}@", percent_encode(password.expose())))
            .unwrap_or_default();
        Some(Secret::new(format!(
            "redis://{login}{host}:{}/{}",
            self.port, self.database
        )))
    }
}

/// Encodes everything that is not a letter, a digit or `-._~` (RFC 3986, unreserved).
fn percent_encode(text: &str) -> String {
    use std::fmt::Write as _;

    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(host: &str, password: Option<&str>, expected: &str) {
        let parts = RedisParts {
            host: Some(host.to_owned()),
            password: password.map(Secret::new),
            database: 2,
            ..RedisParts::default()
        };
        assert_eq!(parts.url().unwrap().expose(), expected);
    }

    #[test]
    fn parts_become_one_address() {
        check("cache", None, "redis://cache:6379/2");
        check("::1", None, "redis://[::1]:6379/2");
        check(
            "cache",
            Some("a@b/c d"),
            "redis://:a%40b%2Fc%20d@cache:6379/2",
        );
        assert!(RedisParts::default().url().is_none());
    }
}
