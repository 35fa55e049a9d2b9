//! What names, e-mail addresses and passwords may be.

use crate::request::error::ApiError;
use contract::text::clean;

/// Longest username, in characters; it becomes a name tag.
pub const USERNAME_CHARS: usize = 40;
/// Longest e-mail address, in bytes, from RFC 5321.
pub const EMAIL_BYTES: usize = 254;
/// Shortest new password, in characters.
pub const PASSWORD_MIN_CHARS: usize = 8;
/// Longest password, in characters: hashing must stay cheap for the server.
pub const PASSWORD_MAX_CHARS: usize = 200;

/// Cleans a username as names in the world are cleaned.
///
/// # Errors
/// 400 when it is missing, blank or too long.
pub fn username(value: Option<&str>) -> Result<String, ApiError> {
    let name = clean(value.unwrap_or_default(), usize::MAX);
    if name.is_empty() {
        return Err(ApiError::invalid("Enter a name."));
    }
    if name.chars().count() > USERNAME_CHARS {
        return Err(ApiError::invalid(format!(
            "The name is too long: at most {USERNAME_CHARS} characters."
        )));
    }
    Ok(name)
}

/// Trims an e-mail address and looks at its shape; whether it exists, only a message could tell.
///
/// # Errors
/// 400 when it is missing, blank, too long or no address.
pub fn email(value: Option<&str>) -> Result<String, ApiError> {
    let email = value.unwrap_or_default().trim();
    if email.is_empty() {
        return Err(ApiError::invalid("Enter an e-mail address."));
    }
    if email.len() > EMAIL_BYTES {
        return Err(ApiError::invalid("The e-mail address is too long."));
    }
    if !looks_like_email(email) {
        return Err(ApiError::invalid(
            "This is not an e-mail address, such as ana@example.org.",
        ));
    }
    Ok(email.to_owned())
}

/// Checks a password that somebody wants to have.
///
/// # Errors
/// 400 when it is missing, too short or too long.
pub fn new_password(value: Option<&str>) -> Result<&str, ApiError> {
    let password = password(value)?;
    if password.chars().count() < PASSWORD_MIN_CHARS || password.trim().is_empty() {
        return Err(ApiError::invalid(format!(
            "The password is too short: at least {PASSWORD_MIN_CHARS} characters."
        )));
    }
    Ok(password)
}

/// Checks a password that somebody claims to have.
///
/// # Errors
/// 400 when it is missing or longer than any password can be.
pub fn password(value: Option<&str>) -> Result<&str, ApiError> {
    match value.unwrap_or_default() {
        "" => Err(ApiError::invalid("Enter a password.")),
        long if long.chars().count() > PASSWORD_MAX_CHARS => Err(ApiError::invalid(format!(
            "The password is too long: at most {PASSWORD_MAX_CHARS} characters."
        ))),
        password => Ok(password),
    }
}

fn looks_like_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let forbidden = |c: char| c.is_whitespace() || c.is_control() || "<>()[],;:\\\"".contains(c);
    !local.is_empty()
        && !local.contains('@')
        && !domain.is_empty()
        && !text.contains(forbidden)
        && !domain.starts_with(['.', '-'])
        && !domain.ends_with(['.', '-'])
        && !domain.contains("..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usernames_are_cleaned_and_bounded() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(username(Some(text)).ok().as_deref(), expected, "{text:?}");
        };
        check("  Ana \n", Some("Ana"));
        check("A\u{0}n\u{202E}a\u{200B}", Some("Ana"));
        check("", None);
        check(" \u{200B}\t", None);
        check(&"é".repeat(40), Some(&"é".repeat(40)));
        check(&"é".repeat(41), None);
        assert!(username(None).is_err());
    }

    #[test]
    fn emails_have_a_sensible_shape() {
        let check = |text: &str, ok| assert_eq!(email(Some(text)).is_ok(), ok, "{text:?}");
        check(" Ana@Example.org ", true);
        check("ana+tag@mail.example.co.uk", true);
        check("ana@localhost", true);
        check("müller@exämple.org", true);
        check("ana", false);
        check("@example.org", false);
        check("ana@", false);
        check("a@b@c", false);
        check("a b@c.d", false);
        check("ana@.example", false);
        check("ana@example..org", false);
        check("ana\u{0}@example.org", false);
        check(&format!("{}@example.org", "a".repeat(242)), true);
        check(&format!("{}@example.org", "a".repeat(243)), false);
    }

    #[test]
    fn passwords_are_neither_short_nor_endless() {
        let check = |text: &str, ok| assert_eq!(new_password(Some(text)).is_ok(), ok, "{text:?}");
        check("12345678", true);
        check("ñandúñan", true);
        check("1234567", false);
        check("        ", false);
        check("", false);
        check(&"x".repeat(200), true);
        check(&"x".repeat(201), false);
        assert!(password(Some("short")).is_ok());
    }
}
