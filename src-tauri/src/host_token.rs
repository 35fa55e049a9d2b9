//! What makes the window the host: a token that each start of the server makes anew. While the server is
//! away, another program may take its port and hear what the page says to it; that is worth nothing to the
//! server that starts next.

use std::sync::Arc;

use identity::Secret;
use parking_lot::Mutex;

/// Random bytes of a token.
const BYTES: usize = 32;

/// The token of the server that runs or starts; cheap to clone.
#[derive(Debug, Clone, Default)]
pub(crate) struct HostToken(
    /// Its lock is held to read or replace the value.
    Arc<Mutex<Option<Secret>>>,
);

impl HostToken {
    /// Makes the token of the next server; the one before is worth nothing to it.
    pub(crate) fn renew(&self) -> Secret {
        let token = Secret::new(random());
        *self.0.lock() = Some(token.clone());
        token
    }

    /// The token to send; empty before the first start.
    pub(crate) fn now(&self) -> String {
        let kept = self.0.lock();
        kept.as_ref()
            .map_or_else(String::new, |token| token.expose().to_owned())
    }
}

/// As many random bytes as a key has, in hexadecimal.
fn random() -> String {
    let bytes: [u8; BYTES] = rand::random();
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_start_has_a_token_of_its_own() {
        let token = HostToken::default();
        assert_eq!(token.now(), "");
        let first = token.renew();
        assert_eq!(token.now(), first.expose());
        assert_eq!(first.expose().len(), 2 * BYTES);
        assert_ne!(token.renew().expose(), first.expose());
        assert_ne!(token.clone().now(), first.expose());
    }
}
