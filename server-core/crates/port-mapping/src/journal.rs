//! What has been asked of gateways and not been given back, in a small file.

use std::fs::{self, File};
use std::io::{self, Write};
use std::net::Ipv4Addr;
use std::num::NonZeroU16;
use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::state::MappingMethod;

/// One mapping.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RecordedMapping {
    pub(crate) method: MappingMethod,
    pub(crate) gateway: Ipv4Addr,
    pub(crate) client: Ipv4Addr,
    /// The port on this machine.
    pub(crate) port: NonZeroU16,
    /// The port on the gateway: as wished for, until it has answered.
    pub(crate) external: NonZeroU16,
    pub(crate) nonce: [u32; 3],
    /// Seconds since 1970 at which the gateway forgets it; `None` for one that it never does.
    pub(crate) until: Option<u64>,
}

impl RecordedMapping {
    /// Whether both stand for the same mapping of a gateway.
    fn is(&self, other: &Self) -> bool {
        let key = |it: &Self| (it.method, it.gateway, it.client, it.port);
        key(self) == key(other)
    }

    fn has_ended(&self, now: SystemTime) -> bool {
        self.until.is_some_and(|until| until < unix_seconds(now))
    }
}

/// Seconds since 1970.
pub(crate) fn unix_seconds(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH);
    since.unwrap_or(Duration::ZERO).as_secs()
}

/// The file. A handful of lines, written whole and before what they speak of is done.
#[derive(Debug)]
pub(crate) struct Journal {
    path: PathBuf,
}

impl Journal {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// What is not given back and has not ended by itself.
    pub(crate) fn open_mappings(&self) -> Vec<RecordedMapping> {
        let now = SystemTime::now();
        let mut all = self.read();
        all.retain(|it| !it.has_ended(now));
        all
    }

    /// Notes a mapping, in place of what was noted of it before.
    pub(crate) fn note(&self, mapping: &RecordedMapping) {
        self.rewrite(mapping, Some(mapping));
    }

    /// It is given back, or has never been made.
    pub(crate) fn forget(&self, mapping: &RecordedMapping) {
        self.rewrite(mapping, None);
    }

    fn rewrite(&self, mapping: &RecordedMapping, instead: Option<&RecordedMapping>) {
        let before = self.read();
        let now = SystemTime::now();
        let others = before
            .iter()
            .filter(|it| !it.is(mapping) && !it.has_ended(now));
        let after: Vec<_> = others.chain(instead).cloned().collect();
        if after == before {
            return;
        }
        // A mapping ends by itself; the way in is worth more than a tidy router after a crash.
        if let Err(error) = self.write(&after) {
            tracing::warn!(path = %self.path.display(), %error, "open ports could not be noted; after a crash they stay open until their lease ends");
        }
    }

    fn read(&self) -> Vec<RecordedMapping> {
        let text = match fs::read(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Vec::new(),
            Err(error) => {
                tracing::warn!(path = %self.path.display(), %error, "the note of open ports cannot be read");
                return Vec::new();
            }
        };
        serde_json::from_slice(&text).unwrap_or_default()
    }

    fn write(&self, mappings: &[RecordedMapping]) -> io::Result<()> {
        if mappings.is_empty() {
            return match fs::remove_file(&self.path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            };
        }
        let new = self.path.with_extension("new");
        let mut file = File::create(&new)?;
        file.write_all(&serde_json::to_vec_pretty(mappings)?)?;
        file.sync_all()?;
        fs::rename(&new, &self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mapping(port: u16, until: Option<u64>) -> RecordedMapping {
        RecordedMapping {
            method: MappingMethod::Upnp,
            gateway: [192, 168, 1, 1].into(),
            client: [192, 168, 1, 20].into(),
            port: NonZeroU16::new(port).unwrap(),
            external: NonZeroU16::new(port).unwrap(),
            nonce: [1, 2, 3],
            until,
        }
    }

    #[test]
    fn a_mapping_is_noted_once_and_the_file_goes_with_the_last() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("port-mapping.json");
        let journal = Journal::new(path.clone());
        journal.forget(&mapping(1, None));
        assert!(!path.exists());
        journal.note(&mapping(4000, None));
        let renewed = mapping(4000, Some(u64::MAX));
        journal.note(&renewed);
        journal.note(&mapping(4001, None));
        assert_eq!(journal.open_mappings(), [renewed, mapping(4001, None)]);
        journal.forget(&mapping(4000, None));
        journal.forget(&mapping(4001, None));
        assert!(!path.exists());
    }

    #[test]
    fn what_the_gateway_has_forgotten_is_forgotten_and_nonsense_is_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::new(folder.path().join("port-mapping.json"));
        journal.note(&mapping(4000, Some(1)));
        assert_eq!(journal.open_mappings(), []);
        fs::write(folder.path().join("port-mapping.json"), "{").unwrap();
        assert_eq!(journal.open_mappings(), []);
        journal.note(&mapping(4001, None));
        assert_eq!(journal.open_mappings(), [mapping(4001, None)]);
    }
}
