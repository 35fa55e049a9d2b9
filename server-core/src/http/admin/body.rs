//! Fields that several bodies and queries share: reasons, durations, times, who.

use crate::http::{ApiError, words};
use contract::admin::{PersonKind, PersonRef};
use runtime::clock::{now_ms, parse_iso};

/// Longest reason, warning or announcement, in characters.
pub(super) const REASON_CHARS: usize = 500;
/// Ten years, in minutes.
const MAX_MINUTES: u64 = 5_256_000;
/// Thirty days, in minutes: as long as an announcement may stand.
const PIN_MINUTES: u64 = 43_200;
/// Longest subject worth looking up, in bytes.
const SUBJECT_BYTES: usize = 128;

/// What a moderator wrote for the player; may be empty.
pub(super) fn reason(text: Option<String>) -> Result<String, ApiError> {
    let text = words::blank_is_none("reason", text.as_deref().unwrap_or_default(), REASON_CHARS)?;
    Ok(text.unwrap_or_default())
}

/// The end of something that lasts so many minutes; `None` for good. It has to be said: nobody bans
/// for good by forgetting a field.
pub(super) fn until(minutes: Option<Option<u64>>) -> Result<Option<i64>, ApiError> {
    match minutes {
        None => Err(ApiError::bad_request(
            "missing-field",
            "Say for how many minutes, or null for good.",
        )),
        Some(None) => Ok(None),
        Some(Some(minutes @ 1..=MAX_MINUTES)) => {
            let ms = i64::try_from(minutes * 60_000).unwrap_or(i64::MAX);
            Ok(Some(now_ms().saturating_add(ms)))
        }
        Some(Some(_)) => Err(ApiError::invalid(format!(
            "The minutes are a number from 1 to {MAX_MINUTES}."
        ))),
    }
}

/// The end of an announcement that stands for so many minutes; `None` for one that is only said.
pub(super) fn pinned_until(minutes: Option<u64>) -> Result<Option<i64>, ApiError> {
    match minutes {
        None => Ok(None),
        Some(minutes @ 1..=PIN_MINUTES) => until(Some(Some(minutes))),
        Some(_) => Err(ApiError::invalid(format!(
            "An announcement stands for 1 to {PIN_MINUTES} minutes."
        ))),
    }
}

/// A person named by two words.
pub(super) fn person(kind: &str, subject: &str) -> Result<PersonRef, ApiError> {
    let kind = PersonKind::parse(kind.trim())
        .ok_or_else(|| ApiError::invalid("The kind is account or guest."))?;
    Ok(PersonRef {
        kind,
        subject: self::subject(subject)?,
    })
}

/// An account's id or a guest's digest: short and of visible ASCII.
pub(super) fn subject(text: &str) -> Result<String, ApiError> {
    let text = text.trim();
    let fits = !text.is_empty() && text.len() <= SUBJECT_BYTES;
    match fits && text.bytes().all(|byte| byte.is_ascii_graphic()) {
        true => Ok(text.to_ascii_lowercase()),
        false => Err(ApiError::invalid("The subject is not one of ours.")),
    }
}

/// A moment in a query.
pub(super) fn moment(text: Option<&str>) -> Result<Option<i64>, ApiError> {
    match text.map(str::trim) {
        None | Some("") => Ok(None),
        Some(text) => parse_iso(text).map(Some).ok_or_else(|| {
            ApiError::bad_request(
                "invalid-query",
                "A time looks like 2030-01-31T18:00:00Z or 2030-01-31.",
            )
        }),
    }
}

/// Yes or no in a query; `None` when it is left out.
pub(super) fn flag(name: &str, text: Option<&str>) -> Result<Option<bool>, ApiError> {
    match text.map(str::trim) {
        None | Some("") => Ok(None),
        Some("true" | "1") => Ok(Some(true)),
        Some("false" | "0") => Ok(Some(false)),
        Some(_) => Err(ApiError::bad_request(
            "invalid-query",
            format!("The value of {name} is true or false."),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_to_be_said_and_bounded() {
        assert!(until(None).is_err());
        assert_eq!(until(Some(None)).unwrap(), None);
        let in_an_hour = until(Some(Some(60))).unwrap().unwrap() - now_ms();
        assert!(
            (3_590_000..=3_600_000).contains(&in_an_hour),
            "{in_an_hour}"
        );
        for refused in [0, MAX_MINUTES + 1, u64::MAX] {
            assert!(until(Some(Some(refused))).is_err(), "{refused}");
        }
    }

    #[test]
    fn subjects_are_short_and_visible() {
        assert_eq!(subject(" 0AF9 ").unwrap(), "0af9");
        for refused in ["", " ", "a b", "a\u{202e}b", "<é>", &"a".repeat(129)] {
            assert!(subject(refused).is_err(), "{refused}");
        }
    }
}
