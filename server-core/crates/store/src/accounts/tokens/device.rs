//! Tokens of devices on which somebody has logged in before.
//!
//! A device that shows one has a bucket of its own for wrong passwords, so that nobody who does not
//! have it can lock the owner out (OWASP, "Slow Down Online Guessing Attacks with Device Cookies").
//! The token proves nothing else: it lets nobody in. It is signed for one account and names it to
//! nobody, and no table is needed.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::Mac;

use super::{MAX_GUEST_TOKEN_BYTES, Tokens, random_hex};

/// A device that somebody has logged in on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Device(String);

impl Tokens {
    /// Makes the token of a device on which the account with this id has logged in.
    #[must_use]
    pub fn mint_device(&self, account: &str) -> String {
        let device = random_hex();
        let mut mac = self.0.device.clone();
        mac.update(signed_text(&device, account).as_bytes());
        let signature = URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
        format!("{device}.{signature}")
    }

    /// The device in a token that we signed for this account.
    #[must_use]
    pub fn verify_device(&self, token: &str, account: &str) -> Option<Device> {
        if token.len() > MAX_GUEST_TOKEN_BYTES {
            return None;
        }
        let (device, signature) = token.split_once('.')?;
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        let mut mac = self.0.device.clone();
        mac.update(signed_text(device, account).as_bytes());
        mac.verify_slice(&signature).ok()?;
        Some(Device(device.to_owned()))
    }
}

fn signed_text(device: &str, account: &str) -> String {
    format!("{device}.{}", account.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use identity::Secret;

    #[test]
    fn a_device_is_known_for_the_account_that_logged_in_there_alone() {
        let tokens = Tokens::new(&Secret::new("a long enough random text")).unwrap();
        let others = Tokens::new(&Secret::new("another long random text")).unwrap();
        let token = tokens.mint_device("ana");
        let device = tokens.verify_device(&token, "Ana").unwrap();
        assert!(token.starts_with(&device.0));
        assert_eq!(tokens.verify_device(&token, "bo"), None);
        assert_eq!(others.verify_device(&token, "ana"), None);
        let (guest, _) = tokens.mint_guest();
        for wrong in ["", ".", "a.b", &token[1..], &guest, &"x".repeat(1000)] {
            assert_eq!(tokens.verify_device(wrong, "ana"), None, "{wrong}");
        }
    }
}
