//! Settings of how often one person may do what: two for each bucket of events.

use super::{Group, Setting, ValueKind as _, entry, setting};
use crate::config::kinds::Positive;

macro_rules! rate_settings {
    ($( $(#[doc = $doc:literal])+ $bucket:ident $field:ident $env:literal $rate:literal, $burst:literal, $help:literal, $burst_help:literal; )+) => {
        pub(super) const SETTINGS: &[Setting] = &[ $(
            entry!(
                Limits,
                $env,
                Positive,
                config.rates.events.$field.per_second,
                $help
            ),
            entry!(
                Limits,
                concat!($env, "_BURST"),
                Positive,
                config.rates.events.$field.burst,
                $burst_help
            ),
        )+ ];
    };
}
contract::for_rate_buckets!(rate_settings);
