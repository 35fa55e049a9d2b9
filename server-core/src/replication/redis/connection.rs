//! One connection to Redis: commands out, answers and published events in.
//!
//! All keys of a world lie in one slot, so exactly one server of a Redis Cluster is concerned: when
//! another one is asked, it says which, and the connection goes there. No client that knows the
//! whole cluster is needed.

use std::sync::Arc;
use std::time::{Duration, Instant};

use redis::aio::MultiplexedConnection;
use redis::{
    AsyncConnectionConfig, Client, ConnectionAddr, ConnectionInfo, IntoConnectionInfo,
    ProtocolVersion, PushInfo, PushKind, RedisError, Value, from_redis_value,
};
use tokio::sync::mpsc;

use super::error::LinkError;
use super::keys::Keys;
use super::scripts::{Calls, Script};
use crate::config::Secret;
use crate::metrics::LinkMetrics;

/// Published events that may wait to be applied. What does not fit is lost, which shows as a gap
/// and is made up for.
const WAITING_EVENTS: usize = 16_384;
/// Commands that may wait to be written.
const WAITING_COMMANDS: usize = 1024;
/// Redirections followed in one attempt to connect.
pub(super) const REDIRECTIONS: usize = 4;
/// The oldest version that has what the scripts use (`SPUBLISH`).
const OLDEST_VERSION: u32 = 7;

/// Where Redis is and how to log in.
#[derive(Clone)]
pub(super) struct Address(ConnectionInfo);

impl Address {
    /// Reads `redis://` and `rediss://` addresses. RESP3 is asked for whatever the address says.
    pub(super) fn read(url: &Secret) -> Result<Self, LinkError> {
        let info = url
            .expose()
            .into_connection_info()
            .map_err(|_| LinkError::Address)?;
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
        self.at(other)
    }

    /// The same login at another server of the cluster, given as `host:port`.
    fn at(&self, other: &str) -> Option<Self> {
        let (host, port) = other.rsplit_once(':')?;
        let port = port.parse().ok()?;
        // An empty host stands for the one that was asked.
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
        Some(Self(self.0.clone().set_addr(addr)))
    }
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Address({})", self.0.addr())
    }
}

/// What [`Connection::open`] needs.
#[derive(Debug)]
pub(super) struct Opening<'a> {
    pub(super) address: &'a Address,
    pub(super) keys: &'a Keys,
    pub(super) prefix: &'a str,
    pub(super) node: &'a str,
    pub(super) session: &'a str,
    /// Time for connecting and for every answer.
    pub(super) patience: Duration,
    pub(super) metrics: &'a Arc<LinkMetrics>,
}

/// A connection that is subscribed and knows the scripts. Cheap to clone.
#[derive(Clone)]
pub(super) struct Connection {
    inner: MultiplexedConnection,
    calls: Calls,
    prefix: Arc<str>,
    metrics: Arc<LinkMetrics>,
}

/// Published events in the order of arrival; empty when the connection ended.
pub(super) type Events = mpsc::Receiver<String>;

impl Connection {
    /// Connects, subscribes and loads the scripts.
    pub(super) async fn open(opening: &Opening<'_>) -> Result<(Self, Events), LinkError> {
        let mut address = opening.address.clone();
        for _ in 0..REDIRECTIONS {
            match Self::try_open(opening, &address).await {
                Ok(opened) => return Ok(opened),
                Err(error) => {
                    let other = address.redirected(&error);
                    address = other.ok_or_else(|| LinkError::of(&error, opening.prefix))?;
                }
            }
        }
        let circles = "the cluster sends nodes in circles";
        Err(LinkError::Unreachable(circles.to_owned()))
    }

    async fn try_open(
        opening: &Opening<'_>,
        address: &Address,
    ) -> Result<(Self, Events), RedisError> {
        let (events, waiting) = mpsc::channel(WAITING_EVENTS);
        let push = move |push: PushInfo| {
            if let Some(event) = published(push)
                && events.try_send(event).is_err()
            {
                tracing::debug!("an event of another node found no room");
            }
        };
        let mut inner = address.dial(opening.patience, push).await?;
        check_version(&mut inner).await?;
        let mut load = redis::pipe();
        for script in Script::ALL {
            load.cmd("SCRIPT").arg("LOAD").arg(script.source());
        }
        let digests: Vec<String> = load.query_async(&mut inner).await?;
        redis::cmd("SSUBSCRIBE")
            .arg(&opening.keys.channel)
            .query_async::<Value>(&mut inner)
            .await?;
        let calls = Calls::new(
            digests,
            opening.keys.clone(),
            opening.node.to_owned(),
            opening.session.to_owned(),
        );
        let connection = Self {
            inner,
            calls,
            prefix: opening.prefix.into(),
            metrics: opening.metrics.clone(),
        };
        Ok((connection, waiting))
    }

