//! Reasons that a host offers to moderators, with the length that goes with each.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Most that are offered.
const MOST: usize = 20;
/// Ten years, as of every sanction.
const LONGEST_MINUTES: u64 = 5_256_000;

/// A reason, ready to be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReasonTemplate {
    /// What the person reads.
    pub text: String,
    /// How long a mute or ban for it is, in minutes; `null` where the moderator chooses.
    pub minutes: Option<u64>,
}

/// A usual reason, which each page says in its reader's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum UsualReason {
    /// Walks after people who do not want it.
    Following,
    /// Insults people in the chat.
    Insults,
    /// Says the same again and again, or advertises.
    Spam,
    /// Stands where others have to pass.
    Blocking,
}

impl UsualReason {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Following, Self::Insults, Self::Spam, Self::Blocking];
}

/// `GET /admin/reasons`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReasonsAnswer {
    /// The host's own, in the host's order.
    pub reasons: Vec<ReasonTemplate>,
    /// The usual ones, in order, for a host who wrote none; empty where there are own ones.
    #[serde(default)]
    pub usual: Vec<UsualReason>,
}

impl ReasonTemplate {
    /// Reads `Spam = 10m; Insults = 1d; Name not allowed`: reasons between semicolons, each with a
    /// number of minutes, hours, days or weeks after an equals sign, or without.
    #[must_use]
    pub fn read_all(text: &str) -> Vec<Self> {
        let reasons = text.split(';').filter_map(Self::read);
        reasons.take(MOST).collect()
    }

    fn read(text: &str) -> Option<Self> {
        let (words, minutes) = match text.rsplit_once('=') {
            Some((words, length)) => match minutes(length) {
                Some(minutes) => (words, Some(minutes)),
                // What is no length is part of the words.
                None => (text, None),
            },
            None => (text, None),
        };
        let text = words.trim();
        (!text.is_empty()).then(|| Self {
            text: text.to_owned(),
            minutes,
        })
    }
}

fn minutes(length: &str) -> Option<u64> {
    let length = length.trim().to_lowercase();
    let digits = length.trim_end_matches(|letter: char| !letter.is_ascii_digit());
    let unit = match length.get(digits.len()..)?.trim() {
        "m" | "min" => 1,
        "h" => 60,
        "d" => 24 * 60,
        "w" => 7 * 24 * 60,
        _ => return None,
    };
    let minutes = digits.parse::<u64>().ok()?.checked_mul(unit)?;
    (1..=LONGEST_MINUTES).contains(&minutes).then_some(minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_stand_between_semicolons_and_may_have_a_length() {
        let read = ReasonTemplate::read_all("Spam = 10m; Insults=1 d ;Name not allowed; ; a = b");
        let expected = [
            ("Spam", Some(10)),
            ("Insults", Some(1440)),
            ("Name not allowed", None),
            ("a = b", None),
        ];
        let expected = expected.map(|(text, minutes)| ReasonTemplate {
            text: text.to_owned(),
            minutes,
        });
        assert_eq!(read, expected);
        assert_eq!(ReasonTemplate::read_all(""), []);
        let silly = ReasonTemplate::read_all("x = 0m; y = 99999999w");
        assert!(silly.iter().all(|it| it.minutes.is_none()));
    }
}
