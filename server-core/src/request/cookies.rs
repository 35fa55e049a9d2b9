//! The two cookies of a browser, and which token a request acts with.

use http::{HeaderMap, HeaderValue, header};

use store::accounts::tokens::TOKEN_LIFETIME_SECONDS;

/// Carries the login token.
pub const AUTH_COOKIE: &str = "auth_token";
/// Carries the guest token.
pub const GUEST_COOKIE: &str = "guest_token";
/// Tells that somebody has logged in on this device before; see `accounts::tokens::Device`.
pub const DEVICE_COOKIE: &str = "device_token";
/// How long a browser keeps its guest and device tokens, in seconds: one year.
pub const GUEST_LIFETIME_SECONDS: i64 = 31_536_000;

/// How a request says who it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credential {
    /// `Authorization: Bearer`; other sites cannot make a browser send it.
    Bearer,
    /// The cookie `auth_token`; browsers send it by themselves.
    Cookie,
}

/// The login token of a request. A bearer token counts alone: a request that brings a bad one is
/// nobody, even beside a good cookie.
#[must_use]
pub fn login_token(headers: &HeaderMap) -> Option<(&str, Credential)> {
    if let Some(value) = headers.get(header::AUTHORIZATION) {
        return bearer(value).map(|token| (token, Credential::Bearer));
    }
    cookie(headers, AUTH_COOKIE).map(|token| (token, Credential::Cookie))
}

/// The value of a cookie; the first one when there are several, as browsers send the most specific
/// first.
#[must_use]
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.split_once('='))
        .find(|(found, _)| found.trim() == name)
        .map(|(_, value)| value.trim().trim_matches('"'))
        .filter(|value| !value.is_empty())
}

/// `Set-Cookie` that hands a browser its login token.
#[must_use]
pub fn set_login(token: &str, secure: bool) -> Option<HeaderValue> {
    build(AUTH_COOKIE, token, TOKEN_LIFETIME_SECONDS, secure)
}

/// `Set-Cookie` that takes the login token away.
#[must_use]
pub fn clear_login(secure: bool) -> Option<HeaderValue> {
    build(AUTH_COOKIE, "", 0, secure)
}

/// `Set-Cookie` that hands a browser its guest token.
#[must_use]
pub fn set_guest(token: &str, secure: bool) -> Option<HeaderValue> {
    build(GUEST_COOKIE, token, GUEST_LIFETIME_SECONDS, secure)
}

/// `Set-Cookie` that makes a browser a known device.
#[must_use]
pub fn set_device(token: &str, secure: bool) -> Option<HeaderValue> {
    build(DEVICE_COOKIE, token, GUEST_LIFETIME_SECONDS, secure)
}

/// `None` only for a value that no header may hold, which our tokens never are.
fn build(name: &str, value: &str, max_age: i64, secure: bool) -> Option<HeaderValue> {
    let secure = if secure { "; Secure" } else { "" };
    let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={max_age}{secure}");
    HeaderValue::from_str(&text).ok()
}

/// The token in `Authorization: Bearer`.
pub(crate) fn bearer(value: &HeaderValue) -> Option<&str> {
    let (scheme, token) = value.to_str().ok()?.trim().split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| {
                let name = http::HeaderName::from_static(name);
                (name, HeaderValue::from_static(value))
            })
            .collect()
    }

    #[test]
    fn a_bearer_token_counts_before_a_cookie_and_alone() {
        let check = |pairs: &[(&'static str, &'static str)], expected| {
            assert_eq!(login_token(&headers(pairs)), expected, "{pairs:?}");
        };
        check(&[], None);
        check(
            &[("cookie", "a=b; auth_token=t; c=d")],
            Some(("t", Credential::Cookie)),
        );
        check(
            &[("cookie", "a=b"), ("cookie", "auth_token=t")],
            Some(("t", Credential::Cookie)),
        );
        check(&[("cookie", "auth_token=")], None);
        check(&[("cookie", "xauth_token=t")], None);
        check(
            &[("authorization", "bearer  t ")],
            Some(("t", Credential::Bearer)),
        );
        check(
            &[("authorization", "Bearer t"), ("cookie", "auth_token=c")],
            Some(("t", Credential::Bearer)),
        );
        check(
            &[("authorization", "Basic x"), ("cookie", "auth_token=c")],
            None,
        );
        check(&[("authorization", "Bearer")], None);
    }

    #[test]
    fn cookies_have_exactly_the_attributes_of_the_contract() {
        assert_eq!(
            set_login("t", false).unwrap(),
            "auth_token=t; Path=/; HttpOnly; SameSite=Lax; Max-Age=604800"
        );
        assert_eq!(
            set_login("t", true).unwrap(),
            "auth_token=t; Path=/; HttpOnly; SameSite=Lax; Max-Age=604800; Secure"
        );
        assert_eq!(
            clear_login(false).unwrap(),
            "auth_token=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"
        );
    }
}
