//! The sockets that are listened on.
//!
//! IPv4 and IPv6 have one each, also where every address is meant: a single socket for both would
//! hide from some systems that another program already has the port in one of the families, and
//! would be refused where IPv6 is switched off.

use std::future::poll_fn;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;

use socket2::{Domain, Protocol, Socket, Type};
use tokio::net::{TcpListener, TcpStream};

/// Connections that may wait to be accepted; the system has an upper limit of its own (on Linux `net.core.somaxconn`, 4096
/// where nobody changed it). Whoever finds it full tries again after 1 s, then 3, 7 and 15: a crowd that comes back within
/// a second would be late by that, however fast it is let in.
const BACKLOG: i32 = 65_535;
/// How often another port is tried when the system chose one that the other family does not have.
const TRIES: usize = 16;

/// A few sockets on the same port.
#[derive(Debug)]
pub struct Sockets {
    listening: Vec<TcpListener>,
    address: SocketAddr,
    /// Who is asked first for the next connection, so that a flood of one family cannot keep the
    /// other out.
    turn: AtomicUsize,
}

/// An address that cannot be listened on.
#[derive(Debug)]
pub struct BindRefused {
    /// The address.
    pub address: SocketAddr,
    /// What the system said.
    pub source: io::Error,
}

impl Sockets {
    /// Listens on `host`. `::` is every address of both families, or of the one that this machine
    /// has. With `local`, whatever `host` is, `localhost` leads here and to no other program.
    ///
    /// # Errors
    /// [`BindRefused`] with the address that failed. Must be called within a runtime.
    pub fn bind(host: IpAddr, port: u16, local: bool) -> Result<Self, BindRefused> {
        for _ in 1..TRIES {
            match Self::bind_once(host, port, local) {
                Err(refused) if port == 0 && refused.source.kind() == io::ErrorKind::AddrInUse => {}
                bound => return bound,
            }
        }
        Self::bind_once(host, port, local)
    }

    fn bind_once(host: IpAddr, port: u16, local: bool) -> Result<Self, BindRefused> {
        let mut listening = Vec::new();
        let mut chosen = port;
        for WantedAddress { ip, optional } in wanted(host, local) {
            let address = SocketAddr::new(ip, chosen);
            let refused = |source| BindRefused { address, source };
            match listen(address) {
                Ok(socket) => {
                    let socket = TcpListener::from_std(socket).map_err(refused)?;
                    chosen = socket.local_addr().map_err(refused)?.port();
                    listening.push(socket);
                }
                Err(error) if optional && is_absent(&error) => {
                    tracing::info!(%error, "this machine has no IPv6");
                }
                Err(error) => return Err(refused(error)),
            }
        }
        let bound = listening.first().map(TcpListener::local_addr);
        let wanted = SocketAddr::new(host, port);
        let missing = || Err(io::ErrorKind::AddrNotAvailable.into());
        let address = bound
            .unwrap_or_else(missing)
            .map_err(|source| BindRefused {
                address: wanted,
                source,
            })?;
        Ok(Self {
            listening,
            address,
            turn: AtomicUsize::new(0),
        })
    }

    /// The address that stands for all of them, with the real port: `::` where both families are
    /// listened to.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The next connection of any of them. Nothing is lost when the future is dropped.
    ///
    /// # Errors
    /// What the system says, such as no more descriptors.
    pub async fn accept(&self) -> io::Result<(TcpStream, SocketAddr)> {
        let turn = self.turn.fetch_add(1, Ordering::Relaxed);
        poll_fn(|context| {
            let count = self.listening.len();
            for place in 0..count {
                let socket = self.listening.get(turn.wrapping_add(place) % count);
                if let Some(Poll::Ready(accepted)) = socket.map(|it| it.poll_accept(context)) {
                    return Poll::Ready(accepted);
                }
            }
            Poll::Pending
        })
        .await
    }
}

/// Whether `port` is free for a server on `host`, at this moment.
#[must_use]
pub fn is_free(host: IpAddr, port: u16) -> bool {
    wanted(host, true).all(|WantedAddress { ip, optional }| {
        match listen(SocketAddr::new(ip, port)) {
            Ok(_) => true,
            Err(error) => optional && is_absent(&error),
        }
    })
}

/// An address to bind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct WantedAddress {
    ip: IpAddr,
    /// Whether a machine without IPv6 may go without it.
    optional: bool,
}

