//! A UPnP Internet Gateway Device, found by SSDP and spoken to in SOAP.
//!
//! The library's blocking half, on threads of their own: its other half brings HTTP/2 into every part of
//! the program that shares its HTTP library. A thread that a gateway keeps waiting holds up nobody, not
//! even the end of the program.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::num::NonZeroU16;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use igd_next::{
    AddAnyPortError, AddPortError, Gateway, GetExternalIpError, PortMappingProtocol,
    RemovePortError, RequestError, SearchOptions, search_gateway,
};
use parking_lot::Mutex;
use tokio::sync::oneshot;

use crate::attempt::{Declined, Grant, MappingWish, outside};

/// Where devices of a network listen for a search.
pub(crate) const SSDP: SocketAddr =
    SocketAddr::new(IpAddr::V4(Ipv4Addr::new(239, 255, 255, 250)), SSDP_PORT);
/// The port of that.
pub(crate) const SSDP_PORT: u16 = 1900;
/// Mappings of a gateway that are looked through for ours.
const MOST_MAPPINGS: u32 = 256;

/// Speaks to one gateway; cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Upnp(Arc<UpnpDevice>);

#[derive(Debug)]
struct UpnpDevice {
    /// Where to search; the gateway itself when empty, after everybody.
    ssdp: Vec<SocketAddr>,
    /// How long each of them is waited for.
    search: Duration,
    description: String,
    /// Found before, so that giving back needs no search. A short lock.
    known: Mutex<Option<Gateway>>,
}

/// A mapping that is not wanted any more.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unwanted {
    pub(crate) gateway: Ipv4Addr,
    pub(crate) client: Ipv4Addr,
    pub(crate) port: NonZeroU16,
    pub(crate) external: NonZeroU16,
    /// Whether it was made by an earlier run, and may be somebody else's by now.
    pub(crate) doubtful: bool,
}

impl Upnp {
    pub(crate) fn new(ssdp: Vec<SocketAddr>, search: Duration, description: String) -> Self {
        Self(Arc::new(UpnpDevice {
            ssdp,
            search,
            description,
            known: Mutex::new(None),
        }))
    }

    /// Asks for a mapping, or renews it, unless the gateway's own address leads nowhere.
    pub(crate) async fn ask(&self, wish: &MappingWish) -> Result<Grant, Declined> {
        let (device, wish) = (self.0.clone(), wish.clone());
        aside(move || device.forgetting(|it| it.ask(&wish))).await
    }

    pub(crate) async fn give_back(&self, mapping: Unwanted) -> Result<(), Declined> {
        let device = self.0.clone();
        aside(move || device.forgetting(|it| it.give_back(mapping))).await
    }
}

/// Runs what blocks on a thread of its own.
async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Declined> + Send + 'static,
) -> Result<T, Declined> {
    let (done, result) = oneshot::channel();
    let thread = thread::Builder::new().name("upnp".to_owned());
    let started = thread.spawn(move || {
        let _ = done.send(work());
    });
    match started {
        Ok(_) => result.await.unwrap_or(Err(Declined::Silent)),
        Err(error) => Err(Declined::Refused(error.to_string())),
    }
}

