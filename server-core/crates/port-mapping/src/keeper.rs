//! Keeps the way in open for as long as it is wanted.

use std::net::{IpAddr, SocketAddr, SocketAddrV4};
use std::num::NonZeroU16;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use tokio::sync::watch;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use crate::attempt::{Declined, Grant, MappingWish, Patience, outside};
use crate::journal::{Journal, RecordedMapping, unix_seconds};
use crate::route::{FindRoute, GatewayRoute};
use crate::state::{MappingMethod, MappingObstacle, MappingReport, MappingState, OpenPort};
use crate::upnp::{Unwanted, Upnp};
use crate::{natpmp, pcp};

/// How long what is waited for.
#[derive(Debug, Clone, Copy)]
pub struct MappingTimes {
    /// The lease that is asked for; RFC 6886 (section 3.3) recommends two hours.
    pub lease: Duration,
    /// Longest time between two renewals. One is due at half of a lease; a gateway that was restarted has
    /// forgotten everything, and asking costs a packet.
    pub renew: Duration,
    /// Until a gateway that said no is asked again.
    pub retry: Duration,
    /// Between two looks whether the default route is still the same.
    pub look: Duration,
    /// Until a question over UDP is repeated for the first time; RFC 6886, section 3.1.
    pub first_answer: Duration,
    /// How often it is repeated, each time after twice as long.
    pub repetitions: usize,
    /// How long devices may take to answer a search by SSDP, which asks them to wait up to three seconds.
    pub search: Duration,
}

impl Default for MappingTimes {
    fn default() -> Self {
        Self {
            lease: Duration::from_secs(7200),
            renew: Duration::from_secs(600),
            retry: Duration::from_secs(120),
            look: Duration::from_secs(15),
            first_answer: Duration::from_millis(250),
            repetitions: 2,
            search: Duration::from_secs(4),
        }
    }
}

/// What is to be passed on, and by whom.
#[derive(Clone)]
pub struct PortMapper {
    /// Where the server listens.
    pub bound: SocketAddr,
    /// What the gateway calls the mapping, where it lists them.
    pub description: String,
    /// The file in which open mappings are noted.
    pub journal: PathBuf,
    /// Asks the system for the default route.
    pub find_route: FindRoute,
    /// Where devices are searched by SSDP; when empty, in the whole network and then at the gateway.
    pub ssdp: Vec<SocketAddr>,
    /// How long what is waited for.
    pub times: MappingTimes,
}

impl PortMapper {
    /// Keeps the port open while `wanted`, until `stop` is cancelled; then gives it back, for which a
    /// gateway may take some seconds. What an earlier run left open is given back first. A future that is
    /// dropped gives nothing back; the next start does.
    pub async fn keep(
        self,
        mut wanted: watch::Receiver<bool>,
        report: MappingReport,
        stop: CancellationToken,
    ) {
        let Some(port) = NonZeroU16::new(self.bound.port()) else {
            return;
        };
        let times = self.times;
        let keeper = Keeper {
            bound: self.bound.ip(),
            port,
            nonce: rand::random(),
            journal: Journal::new(self.journal),
            find_route: self.find_route,
            upnp: Upnp::new(self.ssdp, times.search, self.description),
            times,
        };
        if stop
            .run_until_cancelled(keeper.give_back_all(true))
            .await
            .is_none()
        {
            return;
        }
        while stop.run_until_cancelled(comes_to(&mut wanted, true)).await == Some(true) {
            tokio::select! {
                biased;
                () = stop.cancelled() => {}
                _ = comes_to(&mut wanted, false) => {}
                () = keeper.hold(&report) => {}
            }
            keeper.give_back_all(false).await;
            report.set(MappingState::Off);
        }
    }
}

/// Waits until the switch stands so. `false` when nobody is left who could set it.
async fn comes_to(wanted: &mut watch::Receiver<bool>, state: bool) -> bool {
    let reached = wanted.wait_for(|wanted| *wanted == state).await.is_ok();
    if !reached && !state {
        std::future::pending::<()>().await;
    }
    reached
}

struct Keeper {
    bound: IpAddr,
    port: NonZeroU16,
    nonce: [u32; 3],
    journal: Journal,
    find_route: FindRoute,
    upnp: Upnp,
    times: MappingTimes,
}

/// A mapping that the gateway has made.
struct HeldMapping {
    method: MappingMethod,
    route: GatewayRoute,
    open: OpenPort,
}

impl Keeper {
    /// Asks, renews, asks again; never ends.
    async fn hold(&self, report: &MappingReport) {
        let mut best = self.port;
        report.set(MappingState::Asking);
        loop {
            let route = self.route().await;
            let refused = match route {
                None => MappingObstacle::NoNetwork,
                Some(route) if !self.listens_at(route) => MappingObstacle::NotListening,
                Some(route) => match self.open(route, best).await {
                    Ok(held) => {
                        best = NonZeroU16::new(held.open.external.port()).unwrap_or(best);
                        report.set(MappingState::Open(held.open));
                        self.renew(held, report).await;
                        self.give_back_all(false).await;
                        continue;
                    }
                    Err(obstacle) => obstacle,
                },
            };
            report.set(MappingState::Failed(refused));
            tokio::select! {
                () = sleep(self.times.retry) => {}
                () = self.another_than(route) => {}
            }
        }
    }

    /// Whether what the gateway passes on to this machine arrives at the server.
    fn listens_at(&self, route: GatewayRoute) -> bool {
        self.bound.is_unspecified() || self.bound.to_canonical() == IpAddr::V4(route.client)
    }

    async fn route(&self) -> Option<GatewayRoute> {
        let find = self.find_route.clone();
        tokio::task::spawn_blocking(move || find())
            .await
            .ok()
            .flatten()
    }

