//! Where Redis may be found: the addresses of the settings, and what a cluster says about itself.
//!
//! A node whose `REDIS_URL` names one server of a cluster remembers the others while all is well, so
//! that it finds the new primary when that one has died.

use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use redis::aio::MultiplexedConnection;
use redis::{
    AsyncConnectionConfig, Client, ConnectionAddr, ConnectionInfo, IntoConnectionInfo,
    ProtocolVersion, PushInfo, RedisError, Value,
};

use super::error::RedisLinkError;
use crate::redis_addresses;
use identity::Secret;

/// Servers of a cluster that are remembered.
const REMEMBERED: usize = 16;
/// Commands that may wait to be written.
const WAITING_COMMANDS: usize = 1024;

/// Where one Redis is and how to log in.
#[derive(Clone)]
pub(super) struct Address(ConnectionInfo);

impl Address {
    /// Reads `redis://` and `rediss://` addresses. RESP3 is asked for whatever the address says.
    fn read(url: &str) -> Result<Self, RedisLinkError> {
        let info = url
            .into_connection_info()
            .map_err(|_| RedisLinkError::Address)?;
        let settings = info.redis_settings().clone();
        let settings = settings.set_protocol(ProtocolVersion::RESP3);
        Ok(Self(info.set_redis_settings(settings)))
    }

    /// One plain connection. What Redis pushes goes to `push`, which must not block.
    pub(super) async fn dial(
        &self,
        patience: Duration,
        push: impl Fn(PushInfo) + Send + Sync + 'static,
    ) -> Result<MultiplexedConnection, RedisError> {
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(patience))
            .set_response_timeout(Some(patience))
            .set_pipeline_buffer_size(WAITING_COMMANDS)
            .set_push_sender(move |info: PushInfo| {
                push(info);
                Ok::<(), std::convert::Infallible>(())
            });
        let client = Client::open(self.0.clone())?;
        let connecting = client.get_multiplexed_async_connection_with_config(&config);
        // The library's own limit does not cover the login.
        tokio::time::timeout(patience, connecting)
            .await
            .map_err(|_| std::io::Error::from(std::io::ErrorKind::TimedOut))?
    }

    /// Where the cluster says that it has to be asked, if that is what `error` says.
    pub(super) fn redirected(&self, error: &RedisError) -> Option<Self> {
        let (other, _) = error.redirect_node()?;
        let (host, port) = other.rsplit_once(':')?;
        Some(self.at(host, port.parse().ok()?))
    }

    /// The same login at another server of the cluster. An empty host stands for the one that was
    /// asked.
    fn at(&self, host: &str, port: u16) -> Self {
        let host = match (host, self.0.addr()) {
            ("", ConnectionAddr::Tcp(host, _) | ConnectionAddr::TcpTls { host, .. }) => {
                host.clone()
            }
            _ => host.trim_matches(['[', ']']).to_owned(),
        };
        let addr = match self.0.addr().clone() {
            ConnectionAddr::TcpTls {
                insecure,
                tls_params,
                ..
            } => ConnectionAddr::TcpTls {
                host,
                port,
                insecure,
                tls_params,
            },
            _ => ConnectionAddr::Tcp(host, port),
        };
        Self(self.0.clone().set_addr(addr))
    }

    /// What is wrong when a server breaks off a connection, or says nothing over it, because it was
    /// spoken to with TLS and does not know it, or the reverse: the other way it answers.
    pub(super) async fn mistaken(
        &self,
        error: &RedisLinkError,
        patience: Duration,
    ) -> Option<RedisLinkError> {
        let (other, mistake) = match (self.0.addr().clone(), error) {
            (ConnectionAddr::Tcp(host, port), RedisLinkError::Closed) => {
                let other = ConnectionAddr::TcpTls {
                    host,
                    port,
                    insecure: false,
                    tls_params: None,
                };
                (other, RedisLinkError::NeedsTls)
            }
            (
                ConnectionAddr::TcpTls { host, port, .. },
                RedisLinkError::Closed | RedisLinkError::Silent,
            ) => (ConnectionAddr::Tcp(host, port), RedisLinkError::NoTls),
            _ => return None,
        };
        let answer = Self(self.0.clone().set_addr(other))
            .dial(patience, drop)
            .await;
        let answers = match answer {
            Ok(_) => true,
            Err(error) => matches!(
                RedisLinkError::of(&error, ""),
                RedisLinkError::Certificate(_)
                    | RedisLinkError::ClientCertificate
                    | RedisLinkError::Password
            ),
        };
        answers.then_some(mistake)
    }

    /// The servers of the cluster this connection belongs to, those with the slot of `key` first;
    /// none where there is no cluster.
    pub(super) async fn cluster(
        &self,
        connection: &mut MultiplexedConnection,
        key: &str,
    ) -> Result<Vec<Self>, RedisError> {
        type Range = (u16, u16, Vec<Value>);
        let slot = redis::cmd("CLUSTER").arg("KEYSLOT").arg(key).to_owned();
        let slot: u16 = slot.query_async(connection).await?;
        let ranges = redis::cmd("CLUSTER").arg("SLOTS").to_owned();
        let ranges: Vec<Vec<Value>> = ranges.query_async(connection).await?;
        let mut ranges: Vec<Range> = ranges.into_iter().filter_map(range).collect();
        ranges.sort_by_key(|(from, to, _)| !(*from..=*to).contains(&slot));
        let servers = ranges.into_iter().flat_map(|(.., servers)| servers);
        let mut found: Vec<Self> = Vec::new();
        for (host, port) in servers.filter_map(server) {
            let server = self.at(&host, port);
            if !found.contains(&server) {
                found.push(server);
            }
        }
        Ok(found)
    }
}

