//! Puts the sources together: flags beat the environment, which beats the file, which beats defaults.

use std::path::PathBuf;

use super::draft::Draft;
use super::file::{self, FileValues};
use super::sources::{FileChoice, value_of};
use super::{Config, ConfigError, Entry, Setting, Source, Sources, settings};

/// Settings in force, and where each came from.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// For the server.
    pub config: Config,
    /// For people, in the order of `--help`; secrets are redacted.
    pub entries: Vec<Entry>,
    /// The settings file that was read.
    pub file: Option<PathBuf>,
    /// Sentences about settings that have no effect.
    pub warnings: Vec<String>,
}

/// Loads all settings.
///
/// An empty environment variable counts as unset where its setting does not accept an empty value,
/// because compose files and unit files write it that way.
///
/// # Errors
/// The first value that is not accepted, an unknown key in the file, or a file that cannot be read.
pub fn load(sources: &Sources) -> Result<Loaded, ConfigError> {
    let choice = choice(sources);
    match file::read(&choice)? {
        None => assemble(sources, &choice, None),
        Some((values, refused)) => match refused.into_iter().next() {
            Some((_, why)) => Err(why),
            None => assemble(sources, &choice, Some(&values)),
        },
    }
}

/// A key of the settings file that is not used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// The key as written.
    pub key: String,
    /// What is wrong with it, a whole sentence.
    pub why: String,
}

/// Loads all settings but those of the file that cannot be used: for a program with a person in front
/// of it, who is better served by a world with one default than by none.
///
/// # Errors
/// A file that is not TOML or cannot be read, or what flags and environment alone do wrong.
pub fn load_what_can_be_used(sources: &Sources) -> Result<(Loaded, Vec<Flaw>), ConfigError> {
    let choice = choice(sources);
    let Some((values, refused)) = file::read(&choice)? else {
        return Ok((assemble(sources, &choice, None)?, Vec::new()));
    };
    let mut flaws: Vec<_> = refused.into_iter().map(flaw).collect();
    let whole = match assemble(sources, &choice, Some(&values)) {
        Ok(loaded) => return Ok((loaded, flaws)),
        Err(error) => error,
    };
    if assemble(sources, &choice, None).is_err() {
        return Err(whole);
    }
    // Key by key, and again as long as that helps: some go only together with others.
    let mut used = FileValues::new();
    let mut waiting = values;
    loop {
        let mut failed = Vec::new();
        let before = waiting.len();
        for (key, value) in std::mem::take(&mut waiting) {
            used.insert(key.clone(), value.clone());
            if let Err(why) = assemble(sources, &choice, Some(&used)) {
                used.remove(&key);
                waiting.insert(key.clone(), value);
                failed.push((key, why));
            }
        }
        if waiting.len() == before || waiting.is_empty() {
            flaws.extend(failed.into_iter().map(flaw));
            return Ok((assemble(sources, &choice, Some(&used))?, flaws));
        }
    }
}

fn flaw((key, why): file::RefusedKey) -> Flaw {
    let why = why.to_string();
    Flaw { key, why }
}

fn choice(sources: &Sources) -> FileChoice {
    FileChoice::of(sources, &Config::default().storage.data_dir)
}

fn assemble(
    sources: &Sources,
    choice: &FileChoice,
    file: Option<&FileValues>,
) -> Result<Loaded, ConfigError> {
    let mut draft = Draft::default();
    if !choice.named && file.is_some_and(|values| values.contains_key("data_dir")) {
        return Err(ConfigError::Conflict(
            "The settings file in the data directory cannot move the data directory; use --data-dir \
             or DATA_DIR, or name the file with --config.",
        ));
    }
    let mut origins = Vec::new();
    for setting in settings() {
        let source = apply(&mut draft, setting, sources, file, choice)?;
        origins.push((setting, source));
    }
    let warnings = warnings(&draft, &origins);
    draft.config.replication.redis_url = draft
        .config
        .replication
        .redis_url
        .clone()
        .or_else(|| draft.redis.url());
    check_together(&draft.config)?;
    draft.config.origins = origins
        .iter()
        .filter(|(_, source)| *source != Source::Default)
        .map(|(setting, source)| (setting.env, source.clone()))
        .collect();
    let entries = origins
        .into_iter()
        .map(|(setting, source)| Entry::new(setting, source, &draft))
        .collect();
    Ok(Loaded {
        config: draft.config,
        entries,
        file: file.map(|_| choice.path.clone()),
        warnings,
    })
}

