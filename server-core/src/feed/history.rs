//! How the world was over the last hour, day or week, put together from what is kept.

use super::Feed;
use contract::admin::SessionKind;
use contract::admin::history::{
    EndingCount, HistoryPeak, HistoryPoint, HistoryRange, WorldHistory,
};
use contract::admin::person::VisitEnd;
use runtime::clock::{iso, now_ms, parse_iso};
use store::chronicle::{Grain, Stretch};
use store::records::visits::EndedVisits;
use store::storage::StoreError;

/// An hour, in milliseconds.
const HOUR_MS: i64 = 60 * 60 * 1000;

/// How long a history is, and each of its stretches: a few hundred points, whatever the range. Both in
/// milliseconds.
fn lengths(range: HistoryRange) -> (i64, i64) {
    match range {
        HistoryRange::Hour => (HOUR_MS, Grain::Fine.ms()),
        HistoryRange::Day => (24 * HOUR_MS, HOUR_MS / 12),
        HistoryRange::Week => (7 * 24 * HOUR_MS, HOUR_MS / 2),
    }
}

impl Feed {
    /// The last hour, day or week of the world.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn history(&self, range: HistoryRange) -> Result<WorldHistory, StoreError> {
        let records = &self.shared.parts.records;
        // What was seen and measured a moment ago is part of the answer.
        records.write().await?;
        self.chronicle().write().await?;
        let now = now_ms();
        let (length, step) = lengths(range);
        // A sum without the seconds that one of the nodes has not written yet would fall at its end.
        let nodes: Vec<_> = self
            .status()
            .nodes
            .into_iter()
            .map(|node| node.id)
            .collect();
        let until = self.chronicle().written_by_all(&nodes, now).await?;
        let from = (until - length).div_euclid(step) * step + step;
        let stretches = self.chronicle().read((from, until), step).await?;
        let ended = records.visits.ended_between(from, now + 1).await?;
        let here = self.times_here(from, now).await;
        let ended_count: u64 = ended.iter().map(|it| it.count).sum();
        let ended_ms: u64 = ended.iter().map(|it| it.total_ms).sum();
        Ok(WorldHistory {
            range,
            from: iso(from),
            until: iso(until),
            step_seconds: u32::try_from(step / 1000).unwrap_or(u32::MAX),
            peak: peak(&stretches),
            points: stretches.iter().map(point).collect(),
            newcomers: records.people.newcomers(from, now + 1).await?,
            visits: ended_count + here.len() as u64,
            here: here.len() as u64,
            spent_ms: ended_ms + here.iter().sum::<u64>(),
            endings: endings(&ended),
        })
    }

    /// For everybody who plays now, how many milliseconds they have since `from`.
    async fn times_here(&self, from: i64, now: i64) -> Vec<u64> {
        let sessions = self.roster().all().await;
        let people = sessions.iter().filter(|it| it.kind != SessionKind::Bot);
        people
            .filter_map(|it| parse_iso(it.joined_at.as_deref()?))
            .map(|joined| (now - joined.max(from)).max(0).unsigned_abs())
            .collect()
    }
}

/// The first of the fullest stretches.
fn peak(stretches: &[Stretch]) -> Option<HistoryPeak> {
    let fullest = stretches
        .iter()
        .rev()
        .max_by_key(|it| it.most_people)
        .filter(|it| it.most_people > 0)?;
    Some(HistoryPeak {
        people: fullest.most_people.unsigned_abs(),
        at: iso(fullest.at),
    })
}

fn point(stretch: &Stretch) -> HistoryPoint {
    let [p50, p95, p99] = stretch.flush_us.map(|us| us.map(|us| us as f64 / 1000.0));
    HistoryPoint {
        at: iso(stretch.at),
        people: hundredths(stretch.mean_people()),
        most_people: stretch.most_people.unsigned_abs(),
        most_bots: stretch.most_bots.unsigned_abs(),
        messages: stretch.messages.unsigned_abs(),
        deliveries: hundredths(stretch.mean_deliveries()),
        most_deliveries: stretch.most_deliveries.unsigned_abs(),
        flush_p50_ms: p50,
        flush_p95_ms: p95,
        flush_p99_ms: p99,
    }
}

/// In the order in which the contract lists the ends. A word that another version wrote and this one does
/// not know is one who left, as in a person's record.
fn endings(ended: &[EndedVisits]) -> Vec<EndingCount> {
    let how = |it: &EndedVisits| VisitEnd::parse(&it.how).unwrap_or(VisitEnd::Left);
    let counts = VisitEnd::ALL.map(|end| EndingCount {
        how: end,
        count: ended
            .iter()
            .filter(|it| how(it) == end)
            .map(|it| it.count)
            .sum(),
    });
    counts.into_iter().filter(|it| it.count > 0).collect()
}

fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_peak_is_the_first_of_its_height() {
        let stretch = |at, most_people| Stretch {
            at,
            most_people,
            ..Stretch::default()
        };
        let check = |most: &[i64], expected: Option<(u64, i64)>| {
            let stretches: Vec<_> = (0..)
                .zip(most)
                .map(|(at, most)| stretch(at * 1000, *most))
                .collect();
            let expected = expected.map(|(people, at)| HistoryPeak {
                people,
                at: iso(at),
            });
            assert_eq!(peak(&stretches), expected, "{most:?}");
        };
        check(&[1, 7, 3, 7], Some((7, 1000)));
        check(&[0, 0], None);
        check(&[], None);
    }

    #[test]
    fn endings_are_counted_by_their_way_also_those_of_another_version() {
        let ended = |how: &str, count| EndedVisits {
            how: how.to_owned(),
            count,
            total_ms: 0,
        };
        let counted = endings(&[ended("slow", 2), ended("left", 3), ended("vanished", 4)]);
        let expected = [(VisitEnd::Left, 7), (VisitEnd::Slow, 2)];
        assert_eq!(
            counted,
            expected.map(|(how, count)| EndingCount { how, count })
        );
    }

    #[test]
    fn every_range_is_a_few_hundred_whole_stretches() {
        for range in HistoryRange::ALL {
            let (length, step) = lengths(range);
            assert_eq!(length % step, 0, "{range:?}");
            assert!((200..=400).contains(&(length / step)), "{range:?}");
        }
    }
}
