//! The setup link, with which the first host makes their account. It works once.

use std::sync::{MutexGuard, PoisonError};

use super::{Accounts, tokens};

impl Accounts {
    /// Makes the one-time token of the setup link, which lets somebody become the first host. An
    /// earlier one no longer counts.
    #[must_use]
    pub fn open_setup(&self) -> String {
        let token = tokens::random_hex();
        *self.setup() = Some(token.clone());
        token
    }

    /// Takes the setup token if `token` is it: whoever gets `true` may make the first host, and
    /// [`Self::restore_setup`] puts it back when that fails.
    #[must_use]
    pub fn take_setup(&self, token: &str) -> bool {
        let mut setup = self.setup();
        let matches = setup
            .as_deref()
            .is_some_and(|ours| tokens::same_secret(ours, token));
        if matches {
            *setup = None;
        }
        matches
    }

    /// Puts a taken setup token back.
    pub fn restore_setup(&self, token: &str) {
        *self.setup() = Some(token.to_owned());
    }

    fn setup(&self) -> MutexGuard<'_, Option<String>> {
        self.setup.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