impl UpnpDevice {
    /// What did not answer is searched again next time: its port may have changed with a restart.
    fn forgetting<T>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, Declined>,
    ) -> Result<T, Declined> {
        let result = work(self);
        if result.is_err() {
            *self.known.lock() = None;
        }
        result
    }

    fn gateway(&self, gateway: Ipv4Addr, client: Ipv4Addr) -> Result<Gateway, Declined> {
        let is_it = |found: &Gateway| found.addr.ip() == gateway;
        if let Some(known) = self.known.lock().clone().filter(is_it) {
            return Ok(known);
        }
        let everybody = [SSDP, (gateway, SSDP_PORT).into()];
        let asked = match self.ssdp.as_slice() {
            [] => &everybody[..],
            given => given,
        };
        let found = asked.iter().find_map(|to| {
            let mut options = SearchOptions::default();
            options.bind_addr = (client, 0).into();
            options.broadcast_address = *to;
            options.timeout = Some(self.search);
            options.single_search_timeout = Some(self.search);
            options.allowed_gateway_ips = vec![gateway.into()];
            let found = search_gateway(options);
            tracing::debug!(searched = %to, found = ?found.as_ref().map(|it| it.addr), "UPnP");
            // Another device may answer as well; what it opens leads elsewhere.
            found.ok().filter(is_it)
        });
        let found = found.ok_or(Declined::Silent)?;
        *self.known.lock() = Some(found.clone());
        Ok(found)
    }

    fn ask(&self, wish: &MappingWish) -> Result<Grant, Declined> {
        let gateway = self.gateway(wish.route.gateway, wish.route.client)?;
        let address = outside(external_address(&gateway)?)?;
        let (port, lease) = match self.add(&gateway, wish, wish.lease_seconds()) {
            Err(AddAnyPortError::OnlyPermanentLeasesSupported) => {
                (self.add(&gateway, wish, 0).map_err(refusal)?, None)
            }
            added => (added.map_err(refusal)?, Some(wish.lease)),
        };
        Ok(Grant {
            address,
            port: NonZeroU16::new(port).unwrap_or(wish.external),
            lease,
        })
    }

    /// The port that was wished for, or another one where somebody has that.
    fn add(
        &self,
        gateway: &Gateway,
        wish: &MappingWish,
        lease: u32,
    ) -> Result<u16, AddAnyPortError> {
        let local = SocketAddr::from((wish.route.client, wish.port.get()));
        let external = wish.external.get();
        let tcp = PortMappingProtocol::TCP;
        match gateway.add_port(tcp, external, local, lease, &self.description) {
            Ok(()) => Ok(external),
            Err(AddPortError::PortInUse | AddPortError::SamePortValuesRequired) => {
                gateway.add_any_port(tcp, local, lease, &self.description)
            }
            Err(AddPortError::OnlyPermanentLeasesSupported) => {
                Err(AddAnyPortError::OnlyPermanentLeasesSupported)
            }
            Err(AddPortError::RequestError(error)) => Err(AddAnyPortError::RequestError(error)),
            Err(AddPortError::DescriptionTooLong) => Err(AddAnyPortError::DescriptionTooLong),
            Err(AddPortError::ActionNotAuthorized) => Err(AddAnyPortError::ActionNotAuthorized),
            Err(AddPortError::InternalPortZeroInvalid | AddPortError::ExternalPortZeroInvalid) => {
                Err(AddAnyPortError::InternalPortZeroInvalid)
            }
        }
    }

    fn give_back(&self, mapping: Unwanted) -> Result<(), Declined> {
        let gateway = self.gateway(mapping.gateway, mapping.client)?;
        if mapping.doubtful && belongs_to_another(&gateway, mapping) {
            return Ok(());
        }
        match gateway.remove_port(PortMappingProtocol::TCP, mapping.external.get()) {
            Ok(()) | Err(RemovePortError::NoSuchPortMapping) => Ok(()),
            Err(RemovePortError::ActionNotAuthorized) => Err(Declined::Refused(
                RemovePortError::ActionNotAuthorized.to_string(),
            )),
            Err(RemovePortError::RequestError(error)) => Err(request(error)),
        }
    }
}

fn external_address(gateway: &Gateway) -> Result<Ipv4Addr, Declined> {
    match gateway.get_external_ip() {
        Ok(IpAddr::V4(address)) => Ok(address),
        // Gateways without a connection say so with an empty address or an error of their own.
        Ok(IpAddr::V6(_))
        | Err(GetExternalIpError::RequestError(
            RequestError::InvalidResponse(_) | RequestError::ErrorCode(..),
        )) => Err(Declined::Offline),
        Err(GetExternalIpError::ActionNotAuthorized) => Err(Declined::Refused(
            GetExternalIpError::ActionNotAuthorized.to_string(),
        )),
        Err(GetExternalIpError::RequestError(error)) => Err(request(error)),
    }
}

/// Whether the gateway lists the port as passed on to another machine.
fn belongs_to_another(gateway: &Gateway, mapping: Unwanted) -> bool {
    let entries =
        (0..MOST_MAPPINGS).map_while(|at| gateway.get_generic_port_mapping_entry(at).ok());
    let ours = (mapping.client.to_string(), mapping.port.get());
    entries
        .filter(|it| it.protocol == PortMappingProtocol::TCP)
        .filter(|it| it.external_port == mapping.external.get())
        .any(|it| (it.internal_client, it.internal_port) != ours)
}

fn refusal(error: AddAnyPortError) -> Declined {
    match error {
        AddAnyPortError::RequestError(error) => request(error),
        said => Declined::Refused(said.to_string()),
    }
}

fn request(error: RequestError) -> Declined {
    match error {
        RequestError::ErrorCode(..) | RequestError::UnsupportedAction(_) => {
            Declined::Refused(error.to_string())
        }
        RequestError::AttoHttpError(_)
        | RequestError::IoError(_)
        | RequestError::InvalidResponse(_) => Declined::Silent,
    }
}