    /// A call of a script, to which its arguments are added.
    pub(super) fn call(&self, script: Script) -> redis::Cmd {
        self.calls.call(script)
    }

    /// Makes one call.
    pub(super) async fn ask(&self, call: &redis::Cmd) -> Result<Answer, LinkError> {
        let started = Instant::now();
        let asked = call.query_async::<Value>(&mut self.inner.clone()).await;
        self.note(1, started);
        asked
            .map_err(|error| LinkError::of(&error, &self.prefix))
            .and_then(Answer::read)
    }

    /// Makes calls one right after the other, and gives their answers in that order.
    pub(super) async fn ask_all(&self, calls: &redis::Pipeline) -> Result<Vec<Answer>, LinkError> {
        let started = Instant::now();
        let asked = calls
            .query_async::<Vec<Value>>(&mut self.inner.clone())
            .await;
        self.note(calls.len() as u64, started);
        asked
            .map_err(|error| LinkError::of(&error, &self.prefix))?
            .into_iter()
            .map(Answer::read)
            .collect()
    }

    fn note(&self, calls: u64, started: Instant) {
        self.metrics.calls.add(calls);
        self.metrics.round_trip.record(started.elapsed());
    }
}

impl std::fmt::Debug for Connection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Connection")
    }
}

/// What a script answered: a word, and values that depend on it.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) word: String,
    rest: std::vec::IntoIter<Value>,
}

impl Answer {
    fn read(value: Value) -> Result<Self, LinkError> {
        let Value::Array(values) = value else {
            return Err(LinkError::Nonsense("no list".to_owned()));
        };
        let mut rest = values.into_iter();
        let word = next(&mut rest)?;
        let answer = Self { word, rest };
        match answer.word.as_str() {
            "SESSION" | "LEASE" => Err(LinkError::Forgotten),
            "SECRET" => Err(LinkError::OtherSecret),
            "DATABASE" => Err(LinkError::OtherDatabase),
            _ => Ok(answer),
        }
    }

    /// The next value.
    pub(super) fn take<T: redis::FromRedisValue>(&mut self) -> Result<T, LinkError> {
        next(&mut self.rest)
    }

    /// All further values.
    pub(super) fn take_all<T: redis::FromRedisValue>(self) -> Result<Vec<T>, LinkError> {
        self.rest.map(read).collect()
    }
}

fn next<T: redis::FromRedisValue>(
    values: &mut impl Iterator<Item = Value>,
) -> Result<T, LinkError> {
    let missing = || LinkError::Nonsense("a value is missing".to_owned());
    values.next().ok_or_else(missing).and_then(read)
}

fn read<T: redis::FromRedisValue>(value: Value) -> Result<T, LinkError> {
    from_redis_value(value).map_err(|error| LinkError::Nonsense(error.to_string()))
}

/// The text of a published message, empty when the connection ended; `None` for what else Redis
/// pushes.
fn published(push: PushInfo) -> Option<String> {
    match push.kind {
        PushKind::SMessage => {}
        PushKind::Disconnection => return Some(String::new()),
        _ => return None,
    }
    let text = push.data.into_iter().nth(1)?;
    from_redis_value(text).ok()
}

async fn check_version(connection: &mut MultiplexedConnection) -> Result<(), RedisError> {
    let hello: std::collections::HashMap<String, Value> =
        redis::cmd("HELLO").query_async(connection).await?;
    let version: String = hello
        .get("version")
        .and_then(|version| redis::from_redis_value_ref(version).ok())
        .unwrap_or_default();
    let major = version.split('.').next().and_then(|it| it.parse().ok());
    match major {
        Some(major @ 0..OLDEST_VERSION) => Err(RedisError::from((
            redis::ErrorKind::RESP3NotSupported,
            "too old",
            if version.is_empty() {
                major.to_string()
            } else {
                version
            },
        ))),
        _ => Ok(()),
    }
}
