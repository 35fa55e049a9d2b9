//! Settings that are one of a few words.

use std::marker::PhantomData;
use std::str::FromStr;

use super::ValueKind;
use contract::admin::setting::SettingKind;
use contract::load_test::{BotLanguage, CrowdShape, CrowdSpread, CrowdWalk};

/// A type whose values are words.
pub(in crate::config) trait Worded: FromStr + Copy {
    /// All of them, as help lists them.
    const WORDS: &'static [&'static str];

    /// The word of a value.
    fn word(self) -> &'static str;
}

macro_rules! worded {
    ($($name:ident),+) => {
        $(impl Worded for $name {
            const WORDS: &'static [&'static str] = Self::WORDS;

            fn word(self) -> &'static str {
                self.as_str()
            }
        })+
    };
}

worded!(BotLanguage, CrowdShape, CrowdSpread, CrowdWalk);

/// One of the words of `T`.
pub(in crate::config) struct OneOf<T>(pub(in crate::config) PhantomData<T>);

impl<T: Worded> ValueKind for OneOf<T> {
    type Value = T;
    const FORM: SettingKind = SettingKind::Choice;
    const CHOICES: &'static [&'static str] = T::WORDS;

    fn accepts(&self) -> String {
        match T::WORDS {
            [all @ .., last] if !all.is_empty() => format!("{} or {last}", all.join(", ")),
            words => words.concat(),
        }
    }

    fn parse(&self, text: &str) -> Option<T> {
        text.trim().to_lowercase().parse().ok()
    }

    fn show(&self, value: &T) -> String {
        value.word().to_owned()
    }
}
