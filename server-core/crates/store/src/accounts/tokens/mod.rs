//! Tokens of logged-in people and of guests.
//!
//! A login token is a JWT (HS256) that names an account and its token version; whether it still
//! counts is decided by the database at every use. A guest token is 128 random bits and their
//! HMAC-SHA256 under a key derived from the same secret, so that no table of guests is needed.

use std::fmt;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use rand::Rng as _;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use identity::ORIGIN_MARK;
use identity::Secret;
use identity::{GuestSecret, RenewedGuest};

mod device;
mod hs256;

pub use device::Device;

/// How long a login lasts, in seconds: seven days, from the contract.
pub const TOKEN_LIFETIME_SECONDS: i64 = 604_800;
/// Shortest secret that is accepted, in bytes.
pub const MIN_SECRET_BYTES: usize = 16;

/// Bytes of randomness in a guest secret.
const GUEST_BYTES: usize = 16;
/// Longest guest token worth reading, in bytes; genuine ones have 76 or 109.
const MAX_GUEST_TOKEN_BYTES: usize = 128;
/// Longest token of a load test worth reading, in bytes; genuine ones have 94.
const MAX_RUN_TOKEN_BYTES: usize = 128;
/// Separates the key for load tests from the others.
const RUN_KEY_CONTEXT: &[u8] = b"comutiny load test v1";
/// Separates the key for devices from the others.
const DEVICE_KEY_CONTEXT: &[u8] = b"comutiny device v1";
/// Separates the key for setup links from the others.
const SETUP_KEY_CONTEXT: &[u8] = b"comutiny setup link v1";
/// Separates the key for guests from the key for logins.
const GUEST_KEY_CONTEXT: &[u8] = b"comutiny guest secret v1";
/// Separates the key for secrets that logins make from the key that signs them.
const RENEWED_KEY_CONTEXT: &[u8] = b"comutiny renewed guest v1";
/// Values that people copy from examples.
const KNOWN_WEAK: &[&str] = &[
    "secret",
    "changeme",
    "change-me",
    "password",
    "default",
    "example",
    "jwtsecret",
    "test",
    "admin",
    "development",
    "supersecret",
    "mysecret",
    "yoursecret",
    "keyboardcat",
    "comutiny",
];

/// Makes and checks tokens; cheap to clone.
#[derive(Clone)]
pub struct Tokens(Arc<Keys>);

struct Keys {
    encoding: EncodingKey,
    decoding: DecodingKey,
    validation: Validation,
    guest: Hmac<Sha256>,
    renewed: Hmac<Sha256>,
    run: Hmac<Sha256>,
    device: Hmac<Sha256>,
    setup: Hmac<Sha256>,
    fingerprint: String,
    replication: [u8; 32],
}

/// What a login token says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// The account's id.
    pub sub: String,
    /// The account's token version when the token was made.
    pub ver: i64,
    /// Names this one token, so that a logout can give back exactly it.
    pub jti: String,
    /// When it was made, in seconds since 1970.
    pub iat: i64,
    /// When it ends, in seconds since 1970.
    pub exp: i64,
}

/// A secret that must not sign anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WeakSecret {
    /// It is too short to resist guessing.
    #[error(
        "JWT_SECRET is too short: use at least {MIN_SECRET_BYTES} random characters, or leave it \
         unset and one is made and kept in the data directory"
    )]
    TooShort,
    /// It is a value from an example.
    #[error(
        "JWT_SECRET is a well-known value that anybody can guess: use a random one, or leave it \
         unset and one is made and kept in the data directory"
    )]
    WellKnown,
}

