//! The order of the tries. Pure: what a try came to is an argument.

/// What came of a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TryVerdict {
    Yes,
    No,
}

/// How far above the largest crowd that held the smallest that did not may be, as a share.
const PRECISION: f64 = 0.05;

/// Doubles until a crowd is too large, then halves what is between, in ratios; in the end tries the
/// answer a second time, because one quiet moment is no proof.
#[derive(Debug)]
pub(super) struct KneeSearch {
    first: u32,
    most: u32,
    held: Vec<u32>,
    too_many: Option<u32>,
    confirmed: bool,
}

impl KneeSearch {
    pub(super) fn new(first: u32, most: u32) -> Self {
        Self {
            first: first.clamp(1, most.max(1)),
            most: most.max(1),
            held: Vec::new(),
            too_many: None,
            confirmed: false,
        }
    }

    /// The largest crowd that held.
    pub(super) fn holds(&self) -> Option<u32> {
        self.held.last().copied()
    }

    /// The smallest that did not.
    pub(super) fn too_many(&self) -> Option<u32> {
        self.too_many
    }

    /// How many to try next; `None` when the answer is there.
    pub(super) fn next(&self) -> Option<u32> {
        match (self.holds(), self.too_many) {
            (None, None) => Some(self.first),
            (None, Some(1)) => None,
            (None, Some(high)) => Some(high / 2),
            (Some(low), None) if low >= self.most => self.again(low),
            (Some(low), None) => Some(low.saturating_mul(2).min(self.most)),
            (Some(low), Some(high)) => {
                let is_close = f64::from(high) <= f64::from(low) * (1.0 + PRECISION);
                match is_close || high - low <= 1 {
                    true => self.again(low),
                    false => {
                        let middle = (f64::from(low) * f64::from(high)).sqrt().round() as u32;
                        Some(middle.clamp(low + 1, high - 1))
                    }
                }
            }
        }
    }

    fn again(&self, low: u32) -> Option<u32> {
        (!self.confirmed).then_some(low)
    }

    /// So many clients were tried.
    pub(super) fn tried(&mut self, clients: u32, held: TryVerdict) {
        match held {
            TryVerdict::Yes if self.holds() == Some(clients) => self.confirmed = true,
            TryVerdict::Yes => {
                self.held.push(clients);
                self.held.sort_unstable();
            }
            TryVerdict::No => {
                self.held.retain(|it| *it < clients);
                self.too_many = Some(self.too_many.map_or(clients, |it| it.min(clients)));
                self.confirmed = false;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The answer for a target that holds up to `knee`, and the tries it took.
    fn find(first: u32, most: u32, mut holds: impl FnMut(u32) -> bool) -> (Option<u32>, usize) {
        let mut search = KneeSearch::new(first, most);
        let mut tries = 0;
        while let Some(clients) = search.next() {
            assert!((1..=most).contains(&clients));
            let held = match holds(clients) {
                true => TryVerdict::Yes,
                false => TryVerdict::No,
            };
            search.tried(clients, held);
            tries += 1;
            assert!(tries < 40, "no end in sight: {search:?}");
        }
        (search.holds(), tries)
    }

    #[test]
    fn a_known_knee_is_found_within_five_percent() {
        for knee in (1..200).chain((200..15_000).step_by(97)) {
            let (found, tries) = find(50, 100_000, |clients| clients <= knee);
            let found = f64::from(found.unwrap());
            let knee = f64::from(knee);
            assert!(
                found <= knee && found >= knee / 1.05 - 1.0,
                "{found} of {knee}"
            );
            assert!(tries <= 15, "{tries} tries for {knee}");
        }
    }

    #[test]
    fn what_holds_everything_is_said_to_hold_the_most() {
        assert_eq!(find(50, 300, |_| true).0, Some(300));
    }

    #[test]
    fn what_holds_nobody_has_no_knee() {
        assert_eq!(find(50, 300, |_| false), (None, 6));
    }

    #[test]
    fn one_lucky_moment_is_no_answer() {
        // 100 seems to hold once, and never again.
        let mut lucky = true;
        let (found, _) = find(100, 1000, |clients| match clients {
            100 => std::mem::take(&mut lucky),
            other => other <= 70,
        });
        assert!(found.is_some_and(|it| (67..=70).contains(&it)), "{found:?}");
    }
}
