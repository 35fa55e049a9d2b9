//! How the crowd of a load test comes in, where it stands, and how it behaves.

use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Gives an enum its words, the same on the command line, in settings and on the wire.
macro_rules! words {
    ($name:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl $name {
            /// All of its words, in the order in which help lists them.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// The word on the command line, in settings and in reports.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }
        }

        impl FromStr for $name {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(format!("use one of {}", Self::WORDS.join(", "))),
                }
            }
        }
    };
}

/// How the clients come, and whether they stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "LoadTestShape")]
pub enum CrowdShape {
    /// One after another, a spawn interval apart; then all stay.
    #[default]
    Steady,
    /// One after another over nine tenths of the run, so that its charts show the figures of every
    /// size of the crowd.
    Ramp,
    /// All at once.
    Storm,
    /// As `steady`; halfway every connection is dropped at once, and all come back within a second
    /// after the outage, as clients do after a restart of their server.
    Restart,
    /// As `steady`; a share of the clients reads no faster than a slow line lets it.
    Slow,
}

words!(CrowdShape {
    Steady = "steady",
    Ramp = "ramp",
    Storm = "storm",
    Restart = "restart",
    Slow = "slow",
});

/// Where in the world the clients are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "LoadTestSpread")]
pub enum CrowdSpread {
    /// All over it.
    #[default]
    Even,
    /// In two clusters with empty ground between them.
    Clusters,
    /// All in one square.
    Square,
}

words!(CrowdSpread {
    Even = "even",
    Clusters = "clusters",
    Square = "square",
});

/// How the clients move. In either way they have first names with the word "bot" in front, and are marked
/// as bots for whoever looks on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "LoadTestWalk")]
pub enum CrowdWalk {
    /// Each within a tile of its own, in rank and file: the smallest updates, the same in every
    /// version, so that figures of many versions compare.
    #[default]
    March,
    /// On the ground of the world's map, as people do: they go somewhere, stand in groups, and turn
    /// to who speaks.
    People,
}

words!(CrowdWalk {
    March = "march",
    People = "people",
});

/// The language of what the clients say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "LoadTestLanguage")]
pub enum BotLanguage {
    /// English.
    #[default]
    En,
    /// Spanish.
    Es,
}

words!(BotLanguage {
    En = "en",
    Es = "es",
});

/// How the crowd of a load test comes in, where it stands, and how it behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "LoadTestCrowd")]
pub struct CrowdPlan {
    /// How the clients come, and whether they stay.
    pub shape: CrowdShape,
    /// Where they are.
    pub spread: CrowdSpread,
    /// How they move.
    pub walk: CrowdWalk,
    /// The language of what they say.
    pub language: BotLanguage,
    /// With `slow`: how many in a hundred clients read slowly; at least one client does.
    pub slow_percent: u32,
    /// With `slow`: what such a client reads at most, in kB (1000 bytes) a second.
    pub slow_kbps: u32,
    /// With `restart`: milliseconds without anybody.
    pub outage_ms: u32,
}

impl Default for CrowdPlan {
    fn default() -> Self {
        Self {
            shape: CrowdShape::default(),
            spread: CrowdSpread::default(),
            walk: CrowdWalk::default(),
            language: BotLanguage::default(),
            slow_percent: 10,
            slow_kbps: 150,
            outage_ms: 2000,
        }
    }
}

/// The same as somebody asks for it. What is left out has its default.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(rename = "LoadTestCrowdBody")]
pub struct CrowdBody {
    /// How the clients come, and whether they stay.
    pub shape: Option<CrowdShape>,
    /// Where they are.
    pub spread: Option<CrowdSpread>,
    /// How they move.
    pub walk: Option<CrowdWalk>,
    /// The language of what they say.
    pub language: Option<BotLanguage>,
    /// With `slow`: how many in a hundred clients read slowly; at least one client does.
    pub slow_percent: Option<u32>,
    /// With `slow`: what such a client reads at most, in kB (1000 bytes) a second.
    pub slow_kbps: Option<u32>,
    /// With `restart`: milliseconds without anybody.
    pub outage_ms: Option<u32>,
}

impl From<CrowdBody> for CrowdPlan {
    fn from(body: CrowdBody) -> Self {
        let default = Self::default();
        Self {
            shape: body.shape.unwrap_or(default.shape),
            spread: body.spread.unwrap_or(default.spread),
            walk: body.walk.unwrap_or(default.walk),
            language: body.language.unwrap_or(default.language),
            slow_percent: body.slow_percent.unwrap_or(default.slow_percent),
            slow_kbps: body.slow_kbps.unwrap_or(default.slow_kbps),
            outage_ms: body.outage_ms.unwrap_or(default.outage_ms),
        }
    }
}

/// The largest `slowPercent`.
pub const MAX_SLOW_PERCENT: u32 = 100;
/// The largest `slowKbps`: what a Wi-Fi cell carries.
pub const MAX_SLOW_KBPS: u32 = 100_000;
/// The longest `outageMs`.
pub const MAX_OUTAGE_MS: u32 = 60_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_the_wire() {
        for word in CrowdShape::WORDS {
            let shape: CrowdShape = word.parse().unwrap();
            assert_eq!(serde_json::to_value(shape).unwrap(), *word);
            assert_eq!(shape.as_str(), *word);
        }
        let refused = "march,people".parse::<CrowdWalk>().unwrap_err();
        assert_eq!(refused, "use one of march, people");
    }

    #[test]
    fn what_nobody_asks_for_is_as_it_always_was() {
        let crowd: CrowdBody = serde_json::from_str(r#"{"spread":"square"}"#).unwrap();
        let crowd = CrowdPlan::from(crowd);
        assert_eq!(
            (crowd.shape, crowd.walk),
            (CrowdShape::Steady, CrowdWalk::March)
        );
        assert_eq!(crowd.spread, CrowdSpread::Square);
    }
}
