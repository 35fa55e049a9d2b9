//! The name of this server in the local network, by multicast DNS (RFC 6762) and as a service that
//! programs browse for (RFC 6763): `http://harbour.local:4000/` instead of a number.
//!
//! A bonus: many networks keep multicast apart, and older phones know no such names. So the name is told
//! to nobody before it is announced, and addresses stay the first links.

use std::collections::HashSet;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use mdns_sd::{DaemonEvent, IfKind, IfPredicate, Receiver, ServiceDaemon, ServiceInfo};
use parking_lot::Mutex;
use tokio::time::{interval, timeout};
use tokio_util::sync::CancellationToken;

use super::addresses::reachable;
use super::interfaces::InterfaceKind;

/// What programs browse for.
const SERVICE: &str = "_comutiny._tcp.local.";
/// A name for a world whose own has no letter that fits.
const PLAIN_NAME: &str = "comutiny";
/// How often the system is asked for its networks; the library looks for changes as often.
const NETWORKS_FRESH: Duration = Duration::from_secs(5);
/// What saying goodbye may take.
const GOODBYE: Duration = Duration::from_secs(2);
/// Letters of one label of a name (RFC 1035, section 2.3.4), without room for the number of a rename.
const LABEL_LETTERS: usize = 56;
/// Bytes of a service's name.
const INSTANCE_BYTES: usize = 48;

/// The name that is announced at this moment; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct LocalName(Arc<Mutex<Option<String>>>);

impl LocalName {
    /// `harbour.local`, once nobody else in the network has claimed it.
    #[must_use]
    pub fn now(&self) -> Option<String> {
        self.0.lock().clone()
    }

    fn set(&self, host: &str) {
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        let before = self.0.lock().replace(host.clone());
        if before.as_ref() != Some(&host) {
            tracing::info!(name = %host, "this server is announced in the local network");
        }
    }
}

/// What is announced.
#[derive(Debug, Clone)]
pub struct Announcement {
    /// The address that is bound.
    pub bound: SocketAddr,
    /// `MDNS_NAME`; made from the world's name when there is none.
    pub host: Option<String>,
    /// The world's name.
    pub world: String,
    /// Whether pages are opened by https.
    pub secure: bool,
    /// Where the name is noted.
    pub name: LocalName,
}

impl Announcement {
    /// Announces until `stop` is cancelled, then says goodbye. A server that only its own machine reaches
    /// has nothing to announce.
    pub async fn keep(self, stop: CancellationToken) {
        if self.bound.ip().is_loopback() {
            return;
        }
        let networks = NearNetworks::default();
        let mut turns = interval(NETWORKS_FRESH);
        let mut announced = None;
        loop {
            tokio::select! {
                () = stop.cancelled() => break,
                event = next_event(announced.as_ref()) => self.note(&event),
                _ = turns.tick() => {
                    networks.look(self.bound.ip()).await;
                    if announced.is_none() && !networks.is_empty() {
                        match self.begin(&networks) {
                            Ok(begun) => announced = Some(begun),
                            Err(error) => {
                                tracing::warn!(%error, "the name of this server cannot be announced in the local network");
                                return;
                            }
                        }
                    }
                }
            }
        }
        if let Some(announced) = announced {
            *self.name.0.lock() = None;
            if timeout(GOODBYE, announced.say_goodbye()).await.is_err() {
                tracing::debug!("the local network was left without a goodbye");
            }
        }
    }

    fn begin(&self, networks: &NearNetworks) -> Result<AnnouncedService, mdns_sd::Error> {
        let daemon = ServiceDaemon::new()?;
        let events = daemon.monitor()?;
        daemon.disable_interface(IfKind::All)?;
        daemon.enable_interface(IfKind::Predicate(networks.predicate()))?;
        let scheme = if self.secure { "https" } else { "http" };
        let properties = [("path", "/"), ("scheme", scheme)];
        let instance = truncated(&self.world, INSTANCE_BYTES);
        let port = self.bound.port();
        let service = ServiceInfo::new(SERVICE, instance, &self.host(), "", port, &properties[..])?
            .enable_addr_auto();
        let fullname = service.get_fullname().to_owned();
        daemon.register(service)?;
        Ok(AnnouncedService {
            daemon,
            events,
            fullname,
        })
    }

    /// The host's name with the dot at its end.
    fn host(&self) -> String {
        let label = self
            .host
            .as_deref()
            .map_or_else(|| label(&self.world), label);
        format!("{label}.local.")
    }