/// Sets one setting from the strongest source that has it.
fn apply(
    draft: &mut Draft,
    setting: &'static Setting,
    sources: &Sources,
    file: Option<&FileValues>,
    choice: &FileChoice,
) -> Result<Source, ConfigError> {
    let refused = |source: &Source, text: &str| ConfigError::BadValue {
        place: setting.place(source),
        accepts: (setting.accepts)(),
        value: (!setting.secret).then(|| text.to_owned()),
    };
    let unicode = |source: Source, text: &str| match text.contains(char::REPLACEMENT_CHARACTER) {
        true => Err(ConfigError::NotUnicode(setting.place(&source))),
        false => Ok(()),
    };
    if let Some(text) = value_of(&sources.flags, setting.env) {
        unicode(Source::Flag, text)?;
        return match (setting.apply)(draft, text) {
            true => Ok(Source::Flag),
            false => Err(refused(&Source::Flag, text)),
        };
    }
    if let Some(text) = value_of(&sources.environment, setting.env) {
        unicode(Source::Environment, text)?;
        if (setting.apply)(draft, text) {
            return Ok(Source::Environment);
        }
        if !text.trim().is_empty() {
            return Err(refused(&Source::Environment, text));
        }
    }
    if let Some(text) = file.and_then(|values| values.get(&setting.key())) {
        let source = Source::File(choice.path.clone());
        return match (setting.apply)(draft, text) {
            true => Ok(source),
            false => Err(refused(&source, text)),
        };
    }
    Ok(Source::Default)
}

fn check_together(config: &Config) -> Result<(), ConfigError> {
    if config.replication.required && config.replication.redis_url.is_none() {
        return Err(ConfigError::Conflict(
            "REDIS_REQUIRED is on, but neither REDIS_URL nor REDIS_HOST says where Redis is.",
        ));
    }
    if config.listen.tls_cert.is_some() != config.listen.tls_key.is_some() {
        return Err(ConfigError::Conflict(
            "TLS_CERT and TLS_KEY go together: set both for https, or neither for http.",
        ));
    }
    if config.limits.event_bytes > config.listen.max_message_bytes {
        return Err(ConfigError::Conflict(
            "MAX_EVENT_BYTES must not be larger than MAX_MESSAGE_BYTES, because an event travels in a message.",
        ));
    }
    Ok(())
}

fn warnings(draft: &Draft, origins: &[(&'static Setting, Source)]) -> Vec<String> {
    let is_set = |env: &str| {
        let mut all = origins.iter();
        all.any(|(setting, source)| setting.env == env && *source != Source::Default)
    };
    let parts = ["REDIS_HOST", "REDIS_PORT", "REDIS_DB", "REDIS_PASSWORD"];
    let has_url = draft.config.replication.redis_url.is_some();
    let reason = match (has_url, draft.redis.host.is_some()) {
        (true, _) => "REDIS_URL is used instead",
        (false, true) => return Vec::new(),
        (false, false) => "neither REDIS_URL nor REDIS_HOST is set",
    };
    let unused = parts.into_iter().filter(|env| is_set(env));
    unused
        .map(|env| format!("{env} has no effect: {reason}."))
        .collect()
}

#[cfg(test)]
#[path = "load_tests.rs"]
mod tests;
