//! Whether there is a newer version: asked of an address that somebody set, at most once a day. It is told, with
//! a link; nothing is downloaded.

use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use parking_lot::Mutex;
use semver::Version;
use serde::{Deserialize, Serialize};
use server_core::hooks::{HookAddress, Outbound};
use tauri::{AppHandle, Emitter as _, Manager as _};

use crate::desktop::Desktop;
use crate::window::MAIN;

/// Event that carries a new [`UpdateNotice`].
const FOUND: &str = "update:found";
/// In the window's folder: when was asked, and what came.
const FILE: &str = "update.json";
/// Hours between two questions.
const EVERY_HOURS: i64 = 24;
/// Time between two looks whether it is time to ask.
const LOOK: Duration = Duration::from_secs(60);
/// What one question may take.
const DEADLINE: Duration = Duration::from_secs(20);
/// Letters of the notes that are shown.
const NOTES_LETTERS: usize = 300;

/// A newer version, as the window tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct UpdateNotice {
    /// Its number.
    pub(crate) version: String,
    /// Where people read of it and get it.
    pub(crate) url: String,
    /// What is new, in a sentence or two.
    #[serde(default)]
    pub(crate) notes: String,
}

/// The newer version that is known; managed by Tauri.
#[derive(Debug, Default)]
pub(crate) struct NewerVersion(Mutex<Option<UpdateNotice>>);

impl NewerVersion {
    /// What the window shows.
    pub(crate) fn now(&self) -> Option<UpdateNotice> {
        self.0.lock().clone()
    }
}

/// What is kept over a restart.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
struct FeedMemory {
    feed: String,
    at: DateTime<Utc>,
    came: Option<UpdateNotice>,
}

impl FeedMemory {
    fn read(path: &Path) -> Self {
        let text = std::fs::read(path).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }

    /// Another address is asked at once; a clock that was set back does not silence it.
    fn is_due(&self, feed: &str, now: DateTime<Utc>) -> bool {
        let since = now - self.at;
        self.feed != feed || since >= TimeDelta::hours(EVERY_HOURS) || since < TimeDelta::zero()
    }

    /// What of it is newer than `own`.
    fn newer_than(&self, feed: &str, own: &str) -> Option<UpdateNotice> {
        let came = self.came.as_ref().filter(|_| self.feed == feed)?;
        is_newer(&came.version, own).then(|| came.clone())
    }
}

/// Asks until the program ends. `folder`: the window's own.
pub(crate) fn start(app: &AppHandle, folder: &Path) {
    let (app, path) = (app.clone(), folder.join(FILE));
    tauri::async_runtime::spawn(async move {
        loop {
            let feed = app.state::<Desktop>().settings.update_feed();
            let known = look(feed.as_deref(), &path, Utc::now()).await;
            publish(&app, known);
            tokio::time::sleep(LOOK).await;
        }
    });
}

fn publish(app: &AppHandle, known: Option<UpdateNotice>) {
    let updates = app.state::<NewerVersion>();
    let before = std::mem::replace(&mut *updates.0.lock(), known.clone());
    if before != known
        && let Err(error) = app.emit_to(MAIN, FOUND, known)
    {
        tracing::debug!(%error, "the window could not be told of a newer version");
    }
}

/// The newer version that is known now, after a question if it is time for one. A question that fails counts, so
/// that a broken address is asked once a day as well.
async fn look(feed: Option<&str>, path: &PathBuf, now: DateTime<Utc>) -> Option<UpdateNotice> {
    let feed = feed?;
    let mut asked = FeedMemory::read(path);
    if asked.is_due(feed, now) {
        let came = ask(feed).await;
        if let Err(why) = &came {
            tracing::info!(%why, "it is not known whether there is a newer version");
        }
        let before = asked.newer_than(feed, env!("CARGO_PKG_VERSION"));
        asked = FeedMemory {
            feed: feed.to_owned(),
            at: now,
            came: came.unwrap_or(before),
        };
        let text = serde_json::to_vec_pretty(&asked).unwrap_or_default();
        if let Err(error) = std::fs::write(path, text) {
            tracing::warn!(%error, path = %path.display(), "when the newest version was asked for could not be noted");
        }
    }
    asked.newer_than(feed, env!("CARGO_PKG_VERSION"))
}

/// Asks the address; `None` when what it tells is not newer. The sentence of an error is for the log.
async fn ask(feed: &str) -> Result<Option<UpdateNotice>, String> {
    let target = HookAddress::read(feed).map_err(|error| error.to_string())?;
    if !target.is_encrypted() && !is_this_machine(target.host()) {
        return Err("The address of the feed has to begin with https.".to_owned());
    }
    // Whoever set the address may mean a machine of their own network.
    let outbound = Outbound::new(&[target.host().to_owned()], DEADLINE);
    let body = outbound.fetch(&target).await;
    read(&body.map_err(|error| error.to_string())?)
}

fn is_this_machine(host: &str) -> bool {
    let address: Result<std::net::IpAddr, _> = host.parse();
    host == "localhost" || address.is_ok_and(|it| it.is_loopback())
}