/// A login token could not be signed.
#[derive(Debug, thiserror::Error)]
#[error("a token could not be signed: {0}")]
pub struct SigningError(#[from] jsonwebtoken::errors::Error);

impl Tokens {
    /// Derives all keys from `secret`.
    ///
    /// # Errors
    /// When the secret is shorter than [`MIN_SECRET_BYTES`] or a well-known value.
    pub fn new(secret: &Secret) -> Result<Self, WeakSecret> {
        let text = secret.expose();
        check_strength(text)?;
        hs256::install();
        let derived = mac_over(text.as_bytes(), GUEST_KEY_CONTEXT);
        let fingerprint = Sha256::digest(mac_over(text.as_bytes(), b"comutiny fingerprint v1"));
        let mut validation = Validation::new(Algorithm::HS256);
        validation.leeway = 0;
        validation.set_required_spec_claims(&["exp", "sub"]);
        Ok(Self(Arc::new(Keys {
            encoding: EncodingKey::from_secret(text.as_bytes()),
            decoding: DecodingKey::from_secret(text.as_bytes()),
            validation,
            guest: keyed(&derived),
            renewed: keyed(&mac_over(text.as_bytes(), RENEWED_KEY_CONTEXT)),
            run: keyed(&mac_over(text.as_bytes(), RUN_KEY_CONTEXT)),
            device: keyed(&mac_over(text.as_bytes(), DEVICE_KEY_CONTEXT)),
            setup: keyed(&mac_over(text.as_bytes(), SETUP_KEY_CONTEXT)),
            fingerprint: hex(&fingerprint[..8]),
            replication: mac_over(text.as_bytes(), b"comutiny replication v1"),
        })))
    }

    /// Signs a token for an account that lasts [`TOKEN_LIFETIME_SECONDS`] from `now_ms` on.
    ///
    /// # Errors
    /// When the signing library refuses, which no input of ours makes it do.
    pub fn issue(&self, account: &str, version: i64, now_ms: i64) -> Result<String, SigningError> {
        let iat = now_ms.div_euclid(1000);
        let claims = Claims {
            sub: account.to_owned(),
            ver: version,
            jti: random_hex(),
            iat,
            exp: iat + TOKEN_LIFETIME_SECONDS,
        };
        let header = Header::new(Algorithm::HS256);
        Ok(jsonwebtoken::encode(&header, &claims, &self.0.encoding)?)
    }

    /// The claims of a token that we signed and that has not expired; `None` for anything else,
    /// also for unsigned tokens and other algorithms.
    #[must_use]
    pub fn verify(&self, token: &str) -> Option<Claims> {
        jsonwebtoken::decode::<Claims>(token, &self.0.decoding, &self.0.validation)
            .ok()
            .map(|data| data.claims)
    }

    /// Makes a guest secret: the signed token for its owner, and the secret itself for the server.
    #[must_use]
    pub fn mint_guest(&self) -> (String, GuestSecret) {
        let secret = random_hex();
        (self.sign_guest(&secret), GuestSecret(secret))
    }

    /// The secret in a guest token that we signed; the comparison takes the same time for every
    /// wrong signature.
    #[must_use]
    pub fn verify_guest(&self, token: &str) -> Option<GuestSecret> {
        if token.len() > MAX_GUEST_TOKEN_BYTES {
            return None;
        }
        let (secret, signature) = token.split_once('.')?;
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        let mut mac = self.0.guest.clone();
        mac.update(secret.as_bytes());
        mac.verify_slice(&signature).ok()?;
        Some(GuestSecret(secret.to_owned()))
    }

    /// What the next secret of a browser is made of, when a login ends the one it shows.
    #[must_use]
    pub fn guest_seed(shown: Option<&GuestSecret>) -> String {
        match shown {
            Some(shown) => format!("{}{ORIGIN_MARK}{}", random_hex(), shown.digest()),
            None => random_hex(),
        }
    }

    /// The guest secret that a login makes of `seed`, and its signed form. Nodes tell each other the
    /// seed alone, which says nothing to who has no key.
    #[must_use]
    pub fn renewed_guest(&self, seed: &str) -> RenewedGuest {
        let mut mac = self.0.renewed.clone();
        mac.update(seed.as_bytes());
        let mut secret = hex(&mac.finalize().into_bytes()[..GUEST_BYTES]);
        if let Some((_, origin)) = seed.split_once(ORIGIN_MARK) {
            secret = format!("{secret}{ORIGIN_MARK}{origin}");
        }
        RenewedGuest {
            token: self.sign_guest(&secret),
            secret: GuestSecret(secret),
        }
    }

    /// Keys the digests by which nodes recognise people without knowing who they are.
    #[must_use]
    pub fn replication_key(&self) -> [u8; 32] {
        self.0.replication
    }

    /// Makes the token that marks the clients of a load test, until `until_ms`.
    #[must_use]
    pub fn mint_run(&self, run: &str, until_ms: i64) -> String {
        let said = format!("{run}.{until_ms}");
        let mut mac = self.0.run.clone();
        mac.update(said.as_bytes());
        let signature = URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
        format!("{said}.{signature}")
    }

    /// The load test in a token that we signed and whose time is not over.
    #[must_use]
    pub fn verify_run(&self, token: &str, now_ms: i64) -> Option<String> {
        if token.len() > MAX_RUN_TOKEN_BYTES {
            return None;
        }
        let (said, signature) = token.rsplit_once('.')?;
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        let mut mac = self.0.run.clone();
        mac.update(said.as_bytes());
        mac.verify_slice(&signature).ok()?;
        let (run, until) = said.split_once('.')?;
        (now_ms < until.parse().ok()?).then(|| run.to_owned())
    }

    /// The token of the setup link that is made of `seed`.
    #[must_use]
    pub(super) fn setup_token(&self, seed: &str) -> String {
        let mut mac = self.0.setup.clone();
        mac.update(seed.as_bytes());
        hex(&mac.finalize().into_bytes()[..GUEST_BYTES])
    }

    /// A short text that is equal on nodes with the same secret and says nothing about it.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.0.fingerprint
    }
}