    fn note(&self, event: &DaemonEvent) {
        match event {
            DaemonEvent::NameChange(change)
                if change.original.eq_ignore_ascii_case(&self.host()) =>
            {
                self.name.set(&change.new_name);
            }
            DaemonEvent::Announce(..) if self.name.now().is_none() => self.name.set(&self.host()),
            DaemonEvent::Error(error) => {
                tracing::debug!(%error, "multicast DNS");
            }
            _ => {}
        }
    }
}

/// A daemon at work.
struct AnnouncedService {
    daemon: ServiceDaemon,
    events: Receiver<DaemonEvent>,
    fullname: String,
}

impl AnnouncedService {
    async fn say_goodbye(self) {
        if let Ok(gone) = self.daemon.unregister(&self.fullname) {
            let _ = gone.recv_async().await;
        }
        if let Ok(ended) = self.daemon.shutdown() {
            let _ = ended.recv_async().await;
        }
    }
}

/// What happens next; never while nothing is announced, or when the daemon has ended.
async fn next_event(announced: Option<&AnnouncedService>) -> DaemonEvent {
    if let Some(announced) = announced
        && let Ok(event) = announced.events.recv_async().await
    {
        return event;
    }
    std::future::pending().await
}

/// The addresses of the networks to announce in: those that links lead to, without tunnels and mobile
/// networks, where nobody listens who should.
#[derive(Debug, Clone, Default)]
struct NearNetworks(Arc<Mutex<HashSet<IpAddr>>>);

impl NearNetworks {
    /// Asks the system, which may take a moment.
    async fn look(&self, bound: IpAddr) {
        let asked = tokio::task::spawn_blocking(move || {
            let ways = reachable(bound).candidates.into_iter();
            let near = ways.filter(|way| {
                !matches!(way.kind, Some(InterfaceKind::Vpn | InterfaceKind::Mobile))
            });
            near.map(|way| way.address).collect()
        });
        if let Ok(found) = asked.await {
            *self.0.lock() = found;
        }
    }

    fn is_empty(&self) -> bool {
        self.0.lock().is_empty()
    }

    /// Asked by the library whenever it looks at the system's interfaces.
    fn predicate(&self) -> IfPredicate {
        let networks = self.clone();
        IfPredicate::new(move |interface| networks.0.lock().contains(&interface.ip()))
    }
}

/// A label of a host's name from any text: letters without accents, digits, and dashes between them.
fn label(text: &str) -> String {
    let mut label = String::new();
    for letter in text.trim_end_matches(".local").chars() {
        match letter.to_ascii_lowercase() {
            fitting if fitting.is_ascii_alphanumeric() => label.push(fitting),
            _ if label.is_empty() || label.ends_with('-') => {}
            _ => label.push('-'),
        }
    }
    label.truncate(LABEL_LETTERS);
    let label = label.trim_end_matches('-');
    match label {
        "" | "localhost" => PLAIN_NAME.to_owned(),
        label => label.to_owned(),
    }
}

/// The beginning of a text that has at most so many bytes.
fn truncated(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worlds_name_becomes_a_hosts() {
        let check = |world: &str, expected| assert_eq!(label(world), expected, "{world}");
        check("Our harbour", "our-harbour");
        check("CoMutiNy", "comutiny");
        check("  Año -- 2026! ", "a-o-2026");
        check("世界", "comutiny");
        check("localhost", "comutiny");
        check("attic.local", "attic");
        check(&"x".repeat(300), &"x".repeat(LABEL_LETTERS));
        assert_eq!(truncated("äöü", 3), "ä");
        assert_eq!(truncated("abc", 9), "abc");
    }

    #[test]
    fn a_name_counts_once_it_is_announced() {
        let announcement = Announcement {
            bound: ([0, 0, 0, 0], 4000).into(),
            host: None,
            world: "Our harbour".to_owned(),
            secure: false,
            name: LocalName::default(),
        };
        announcement.note(&DaemonEvent::IpAdd([10, 0, 0, 5].into()));
        assert_eq!(announcement.name.now(), None);
        announcement.note(&DaemonEvent::Announce(
            "Our harbour".to_owned(),
            String::new(),
        ));
        assert_eq!(
            announcement.name.now().as_deref(),
            Some("our-harbour.local")
        );
    }
}
