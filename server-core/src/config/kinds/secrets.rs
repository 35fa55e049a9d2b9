//! Settings that are secret, or hold one.

use super::ValueKind;
use crate::config::redis_addresses;
use identity::Secret;

/// A password of another service.
pub(in crate::config) struct Password;

impl ValueKind for Password {
    type Value = Secret;
    const SECRET: bool = true;

    fn accepts(&self) -> String {
        "a password".to_owned()
    }

    fn parse(&self, text: &str) -> Option<Secret> {
        (!text.is_empty()).then(|| Secret::new(text))
    }

    fn show(&self, value: &Secret) -> String {
        value.to_string()
    }
}

/// What signs tokens. How strong it must be is decided where it is used, in `accounts::tokens`.
pub(in crate::config) struct SigningSecret;

impl ValueKind for SigningSecret {
    type Value = Secret;
    const SECRET: bool = true;

    fn accepts(&self) -> String {
        "at least 16 random characters".to_owned()
    }

    fn parse(&self, text: &str) -> Option<Secret> {
        (!text.trim().is_empty()).then(|| Secret::new(text))
    }

    fn show(&self, value: &Secret) -> String {
        value.to_string()
    }
}

/// What a program shows to be let in: 16 characters or more that a header can carry.
pub(in crate::config) struct BearerToken;

impl ValueKind for BearerToken {
    type Value = Secret;
    const SECRET: bool = true;

    fn accepts(&self) -> String {
        "at least 16 random letters, digits or signs without spaces".to_owned()
    }

    fn parse(&self, text: &str) -> Option<Secret> {
        let text = text.trim();
        let fits = text.len() >= 16 && text.chars().all(|c| c.is_ascii_graphic());
        fits.then(|| Secret::new(text))
    }

    fn show(&self, value: &Secret) -> String {
        value.to_string()
    }
}

/// A PIN that is read out to people: 4 to 32 letters, digits or signs; empty for none.
pub(in crate::config) struct JoinPin;

impl ValueKind for JoinPin {
    type Value = Option<Secret>;
    const SECRET: bool = true;

    fn accepts(&self) -> String {
        "4 to 32 letters, digits or signs without spaces, or nothing".to_owned()
    }

    fn parse(&self, text: &str) -> Option<Option<Secret>> {
        let text = text.trim();
        let fits = (4..=32).contains(&text.chars().count());
        let plain = !text.chars().any(|c| c.is_whitespace() || c.is_control());
        match text {
            "" => Some(None),
            pin => (fits && plain).then(|| Some(Secret::new(pin))),
        }
    }

    fn show(&self, value: &Option<Secret>) -> String {
        value.as_ref().map(Secret::to_string).unwrap_or_default()
    }
}

/// An address with perhaps a password in it, which is masked.
pub(in crate::config) struct DatabaseUrl;

impl ValueKind for DatabaseUrl {
    type Value = Secret;
    const SECRET: bool = true;

    fn accepts(&self) -> String {
        "sqlite:PATH or postgres://USER:PASSWORD@HOST/DATABASE".to_owned()
    }

    fn parse(&self, text: &str) -> Option<Secret> {
        url(text, &["sqlite:", "postgres://", "postgresql://"])
    }

    fn show(&self, value: &Secret) -> String {
        masked(value)
    }
}

/// See [`DatabaseUrl`].
pub(in crate::config) struct RedisUrl;

impl ValueKind for RedisUrl {
    type Value = Secret;
    const SECRET: bool = true;

    fn accepts(&self) -> String {
        "redis://:PASSWORD@HOST:PORT/DB, or rediss:// with TLS; several with commas between"
            .to_owned()
    }

    fn parse(&self, text: &str) -> Option<Secret> {
        let is_address = |one| url(one, &["redis://", "rediss://"]).is_some();
        redis_addresses(text)
            .all(is_address)
            .then(|| Secret::new(text.trim()))
    }

    fn show(&self, value: &Secret) -> String {
        let shown = redis_addresses(value.expose()).map(|one| masked(&Secret::new(one)));
        shown.collect::<Vec<_>>().join(",")
    }
}

fn url(text: &str, schemes: &[&str]) -> Option<Secret> {
    let text = text.trim();
    let mut rests = schemes
        .iter()
        .filter_map(|scheme| text.strip_prefix(scheme));
    rests
        .any(|rest| !rest.is_empty())
        .then(|| Secret::new(text))
}

/// The address without what stands before `@` and after `?`, where passwords are.
fn masked(value: &Secret) -> String {
    let text = value.expose();
    let text = text.split_once('?').map_or(text, |(address, _)| address);
    match (text.split_once("://"), text.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, place))) => format!("{scheme}://[redacted]@{place}"),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check<K: ValueKind>(kind: &K, text: &str, shown: Option<&str>) {
        let value = kind.parse(text).map(|value| kind.show(&value));
        assert_eq!(value.as_deref(), shown, "{text:?}");
    }

    #[test]
    fn a_bearer_token_is_long_and_fits_into_a_header() {
        check(&BearerToken, " 0f9a7c51d3e84b26 ", Some("[redacted]"));
        check(&BearerToken, "0f9a7c51d3e84b2", None);
        check(&BearerToken, "0f9a7c51 d3e84b26", None);
        check(&BearerToken, "0f9a7c51d3e84b2ö", None);
    }

    #[test]
    fn addresses_hide_their_passwords() {
        check(
            &DatabaseUrl,
            "postgres://u:p@h/d?password=x",
            Some("postgres://[redacted]@h/d"),
        );
        check(
            &DatabaseUrl,
            "sqlite:data/world.sqlite",
            Some("sqlite:data/world.sqlite"),
        );
        check(&DatabaseUrl, "mysql://h/d", None);
        check(
            &RedisUrl,
            "redis://:p@h:1/2",
            Some("redis://[redacted]@h:1/2"),
        );
        check(&RedisUrl, "redis://", None);
        check(
            &RedisUrl,
            "redis://:p@a:1,rediss://:q@b:2",
            Some("redis://[redacted]@a:1,rediss://[redacted]@b:2"),
        );
        check(&RedisUrl, "redis://a:1,redis://", None);
    }
}
