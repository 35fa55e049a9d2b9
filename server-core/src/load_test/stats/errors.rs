//! What went wrong: counted by kind, the first few kept in full.

use contract::load_test::{ErrorSample, Errors};

/// Samples kept. The rest is only counted: a failing server may fail a million times.
const SAMPLES: usize = 10;

impl Errors {
    pub(crate) fn push(&mut self, error: ErrorSample) {
        self.total += 1;
        match self.by_kind.get_mut(&error.kind) {
            Some(count) => *count += 1,
            None => drop(self.by_kind.insert(error.kind.clone(), 1)),
        }
        if self.samples.len() < SAMPLES {
            self.samples.push(error);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_counted_and_the_first_ten_are_kept() {
        let mut errors = Errors::default();
        for client in 0..25 {
            let kind = if client % 5 == 0 {
                "connect"
            } else {
                "protocol"
            };
            errors.push(ErrorSample {
                at_s: 0.0,
                client,
                kind: kind.to_owned(),
                message: String::new(),
            });
        }
        assert_eq!(errors.total, 25);
        assert_eq!(errors.by_kind["connect"], 5);
        assert_eq!(errors.by_kind["protocol"], 20);
        let kept: Vec<u32> = errors.samples.iter().map(|sample| sample.client).collect();
        assert_eq!(kept, (0..10).collect::<Vec<_>>());
    }
}