/// The addresses to bind for `host`, in this order.
fn wanted(host: IpAddr, local: bool) -> impl Iterator<Item = WantedAddress> {
    let every = move |ip: IpAddr| ip.is_unspecified() && host == Ipv6Addr::UNSPECIFIED;
    let own = move |ip: IpAddr| {
        let served = host == ip || (host.is_unspecified() && (host.is_ipv6() || ip.is_ipv4()));
        ip.is_loopback() && local && !served
    };
    let further = [
        IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(Ipv6Addr::LOCALHOST),
    ];
    let first = WantedAddress {
        ip: host,
        optional: host == Ipv6Addr::UNSPECIFIED,
    };
    let further = further.into_iter().filter(move |ip| every(*ip) || own(*ip));
    let further = further.map(|ip| WantedAddress {
        ip,
        optional: ip.is_ipv6(),
    });
    std::iter::once(first).chain(further)
}

fn listen(address: SocketAddr) -> io::Result<std::net::TcpListener> {
    let domain = Domain::for_address(address);
    let socket = Socket::new(domain, Type::STREAM, Some(Protocol::TCP))?;
    if address.is_ipv6() {
        socket.set_only_v6(true)?;
    }
    // Elsewhere it means that a program may take a port away from another one.
    #[cfg(unix)]
    socket.set_reuse_address(true)?;
    socket.set_nonblocking(true)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    Ok(socket.into())
}

/// Whether a system without IPv6 says so, rather than one whose port is taken.
fn is_absent(error: &io::Error) -> bool {
    use io::ErrorKind::{AddrInUse, PermissionDenied};
    !matches!(error.kind(), AddrInUse | PermissionDenied)
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERY: IpAddr = IpAddr::V6(Ipv6Addr::UNSPECIFIED);
    const OWN_V4: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
    const OWN_V6: IpAddr = IpAddr::V6(Ipv6Addr::LOCALHOST);

    fn has_ipv6() -> bool {
        listen((OWN_V6, 0).into()).is_ok()
    }

    async fn reaches(sockets: &Sockets, ip: IpAddr) -> bool {
        let address = (ip, sockets.address().port());
        let (connected, accepted) = tokio::join!(
            async {
                let connected = TcpStream::connect(address).await;
                connected.ok().and_then(|stream| stream.local_addr().ok())
            },
            async {
                let waiting = sockets.accept();
                let limit = std::time::Duration::from_secs(10);
                let accepted = tokio::time::timeout(limit, waiting).await;
                accepted.ok().and_then(Result::ok).map(|(_, peer)| peer)
            }
        );
        connected.is_some() && connected == accepted
    }

    #[tokio::test]
    async fn every_address_is_both_families_without_mapping() {
        let sockets = Sockets::bind(EVERY, 0, false).unwrap();
        assert!(reaches(&sockets, OWN_V4).await);
        if has_ipv6() {
            assert!(reaches(&sockets, OWN_V6).await);
        }
    }

    #[tokio::test]
    async fn a_window_gets_in_whatever_the_host_is() {
        if has_ipv6() {
            let sockets = Sockets::bind(OWN_V6, 0, true).unwrap();
            assert_eq!(sockets.address().ip(), OWN_V6);
            assert!(reaches(&sockets, OWN_V4).await);
            assert!(reaches(&sockets, OWN_V6).await);
        }
        let check = |host: &str, local, expected: &[&str]| {
            let found = wanted(host.parse().unwrap(), local).map(|it| it.ip.to_string());
            assert_eq!(found.collect::<Vec<_>>(), expected);
        };
        check("::", true, &["::", "0.0.0.0"]);
        check("::", false, &["::", "0.0.0.0"]);
        check("0.0.0.0", true, &["0.0.0.0", "::1"]);
        check("0.0.0.0", false, &["0.0.0.0"]);
        check("127.0.0.1", true, &["127.0.0.1", "::1"]);
        check("::1", true, &["::1", "127.0.0.1"]);
        check("::1", false, &["::1"]);
        check("10.0.0.5", true, &["10.0.0.5", "127.0.0.1", "::1"]);
        check("fd00::5", true, &["fd00::5", "127.0.0.1", "::1"]);
        check("fd00::5", false, &["fd00::5"]);
    }

    #[tokio::test]
    async fn a_port_that_is_taken_in_one_family_is_taken() {
        let held = listen((OWN_V4, 0).into()).unwrap();
        let port = held.local_addr().unwrap().port();
        assert!(!is_free(EVERY, port));
        let refused = Sockets::bind(EVERY, port, false).unwrap_err();
        assert_eq!(refused.source.kind(), io::ErrorKind::AddrInUse);
        assert_eq!(refused.address.port(), port);
    }
}