fn read(body: &[u8]) -> Result<Option<UpdateNotice>, String> {
    let mut notice: UpdateNotice = serde_json::from_slice(body)
        .map_err(|error| format!("The feed is not {{version, url, notes}}: {error}."))?;
    let target = HookAddress::read(&notice.url).map_err(|error| error.to_string())?;
    if !target.is_encrypted() {
        return Err("The feed names a page without https.".to_owned());
    }
    Version::parse(&notice.version)
        .map_err(|error| format!("The feed's version cannot be read: {error}."))?;
    notice.notes = notice
        .notes
        .chars()
        .filter(|letter| !letter.is_control())
        .take(NOTES_LETTERS)
        .collect();
    Ok(is_newer(&notice.version, env!("CARGO_PKG_VERSION")).then_some(notice))
}

fn is_newer(version: &str, own: &str) -> bool {
    match (Version::parse(version), Version::parse(own)) {
        (Ok(version), Ok(own)) => version > own,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;
    use tokio::sync::mpsc;

    use super::*;

    /// Answers every request with this JSON, and hands over its first line.
    async fn receiver(body: &'static str) -> (String, mpsc::UnboundedReceiver<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/feed.json", listener.local_addr().unwrap());
        let (heard, requests) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let mut request = vec![0; 4096];
                let bytes = stream.read(&mut request).await.unwrap();
                let request = String::from_utf8_lossy(&request[..bytes]).into_owned();
                let _ = heard.send(request.lines().next().unwrap_or_default().to_owned());
                let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
                let answer = head + body;
                stream.write_all(answer.as_bytes()).await.unwrap();
            }
        });
        (url, requests)
    }

    const NEWER: &str =
        r#"{"version": "99.1.0", "url": "https://example.org/new", "notes": "Sea\u0007gulls."}"#;

    #[tokio::test]
    async fn a_newer_version_is_told_and_asked_for_once_a_day() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        let (url, mut requests) = receiver(NEWER).await;
        let now = Utc::now();
        let told = look(Some(&url), &path, now).await.unwrap();
        assert_eq!(
            (told.version.as_str(), told.notes.as_str()),
            ("99.1.0", "Seagulls.")
        );
        assert_eq!(requests.recv().await.unwrap(), "GET /feed.json HTTP/1.1");
        let later = now + TimeDelta::hours(23);
        assert_eq!(look(Some(&url), &path, later).await, Some(told.clone()));
        assert!(requests.try_recv().is_err(), "it was asked twice a day");
        let next_day = now + TimeDelta::hours(24);
        assert_eq!(look(Some(&url), &path, next_day).await, Some(told));
        assert!(requests.try_recv().is_ok());
    }

    #[tokio::test]
    async fn without_an_address_nobody_is_asked_and_nothing_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        let (url, _requests) = receiver(NEWER).await;
        assert!(look(Some(&url), &path, Utc::now()).await.is_some());
        assert_eq!(look(None, &path, Utc::now()).await, None);
        let (other, mut requests) =
            receiver(r#"{"version": "0.0.1", "url": "https://a.org"}"#).await;
        assert_eq!(look(Some(&other), &path, Utc::now()).await, None);
        assert!(
            requests.recv().await.is_some(),
            "another address is asked at once"
        );
    }

    #[tokio::test]
    async fn an_address_that_fails_is_asked_once_a_day_too_and_what_was_known_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        let (url, mut requests) = receiver("Not found").await;
        let now = Utc::now();
        let known = FeedMemory {
            feed: url.clone(),
            at: now - TimeDelta::days(2),
            came: serde_json::from_str(NEWER).ok(),
        };
        std::fs::write(&path, serde_json::to_vec(&known).unwrap()).unwrap();
        for _ in 0..2 {
            assert!(look(Some(&url), &path, now).await.is_some());
        }
        assert!(requests.try_recv().is_ok());
        assert!(requests.try_recv().is_err());
    }

    #[test]
    fn only_a_newer_number_with_a_safe_page_is_news() {
        let told = |body: &str| read(body.as_bytes()).map(|it| it.map(|it| it.version));
        assert_eq!(told(NEWER), Ok(Some("99.1.0".to_owned())));
        let own = env!("CARGO_PKG_VERSION");
        let same = format!(r#"{{"version": "{own}", "url": "https://a.org"}}"#);
        assert_eq!(told(&same), Ok(None));
        assert!(told(r#"{"version": "99.1.0", "url": "http://a.org"}"#).is_err());
        assert!(told(r#"{"version": "99.1.0", "url": "javascript:1"}"#).is_err());
        assert!(told(r#"{"version": "next", "url": "https://a.org"}"#).is_err());
        assert!(told("[]").is_err());
    }

    #[tokio::test]
    async fn an_address_elsewhere_has_to_be_encrypted() {
        let refused = ask("http://example.org/feed.json").await.unwrap_err();
        assert!(refused.contains("https"), "{refused}");
    }
}
