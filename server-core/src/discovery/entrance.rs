//! Under which addresses the pages of this server are opened, as text.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use transport::Certificates;

use super::addresses::{page_url, reachable_addresses};
use super::announcement::LocalName;

/// Where a server is listened for, and under which names; cheap to clone.
#[derive(Debug, Clone)]
pub struct Entrance {
    /// The address that is bound.
    pub bound: SocketAddr,
    /// `PUBLIC_URL`.
    pub public_url: Option<String>,
    /// What https is served with.
    pub certificates: Option<Certificates>,
    /// What is announced in the local network.
    pub name: LocalName,
}

impl Entrance {
    /// `http://ADDRESS:PORT/`, or with https where there is a certificate.
    #[must_use]
    pub fn at(&self, address: IpAddr) -> String {
        self.at_port(address, self.bound.port())
    }

    /// The same for another port that leads here.
    #[must_use]
    pub fn at_port(&self, address: IpAddr, port: u16) -> String {
        page_url(self.scheme(), &SocketAddr::new(address, port).to_string())
    }

    fn scheme(&self) -> &'static str {
        match self.certificates {
            Some(_) => "https",
            None => "http",
        }
    }

    /// The public address, with a slash at its end.
    #[must_use]
    pub fn public(&self) -> Option<String> {
        let url = self.public_url.as_deref()?;
        Some(format!("{}/", url.trim_end_matches('/')))
    }

    /// The names that the certificate is for, as far as they are not the public address.
    #[must_use]
    pub fn certified_names(&self) -> Vec<String> {
        let names = self.certificates.as_ref().map(Certificates::names);
        let port = self.bound.port();
        let urls = names.into_iter().flatten().map(|name| match port {
            443 => page_url("https", &name),
            port => page_url("https", &format!("{name}:{port}")),
        });
        let public = self.public();
        urls.filter(|url| public.as_ref() != Some(url)).collect()
    }

    /// The page under the name that is announced in the local network, and whether the certificate is for
    /// that, if there is one.
    #[must_use]
    pub fn announced(&self) -> Option<(String, Option<bool>)> {
        let name = self.name.now()?;
        let url = page_url(self.scheme(), &format!("{name}:{}", self.bound.port()));
        let certified = self.certificates.as_ref().map(|it| it.covers_name(&name));
        Some((url, certified))
    }

    /// Whether `host` is a name by which people come here: the announced one, or one that a browser has
    /// checked by the certificate.
    #[must_use]
    pub fn is_named(&self, host: &str) -> bool {
        let certificates = self.certificates.as_ref();
        self.name.now().is_some_and(|name| name == host)
            || certificates.is_some_and(|it| it.covers_name(host))
    }

    /// Whether browsers open the link to this address without a warning; `None` where they ask for no
    /// certificate.
    #[must_use]
    pub fn is_certified(&self, address: IpAddr) -> Option<bool> {
        Some(self.certificates.as_ref()?.covers_address(address))
    }

    /// The page's address on this machine. A server bound to one address of the network does not answer on
    /// this machine's own. Within a machine nobody listens in, and a certificate is seldom for `localhost`.
    #[must_use]
    pub fn this_computer(&self) -> Option<String> {
        let port = self.bound.port();
        match self.bound.ip() {
            IpAddr::V6(address) if address.is_loopback() => {
                let bound = SocketAddr::new(address.into(), port);
                Some(page_url("http", &bound.to_string()))
            }
            ip if ip.is_unspecified() || ip.is_loopback() => {
                Some(page_url("http", &format!("localhost:{port}")))
            }
            IpAddr::V4(_) | IpAddr::V6(_) => None,
        }
    }

    /// The links to hand to players on other machines, best first. An address that browsers warn of is
    /// none, unless there is nothing else.
    #[must_use]
    pub fn for_players(&self) -> Vec<String> {
        let named: Vec<_> = self
            .public()
            .into_iter()
            .chain(self.certified_names())
            .collect();
        let own = reachable_addresses(self.bound.ip());
        let certified = |ip: &&IpAddr| self.is_certified(**ip).unwrap_or(true);
        let mut addresses: Vec<_> = own.iter().filter(certified).collect();
        if addresses.is_empty() && named.is_empty() {
            addresses = own.iter().collect();
        }
        named
            .into_iter()
            .chain(addresses.into_iter().map(|ip| self.at(*ip)))
            .collect()
    }

    /// Where the host makes the first account. A name comes first: it leads here also from elsewhere, and
    /// over https.
    #[must_use]
    pub fn for_setup(&self) -> String {
        let name = self
            .public()
            .or_else(|| self.certified_names().into_iter().next());
        name.or_else(|| self.this_computer())
            .or_else(|| self.for_players().into_iter().next())
            .unwrap_or_else(|| {
                self.at(match self.bound.ip() {
                    ip if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
                    ip => ip,
                })
            })
    }
}
