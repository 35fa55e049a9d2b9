//! What shows a receiver that a delivery is ours, and when it was sent.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Before the signature, so that another one can stand beside it some day.
pub const SIGNATURE_VERSION: &str = "v1";

/// HMAC-SHA256 under the hook's secret over `<timestamp>.<body>`, in hexadecimal behind [`SIGNATURE_VERSION`].
/// The timestamp is in seconds since 1970; with it under the signature, an old delivery cannot be sent again.
///
/// ```
/// let signature = store::webhooks::sign("secret", 1_700_000_000, "{}");
/// assert!(signature.starts_with("v1="));
/// ```
#[must_use]
#[expect(
    clippy::expect_used,
    reason = "HMAC is defined for keys of every length"
)]
pub fn sign(secret: &str, timestamp: i64, body: &str) -> String {
    let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes());
    let mut mac = mac.expect("HMAC takes keys of every length");
    mac.update(timestamp.to_string().as_bytes());
    mac.update(b".");
    mac.update(body.as_bytes());
    let code = crate::accounts::tokens::hex(&mac.finalize().into_bytes());
    format!("{SIGNATURE_VERSION}={code}")
}

#[cfg(test)]
mod tests {
    use super::sign;

    /// The same value as any other program computes: `printf '%s' '1700000000.{"event":"test"}' | openssl dgst
    /// -sha256 -hmac whsec`.
    #[test]
    fn a_signature_is_what_receivers_compute() {
        let signature = sign("whsec", 1_700_000_000, r#"{"event":"test"}"#);
        assert_eq!(
            signature,
            "v1=58f2e19ae0eace62a4d51030f1280f3cce2367ab441d2c351512668c75f2c4e5"
        );
        assert_ne!(
            signature,
            sign("whsec", 1_700_000_001, r#"{"event":"test"}"#)
        );
    }
}