    /// Ends when the default route is another one.
    async fn another_than(&self, route: Option<GatewayRoute>) {
        loop {
            sleep(self.times.look).await;
            if self.route().await != route {
                return;
            }
        }
    }

    /// Tries one protocol after the other.
    async fn open(
        &self,
        route: GatewayRoute,
        best: NonZeroU16,
    ) -> Result<HeldMapping, MappingObstacle> {
        let mut obstacle = MappingObstacle::NoGateway;
        for method in MappingMethod::ALL {
            let wish = self.wish(route, best);
            let mut record = self.record(method, &wish);
            self.journal.note(&record);
            let said = match self.ask(method, &wish).await {
                Ok(grant) => match outside(grant.address) {
                    Ok(_) => return Ok(self.held(method, &wish, grant)),
                    Err(no_way) => {
                        record.external = grant.port;
                        let _ = self.give_back(&record, false).await;
                        no_way
                    }
                },
                Err(said) => said,
            };
            self.journal.forget(&record);
            tracing::debug!(?method, ?said, gateway = %route.gateway, "no way in by this protocol");
            obstacle = match said {
                // The gateway's address is the same in every protocol.
                Declined::Private(address) => {
                    return Err(MappingObstacle::PrivateAddress { address });
                }
                Declined::Offline => MappingObstacle::GatewayOffline,
                Declined::Refused(said) => MappingObstacle::Refused { method, said },
                Declined::Silent => obstacle,
            };
        }
        Err(obstacle)
    }

    /// Renews for as long as the gateway does its part and the route stays.
    async fn renew(&self, mut held: HeldMapping, report: &MappingReport) {
        let gone = self.another_than(Some(held.route));
        tokio::pin!(gone);
        loop {
            let rest = held.open.until.map(|until| {
                let rest = until.duration_since(SystemTime::now());
                rest.unwrap_or(Duration::ZERO)
            });
            if rest == Some(Duration::ZERO) {
                return;
            }
            let due = rest.map_or(self.times.renew, |rest| (rest / 2).min(self.times.renew));
            tokio::select! {
                () = sleep(due) => {}
                () = &mut gone => return,
            }
            let external = NonZeroU16::new(held.open.external.port()).unwrap_or(self.port);
            let wish = self.wish(held.route, external);
            match self.ask(held.method, &wish).await {
                Ok(grant) if outside(grant.address).is_ok() => {
                    held = self.held(held.method, &wish, grant);
                    report.set(MappingState::Open(held.open));
                }
                // It is asked again at half of what is left; a lease that never ends is not trusted for that.
                Err(Declined::Silent) if held.open.until.is_some() => {}
                Ok(_) | Err(_) => return,
            }
        }
    }

    async fn ask(&self, method: MappingMethod, wish: &MappingWish) -> Result<Grant, Declined> {
        let grant = match method {
            MappingMethod::Pcp => pcp::ask(wish, self.patience()).await,
            MappingMethod::NatPmp => natpmp::ask(wish, self.patience()).await,
            MappingMethod::Upnp => self.upnp.ask(wish).await,
        };
        grant.and_then(|grant| match grant.lease {
            Some(Duration::ZERO) => Err(Declined::Refused("a lease of no time".to_owned())),
            _ => Ok(grant),
        })
    }

    fn held(&self, method: MappingMethod, wish: &MappingWish, grant: Grant) -> HeldMapping {
        let until = grant.lease.map(|lease| SystemTime::now() + lease);
        self.journal.note(&RecordedMapping {
            external: grant.port,
            until: until.map(unix_seconds),
            ..self.record(method, wish)
        });
        HeldMapping {
            method,
            route: wish.route,
            open: OpenPort {
                external: SocketAddrV4::new(grant.address, grant.port.get()),
                method,
                until,
            },
        }
    }

    /// Gives back whatever is noted; what a gateway does not answer to stays noted until it ends.
    async fn give_back_all(&self, doubtful: bool) {
        for record in self.journal.open_mappings() {
            match self.give_back(&record, doubtful).await {
                Ok(()) => self.journal.forget(&record),
                Err(said) => {
                    tracing::info!(gateway = %record.gateway, external = record.external, ?said, "the router was not reached to close the port; it does that by itself when the lease ends");
                }
            }
        }
    }

    async fn give_back(&self, record: &RecordedMapping, doubtful: bool) -> Result<(), Declined> {
        let RecordedMapping {
            gateway,
            client,
            port,
            external,
            nonce,
            ..
        } = *record;
        match record.method {
            MappingMethod::Pcp => {
                pcp::give_back(gateway, client, port, nonce, self.patience()).await
            }
            MappingMethod::NatPmp => natpmp::give_back(gateway, port, self.patience()).await,
            MappingMethod::Upnp => {
                let unwanted = Unwanted {
                    gateway,
                    client,
                    port,
                    external,
                    doubtful,
                };
                self.upnp.give_back(unwanted).await
            }
        }
    }

    fn wish(&self, route: GatewayRoute, external: NonZeroU16) -> MappingWish {
        MappingWish {
            route,
            port: self.port,
            external,
            lease: self.times.lease,
            nonce: self.nonce,
        }
    }

    /// What is asked for, as it is noted before the gateway has answered.
    fn record(&self, method: MappingMethod, wish: &MappingWish) -> RecordedMapping {
        RecordedMapping {
            method,
            gateway: wish.route.gateway,
            client: wish.route.client,
            port: wish.port,
            external: wish.external,
            nonce: wish.nonce,
            until: Some(unix_seconds(SystemTime::now() + wish.lease)),
        }
    }

    fn patience(&self) -> Patience {
        Patience {
            first: self.times.first_answer,
            repetitions: self.times.repetitions,
        }
    }
}
