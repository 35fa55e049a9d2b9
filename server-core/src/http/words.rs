//! Checks the words in a body: present, not blank, not too long, free of what cannot be seen.

use super::ApiError;
use contract::text;

/// A word that has to be there.
///
/// # Errors
/// 400 when it is absent, blank or over `max_chars`.
pub(super) fn required(
    field: &'static str,
    value: Option<String>,
    max_chars: usize,
) -> Result<String, ApiError> {
    optional(field, value, max_chars)?
        .ok_or_else(|| ApiError::bad_request("missing-field", format!("The {field} is missing.")))
}

/// A word that may be left out, but not blank.
///
/// # Errors
/// 400 when it is blank or over `max_chars`.
pub(super) fn optional(
    field: &'static str,
    value: Option<String>,
    max_chars: usize,
) -> Result<Option<String>, ApiError> {
    let Some(value) = value else { return Ok(None) };
    match blank_is_none(field, &value, max_chars)? {
        None => Err(ApiError::invalid(format!("The {field} is empty."))),
        found => Ok(found),
    }
}

/// A word of which nothing may be left.
///
/// # Errors
/// 400 when it is over `max_chars`.
pub(super) fn blank_is_none(
    field: &'static str,
    value: &str,
    max_chars: usize,
) -> Result<Option<String>, ApiError> {
    let clean = text::clean(value, usize::MAX);
    if clean.chars().count() > max_chars {
        let message = format!("The {field} may have at most {max_chars} characters.");
        return Err(ApiError::invalid(message));
    }
    Ok((!clean.is_empty()).then_some(clean))
}