/// First and last slot, and who serves them, the primary first.
fn range(values: Vec<Value>) -> Option<(u16, u16, Vec<Value>)> {
    let mut values = values.into_iter();
    let mut number = || redis::from_redis_value(values.next()?).ok();
    let (from, to) = (number()?, number()?);
    Some((from, to, values.collect()))
}

/// Host and port of a server in the answer of `CLUSTER SLOTS`.
fn server(value: Value) -> Option<(String, u16)> {
    let Value::Array(values) = value else {
        return None;
    };
    let mut values = values.into_iter();
    let host: Option<String> = redis::from_redis_value(values.next()?).ok()?;
    let port = redis::from_redis_value(values.next()?).ok()?;
    Some((host.unwrap_or_default(), port))
}

impl PartialEq for Address {
    fn eq(&self, other: &Self) -> bool {
        self.0.addr() == other.0.addr()
    }
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Address({})", self.0.addr())
    }
}

/// See the module; cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Addresses {
    named: Arc<[Address]>,
    // Held to copy or replace the list; never across an await.
    known: Arc<Mutex<Vec<Address>>>,
}

impl Addresses {
    /// Reads one address or several, separated by commas.
    pub(super) fn read(url: &Secret) -> Result<Self, RedisLinkError> {
        let named = redis_addresses(url.expose());
        let named: Vec<_> = named.map(Address::read).collect::<Result<_, _>>()?;
        match named.is_empty() {
            true => Err(RedisLinkError::Address),
            false => Ok(Self {
                named: named.into(),
                known: Arc::default(),
            }),
        }
    }

    /// Where to try, in this order: as the settings say, then as the cluster said.
    pub(super) fn all(&self) -> Vec<Address> {
        let mut all = self.named.to_vec();
        let known = self.known.lock().clone();
        all.extend(known.into_iter().filter(|it| !self.named.contains(it)));
        all
    }

    /// Remembers what a cluster said; nothing, where there is none.
    pub(super) fn learn(&self, mut servers: Vec<Address>) {
        servers.truncate(REMEMBERED);
        if !servers.is_empty() {
            *self.known.lock() = servers;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, learnt: &[(&str, u16)], expected: &[&str]) {
        let addresses = Addresses::read(&Secret::new(url)).unwrap();
        let first = addresses.named[0].clone();
        addresses.learn(
            learnt
                .iter()
                .map(|(host, port)| first.at(host, *port))
                .collect(),
        );
        let all: Vec<_> = addresses
            .all()
            .iter()
            .map(|it| it.0.addr().to_string())
            .collect();
        assert_eq!(all, expected);
    }

    #[test]
    fn named_ones_come_first_and_each_once() {
        check("redis://a:1", &[], &["a:1"]);
        check("redis://:p,q@a:1/0,redis://b:2", &[], &["a:1", "b:2"]);
        let learnt = [("b", 2), ("c", 3), ("", 4)];
        check(
            "redis://a:1,redis://b:2",
            &learnt,
            &["a:1", "b:2", "c:3", "a:4"],
        );
        check("rediss://a:1", &[("c", 3)], &["a:1", "c:3"]);
        assert!(Addresses::read(&Secret::new("http://a:1")).is_err());
    }
}