impl Tokens {
    fn sign_guest(&self, secret: &str) -> String {
        let mut mac = self.0.guest.clone();
        mac.update(secret.as_bytes());
        let signature = URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
        format!("{secret}.{signature}")
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tokens([redacted])")
    }
}

/// 128 random bits in hexadecimal: for secrets, one-time tokens and token ids.
#[must_use]
pub fn random_hex() -> String {
    let mut bytes = [0_u8; GUEST_BYTES];
    rand::rng().fill_bytes(&mut bytes);
    hex(&bytes)
}

/// A SHA-256 in hexadecimal, for secrets that nobody can guess.
#[must_use]
pub(crate) fn digest_hex(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// Compares two secrets by their hashes, so that the time taken says nothing about either.
#[must_use]
pub(crate) fn same_secret(left: &str, right: &str) -> bool {
    Sha256::digest(left.as_bytes()) == Sha256::digest(right.as_bytes())
}

fn check_strength(text: &str) -> Result<(), WeakSecret> {
    let folded: String = text.trim().to_ascii_lowercase();
    let plain: String = folded.chars().filter(char::is_ascii_alphanumeric).collect();
    let letters = plain.trim_end_matches(|c: char| c.is_ascii_digit());
    let known = |word: &&str| {
        let word: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
        plain == word || letters == word || is_repeated(&plain, &word)
    };
    if KNOWN_WEAK.iter().any(known) || FROM_EXAMPLES.contains(&plain.as_str()) {
        return Err(WeakSecret::WellKnown);
    }
    if text.len() < MIN_SECRET_BYTES {
        return Err(WeakSecret::TooShort);
    }
    let mut characters = text.chars();
    let first = characters.next();
    if characters.all(|c| Some(c) == first) {
        return Err(WeakSecret::WellKnown);
    }
    Ok(())
}

/// Longer values from documentation, with everything but letters and digits removed.
const FROM_EXAMPLES: &[&str] = &[
    "yoursecretkey",
    "yourjwtsecret",
    "yourjwtsecrethere",
    "yoursecretkeyhere",
    "yoursupersecretkey",
    "yoursupersecretjwtkey",
    "mysupersecretkey",
    "supersecretkey",
    "supersecretjwtkey",
    "supersecretpassword",
    "changemeinproduction",
    "changethisinproduction",
    "pleasechangeme",
    "pleasechangethis",
    "replacewithastrongsecret",
    "developmentsecret",
    "devsecretchangeme",
    "comutinysecret",
    "comutinydevsecret",
    "defaultsecret",
    "insecuresecret",
    "thisisasecret",
    "0123456789abcdef",
    "1234567890123456",
    "12345678901234567890",
];

fn is_repeated(text: &str, word: &str) -> bool {
    !text.is_empty() && !word.is_empty() && text.replace(word, "").is_empty()
}

fn mac_over(key: &[u8], message: &[u8]) -> [u8; 32] {
    let mut mac = keyed(key);
    mac.update(message);
    mac.finalize().into_bytes().into()
}

#[expect(
    clippy::expect_used,
    reason = "HMAC is defined for keys of every length"
)]
fn keyed(key: &[u8]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).expect("HMAC takes keys of every length")
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests;
