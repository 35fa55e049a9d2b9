//! A text file that helps somebody else to see what is wrong, without anything that must stay here.

use std::fmt::Write as _;
use std::path::Path;

use regex::Regex;
use server_core::config::Loaded;

use crate::host::HostState;
use crate::settings::AppSettings;

/// Stands where a secret stood.
const REDACTED: &str = "[redacted]";
/// Shorter values are too common to be searched for.
const SHORTEST_SECRET: usize = 6;

/// What goes into the file.
pub(crate) struct DiagnosticFacts<'a> {
    /// Settings of the window.
    pub(crate) app: &'a AppSettings,
    /// Settings of the server, if they can be read.
    pub(crate) server: Option<&'a Loaded>,
    /// Where the server is in its life.
    pub(crate) state: &'a HostState,
    /// The end of the log.
    pub(crate) log: &'a str,
}

/// The whole text; `redactor` has gone over all of it.
pub(crate) fn report(facts: &DiagnosticFacts<'_>, redactor: &Redactor) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "CoMutiNy {} for the desktop",
        env!("CARGO_PKG_VERSION")
    );
    let _ = writeln!(out, "{}\n", chrono::Local::now().to_rfc3339());
    system(&mut out);
    let state = serde_json::to_string(facts.state).unwrap_or_default();
    let _ = writeln!(out, "\n== Server\n{state}");
    let app = serde_json::to_string_pretty(facts.app).unwrap_or_default();
    let _ = writeln!(out, "\n== Settings of the window\n{app}");
    let _ = writeln!(out, "\n== Settings of the server");
    for entry in facts.server.iter().flat_map(|loaded| &loaded.entries) {
        let source = entry.source_text();
        let _ = writeln!(out, "{} = {} ({source})", entry.setting.env, entry.value);
    }
    let _ = writeln!(out, "\n== End of the log\n{}", facts.log);
    redactor.redact(&out)
}

fn system(out: &mut String) {
    let unknown = || "unknown".to_owned();
    let text = |value: Result<String, _>| value.unwrap_or_else(|_: sysinfo::Error| unknown());
    let _ = writeln!(out, "== System");
    let _ = writeln!(out, "System: {}", text(sysinfo::System::long_os_version()));
    let _ = writeln!(out, "Kernel: {}", text(sysinfo::System::kernel_version()));
    let _ = writeln!(out, "Processor: {}", std::env::consts::ARCH);
    if let Ok(mut system) = sysinfo::System::new() {
        system.refresh_memory();
        let mib = |bytes: u64| bytes / (1024 * 1024);
        let (used, total) = (mib(system.used_memory()), mib(system.total_memory()));
        let _ = writeln!(out, "Memory: {used} of {total} MiB in use");
    }
    for name in ["XDG_SESSION_TYPE", "XDG_CURRENT_DESKTOP", "LANG"] {
        if let Ok(value) = std::env::var(name) {
            let _ = writeln!(out, "{name}: {value}");
        }
    }
}

/// Takes secrets out of text.
pub(crate) struct Redactor {
    known: Vec<String>,
    home: Option<String>,
    shapes: Vec<(Regex, &'static str)>,
}

impl Redactor {
    /// `known` secrets are taken out wherever they stand, `home` becomes `~`, and what looks like a
    /// secret goes too.
    pub(crate) fn new(known: impl IntoIterator<Item = String>, home: Option<&Path>) -> Self {
        let known = known.into_iter().map(|secret| secret.trim().to_owned());
        let mut known: Vec<String> = known.filter(|it| it.len() >= SHORTEST_SECRET).collect();
        // A secret that holds another one must go first.
        known.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        let home = home.map(|home| home.to_string_lossy().into_owned());
        let shapes = [
            // user:password@ in an address
            (r"(://)[^/\s@]+@", "$1[redacted]@"),
            (r"(?i)(bearer\s+)[\w.~+/=-]+", "$1[redacted]"),
            // a JSON web token
            (r"eyJ[\w-]+\.[\w-]+\.[\w-]+", REDACTED),
            (
                r#"(?i)((?:password|passwd|secret|token|cookie|pin)"?\s*[=:]\s*"?)[^\s",}]+"#,
                "$1[redacted]",
            ),
        ];
        let shapes = shapes.into_iter();
        Self {
            known,
            home: home.filter(|home| home.len() > 1),
            shapes: shapes
                .filter_map(|(shape, instead)| Some((Regex::new(shape).ok()?, instead)))
                .collect(),
        }
    }

    /// The text without secrets.
    pub(crate) fn redact(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for secret in &self.known {
            text = text.replace(secret, REDACTED);
        }
        if let Some(home) = &self.home {
            text = text.replace(home, "~");
        }
        for (shape, instead) in &self.shapes {
            text = shape.replace_all(&text, *instead).into_owned();
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let known = [
            "hush-hush".to_owned(),
            "hush-hush-more".to_owned(),
            "ab".to_owned(),
        ];
        let redactor = Redactor::new(known, Some(Path::new("/home/ria")));
        assert_eq!(redactor.redact(text), expected);
    }

    #[test]
    fn every_shape_is_a_regular_expression() {
        assert_eq!(Redactor::new([], None).shapes.len(), 4);
    }

    #[test]
    fn known_secrets_go_wherever_they_stand() {
        check(
            "key hush-hush, hush-hush-more.",
            "key [redacted], [redacted].",
        );
        check("cab", "cab");
    }

    #[test]
    fn what_looks_like_a_secret_goes_too() {
        check(
            "redis://:pw@cache:6379/0",
            "redis://[redacted]@cache:6379/0",
        );
        check("postgres://ria:pw@db/x", "postgres://[redacted]@db/x");
        check(
            "Authorization: Bearer abc.def",
            "Authorization: Bearer [redacted]",
        );
        check("jwt eyJhbGciOi.eyJzdWI.c2ln end", "jwt [redacted] end");
        check("guest_token=abc; x", "guest_token=[redacted] x");
        check(
            r#"{"password":"pw","a":1}"#,
            r#"{"password":"[redacted]","a":1}"#,
        );
        check(
            "http://192.168.1.20:4000/#pin=1234",
            "http://192.168.1.20:4000/#pin=[redacted]",
        );
    }

    #[test]
    fn the_rest_stays() {
        check(
            "http://192.168.1.20:4000/ joined",
            "http://192.168.1.20:4000/ joined",
        );
        check("/home/ria/world", "~/world");
    }

    #[test]
    fn the_report_holds_no_secret_of_the_settings() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("comutiny.toml");
        std::fs::write(
            &file,
            "jwt_secret = \"0123456789abcdef-secret\"\nserver_port = 4321\n",
        )
        .unwrap();
        let settings = crate::settings::ServerSettings::new(dir.path(), Vec::new());
        let (loaded, _) = settings.load().unwrap();
        let redactor = Redactor::new(["0123456789abcdef-secret".to_owned()], None);
        let facts = DiagnosticFacts {
            app: &AppSettings::default(),
            server: Some(&loaded),
            state: &HostState::Stopped,
            log: "INFO signed with 0123456789abcdef-secret\n",
        };
        let text = report(&facts, &redactor);
        assert!(!text.contains("0123456789abcdef"), "{text}");
        assert!(text.contains("SERVER_PORT = 4321"), "{text}");
        assert!(text.contains("signed with [redacted]"), "{text}");
        assert!(text.contains("Memory: "), "{text}");
    }
}
