//! Kinds of settings: what they accept, how they are read from text and shown as text.

use std::time::Duration;

use contract::admin::setting::SettingKind;

mod choice;
mod net;
mod secrets;
mod text;

pub(super) use choice::OneOf;
pub(super) use net::{Hosts, HttpUrl, IpAddress, Origins, ProxyList};
pub(super) use secrets::{BearerToken, DatabaseUrl, JoinPin, Password, RedisUrl, SigningSecret};
pub(super) use text::{DirectoryPath, Filter, LogFormatName, OptionalText, Takeover, Text};

/// How one type of value is written. Every kind reads what it shows.
pub(super) trait ValueKind {
    type Value;
    /// Never shown, neither in `config show` nor in an error.
    const SECRET: bool = false;
    /// A flag of this kind may stand alone, meaning `true`.
    const SWITCH: bool = false;
    /// What a page shows it as.
    const FORM: SettingKind = SettingKind::Text;
    /// The values of a choice.
    const CHOICES: &'static [&'static str] = &[];

    /// Completes "it must be ...".
    fn accepts(&self) -> String;
    fn parse(&self, text: &str) -> Option<Self::Value>;
    fn show(&self, value: &Self::Value) -> String;
}

/// A whole number from `.0` to `.1`, both included.
pub(super) struct Whole<T>(pub(super) T, pub(super) T);

impl<T> ValueKind for Whole<T>
where
    T: std::str::FromStr + std::fmt::Display + PartialOrd + Copy,
{
    type Value = T;
    const FORM: SettingKind = SettingKind::Number;

    fn accepts(&self) -> String {
        format!("a whole number from {} to {}", self.0, self.1)
    }

    fn parse(&self, text: &str) -> Option<T> {
        let number = text.trim().parse().ok()?;
        (self.0 <= number && number <= self.1).then_some(number)
    }

    fn show(&self, value: &T) -> String {
        value.to_string()
    }
}

/// A number above zero.
pub(super) struct Positive;

impl ValueKind for Positive {
    type Value = f64;
    const FORM: SettingKind = SettingKind::Number;

    fn accepts(&self) -> String {
        "a number above 0, at most 1000000".to_owned()
    }

    fn parse(&self, text: &str) -> Option<f64> {
        let number: f64 = text.trim().parse().ok()?;
        (number > 0.0 && number <= 1e6).then_some(number)
    }

    fn show(&self, value: &f64) -> String {
        value.to_string()
    }
}

/// Milliseconds from `.0` to `.1`, both included.
pub(super) struct Millis(pub(super) u64, pub(super) u64);

impl ValueKind for Millis {
    type Value = Duration;
    const FORM: SettingKind = SettingKind::Number;

    fn accepts(&self) -> String {
        format!(
            "a whole number of milliseconds from {} to {}",
            self.0, self.1
        )
    }

    fn parse(&self, text: &str) -> Option<Duration> {
        Whole(self.0, self.1).parse(text).map(Duration::from_millis)
    }

    fn show(&self, value: &Duration) -> String {
        value.as_millis().to_string()
    }
}

/// On or off.
pub(super) struct Switch;

impl ValueKind for Switch {
    type Value = bool;
    const SWITCH: bool = true;
    const FORM: SettingKind = SettingKind::Boolean;

    fn accepts(&self) -> String {
        "true or false (also 1 or 0, yes or no, on or off)".to_owned()
    }

    fn parse(&self, text: &str) -> Option<bool> {
        match text.trim().to_lowercase().as_str() {
            "true" | "1" | "yes" | "on" => Some(true),
            "false" | "0" | "no" | "off" => Some(false),
            _ => None,
        }
    }

    fn show(&self, value: &bool) -> String {
        value.to_string()
    }
}
