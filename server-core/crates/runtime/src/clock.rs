//! Times as the database keeps them (milliseconds since 1970, UTC) and as clients read them.

use chrono::{DateTime, Local, SecondsFormat, Timelike, Utc};

/// Now, in milliseconds since 1970.
#[must_use]
pub fn now_ms() -> i64 {
    Utc::now().timestamp_millis()
}

/// The minute of the day on this machine's clock, in its time zone: 0 to 1439.
#[must_use]
pub fn minute_of_day() -> u32 {
    let now = Local::now();
    now.hour() * 60 + now.minute()
}

/// ISO 8601 in UTC with milliseconds; a time outside the calendar reads as its start in 1970.
#[must_use]
pub fn iso(ms: i64) -> String {
    DateTime::from_timestamp_millis(ms)
        .unwrap_or_default()
        .to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// Reads ISO 8601 with an offset, or a plain date as its first moment in UTC.
#[must_use]
pub fn parse_iso(text: &str) -> Option<i64> {
    let text = text.trim();
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Some(time.timestamp_millis());
    }
    let day = text.parse::<chrono::NaiveDate>().ok()?;
    Some(day.and_hms_opt(0, 0, 0)?.and_utc().timestamp_millis())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_survive_the_way_out_and_back() {
        assert_eq!(iso(1_700_000_000_123), "2023-11-14T22:13:20.123Z");
        assert_eq!(
            parse_iso(" 2023-11-14T23:13:20.123+01:00"),
            Some(1_700_000_000_123)
        );
        assert_eq!(parse_iso("1970-01-02"), Some(86_400_000));
        assert_eq!(parse_iso("tomorrow"), None);
        assert_eq!(parse_iso(""), None);
        assert_eq!(iso(i64::MAX), "1970-01-01T00:00:00.000Z");
    }
}
