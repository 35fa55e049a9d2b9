//! What "holds" means, as it is written on the command line: `p99=100ms`.

use std::fmt;
use std::str::FromStr;

use contract::load_test::Summary;

use crate::DurationLimit;

/// A percentile of the fan-out, and how long it may be. Those who stand near each other count, if anybody does: in a large
/// world the others are told of less often whatever the server could bear.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KneeLimit {
    percentile: Percentile,
    limit: DurationLimit,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Percentile {
    P50,
    P95,
    P99,
}

impl KneeLimit {
    /// The limit in milliseconds.
    #[must_use]
    pub fn limit_ms(&self) -> f64 {
        self.limit.0.as_secs_f64() * 1000.0
    }

    /// The name of the percentile.
    #[must_use]
    pub fn percentile(&self) -> &'static str {
        match self.percentile {
            Percentile::P50 => "p50",
            Percentile::P95 => "p95",
            Percentile::P99 => "p99",
        }
    }

    pub(super) fn pick(&self, summary: &Summary) -> f64 {
        match self.percentile {
            Percentile::P50 => summary.p50_ms,
            Percentile::P95 => summary.p95_ms,
            Percentile::P99 => summary.p99_ms,
        }
    }
}

impl FromStr for KneeLimit {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || "write a percentile of the fan-out and a time: p99=100ms".to_owned();
        let (percentile, limit) = text.split_once('=').ok_or_else(wrong)?;
        let percentile = match percentile.trim() {
            "p50" => Percentile::P50,
            "p95" => Percentile::P95,
            "p99" => Percentile::P99,
            _ => return Err("the percentile is p50, p95 or p99".to_owned()),
        };
        let limit: DurationLimit = limit.parse()?;
        match limit.0.is_zero() {
            true => Err("no server is that fast; write a time above 0".to_owned()),
            false => Ok(Self { percentile, limit }),
        }
    }
}

impl fmt::Display for KneeLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "fan-out {} of {} ms", self.percentile(), self.limit_ms())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<&str, &str>) {
        let parsed: Result<KneeLimit, String> = text.parse();
        let shown = parsed.map(|it| it.to_string());
        assert_eq!(shown.as_deref().map_err(String::as_str), expected, "{text}");
    }

    #[test]
    fn limits_are_a_percentile_and_a_time() {
        check("p99=100ms", Ok("fan-out p99 of 100 ms"));
        check("p50 = 1.5s", Ok("fan-out p50 of 1500 ms"));
        check(
            "p99",
            Err("write a percentile of the fan-out and a time: p99=100ms"),
        );
        check("p90=1s", Err("the percentile is p50, p95 or p99"));
        check(
            "p99=100",
            Err("write a number and its unit: 800us, 50ms or 1.5s"),
        );
        check(
            "p99=0ms",
            Err("no server is that fast; write a time above 0"),
        );
    }
}
