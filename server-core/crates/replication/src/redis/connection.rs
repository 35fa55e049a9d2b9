//! One connection to Redis: commands out, answers and published events in.
//!
//! All keys of a world lie in one slot, so exactly one server of a Redis Cluster is concerned: when
//! another one is asked, it says which, and the connection goes there. No client that knows the
//! whole cluster is needed.

use std::sync::Arc;
use std::time::{Duration, Instant};

use redis::aio::MultiplexedConnection;
use redis::{PushInfo, PushKind, RedisError, Value, from_redis_value};
use tokio::sync::mpsc;

use super::addresses::{Address, Addresses};
use super::error::RedisLinkError;
use super::keys::WorldKeys;
use super::scripts::{Calls, Script};
use metrics::LinkMetrics;

/// Published events that may wait to be applied. What does not fit is lost, which shows as a gap
/// and is made up for.
const WAITING_EVENTS: usize = 16_384;
/// Redirections followed in one attempt to connect.
pub(super) const REDIRECTIONS: usize = 4;
/// The oldest version that has what the scripts use (`SPUBLISH`).
const OLDEST_VERSION: u32 = 7;

/// What [`RedisConnection::open`] needs.
#[derive(Debug)]
pub(super) struct LinkOpening<'a> {
    pub(super) addresses: &'a Addresses,
    pub(super) keys: &'a WorldKeys,
    pub(super) prefix: &'a str,
    pub(super) node: &'a str,
    pub(super) session: &'a str,
    /// Time for connecting and for every answer.
    pub(super) patience: Duration,
    pub(super) metrics: &'a Arc<LinkMetrics>,
}

/// A connection that is subscribed and knows the scripts. Cheap to clone.
#[derive(Clone)]
pub(super) struct RedisConnection {
    inner: MultiplexedConnection,
    /// Where it leads.
    address: Address,
    calls: Calls,
    keys: Arc<WorldKeys>,
    prefix: Arc<str>,
    metrics: Arc<LinkMetrics>,
}

/// What a connection brought, in the order of arrival.
pub(super) type Events = mpsc::Receiver<ChannelMessage>;

/// See [`Events`].
#[derive(Debug, PartialEq, Eq)]
pub(super) enum ChannelMessage {
    /// Through the session channel.
    Event(String),
    /// Through the channel for moves, or that of this node alone.
    Moves(String),
    /// The connection ended.
    End,
}

impl RedisConnection {
    /// Connects, subscribes and loads the scripts. Where several addresses are known, the first that
    /// works counts; if none does, what is wrong with the first is said.
    pub(super) async fn open(opening: &LinkOpening<'_>) -> Result<(Self, Events), RedisLinkError> {
        let mut first = None;
        for address in opening.addresses.all() {
            match Self::open_at(opening, address).await {
                Ok(opened) => return Ok(opened),
                Err(error) => first = first.or(Some(error)),
            }
        }
        Err(first.unwrap_or(RedisLinkError::Address))
    }

    async fn open_at(
        opening: &LinkOpening<'_>,
        mut address: Address,
    ) -> Result<(Self, Events), RedisLinkError> {
        for _ in 0..REDIRECTIONS {
            let error = match Self::try_open(opening, &address).await {
                Ok(opened) => return Ok(opened),
                Err(error) => error,
            };
            if let Some(other) = address.redirected(&error) {
                address = other;
                continue;
            }
            let error = RedisLinkError::of(&error, opening.prefix);
            let mistake = address.mistaken(&error, opening.patience).await;
            return Err(mistake.unwrap_or(error));
        }
        let circles = "the cluster sends nodes in circles";
        Err(RedisLinkError::Unreachable(circles.to_owned()))
    }

    async fn try_open(
        opening: &LinkOpening<'_>,
        address: &Address,
    ) -> Result<(Self, Events), RedisError> {
        let (events, waiting) = mpsc::channel(WAITING_EVENTS);
        let channel = opening.keys.channel.clone();
        let push = move |push: PushInfo| {
            if let Some(event) = published(push, &channel)
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
        let own = opening.keys.moves_of(opening.node);
        for channel in [&opening.keys.channel, &opening.keys.moves, &own] {
            redis::cmd("SSUBSCRIBE")
                .arg(channel)
                .query_async::<Value>(&mut inner)
                .await?;
        }
        let calls = Calls::new(
            digests,
            opening.keys.clone(),
            opening.node.to_owned(),
            opening.session.to_owned(),
        );
        let connection = Self {
            inner,
            address: address.clone(),
            calls,
            keys: Arc::new(opening.keys.clone()),
            prefix: opening.prefix.into(),
            metrics: opening.metrics.clone(),
        };
        connection.learn(opening.addresses).await;
        Ok((connection, waiting))
    }

    /// Remembers where the other servers of a cluster are, in case this one dies. Where it may not be
    /// asked for them, the settings have to name several.
    pub(super) async fn learn(&self, addresses: &Addresses) {
        let mut inner = self.inner.clone();
        if let Ok(servers) = self.address.cluster(&mut inner, self.calls.a_key()).await {
            addresses.learn(servers);
        }
    }

    /// What of the keys Redis throws away when its memory is full; `None` when it throws none away, or
    /// does not say.
    pub(super) async fn eviction_policy(&self) -> Option<String> {
        let mut inner = self.inner.clone();
        let asked = redis::cmd("INFO").arg("memory").to_owned();
        let info: String = asked.query_async(&mut inner).await.ok()?;
        let mut lines = info.lines();
        let policy = lines.find_map(|line| line.strip_prefix("maxmemory_policy:"))?;
        // Others spare keys that do not expire, as ours.
        policy
            .starts_with("allkeys-")
            .then(|| policy.trim().to_owned())
    }

    /// A call of a script, to which its arguments are added.
    pub(super) fn call(&self, script: Script) -> redis::Cmd {
        self.calls.call(script)
    }

    /// A message about moves: to all nodes, or to one.
    pub(super) fn publish_call(&self, node: Option<&str>, text: String) -> redis::Cmd {
        let mut publish = redis::cmd("SPUBLISH");
        match node {
            Some(node) => publish.arg(self.keys.moves_of(node)),
            None => publish.arg(&self.keys.moves),
        };
        publish.arg(text);
        publish
    }

    /// Makes one call.
    pub(super) async fn ask(&self, call: &redis::Cmd) -> Result<ScriptReply, RedisLinkError> {
        let started = Instant::now();
        let asked = call.query_async::<Value>(&mut self.inner.clone()).await;
        self.note(1, started);
        asked
            .map_err(|error| RedisLinkError::of(&error, &self.prefix))
            .and_then(ScriptReply::read)
    }

    /// Makes calls one right after the other, and gives their answers in that order.
    pub(super) async fn ask_all(
        &self,
        calls: &redis::Pipeline,
    ) -> Result<Vec<ScriptReply>, RedisLinkError> {
        let started = Instant::now();
        let asked = calls
            .query_async::<Vec<Value>>(&mut self.inner.clone())
            .await;
        self.note(calls.len() as u64, started);
        asked
            .map_err(|error| RedisLinkError::of(&error, &self.prefix))?
            .into_iter()
            .map(ScriptReply::read)
            .collect()
    }

    fn note(&self, calls: u64, started: Instant) {
        self.metrics.calls.add(calls);
        self.metrics.round_trip.record(started.elapsed());
    }
}

impl std::fmt::Debug for RedisConnection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Connection")
    }
}

/// What a script answered: a word, and values that depend on it.
#[derive(Debug)]
pub(super) struct ScriptReply {
    pub(super) word: String,
    rest: std::vec::IntoIter<Value>,
}

impl ScriptReply {
    fn read(value: Value) -> Result<Self, RedisLinkError> {
        let values = match value {
            Value::Array(values) => values,
            // How many nodes a message reached.
            Value::Int(_) => vec![Value::SimpleString("OK".to_owned())],
            _ => return Err(RedisLinkError::Nonsense("no list".to_owned())),
        };
        let mut rest = values.into_iter();
        let word = next(&mut rest)?;
        let answer = Self { word, rest };
        match answer.word.as_str() {
            "SESSION" | "LEASE" => Err(RedisLinkError::Forgotten),
            "LATE" => Err(RedisLinkError::Silent),
            "EMPTY" => Err(RedisLinkError::Empty),
            "SECRET" => Err(RedisLinkError::OtherSecret),
            "DATABASE" => Err(RedisLinkError::OtherDatabase),
            _ => Ok(answer),
        }
    }

    /// The next value.
    pub(super) fn take<T: redis::FromRedisValue>(&mut self) -> Result<T, RedisLinkError> {
        next(&mut self.rest)
    }

    /// All further values.
    pub(super) fn take_all<T: redis::FromRedisValue>(self) -> Result<Vec<T>, RedisLinkError> {
        self.rest.map(read).collect()
    }
}

fn next<T: redis::FromRedisValue>(
    values: &mut impl Iterator<Item = Value>,
) -> Result<T, RedisLinkError> {
    let missing = || RedisLinkError::Nonsense("a value is missing".to_owned());
    values.next().ok_or_else(missing).and_then(read)
}

fn read<T: redis::FromRedisValue>(value: Value) -> Result<T, RedisLinkError> {
    from_redis_value(value).map_err(|error| RedisLinkError::Nonsense(error.to_string()))
}

/// What was published, `None` for what else Redis pushes. `events` is the session channel.
fn published(push: PushInfo, events: &str) -> Option<ChannelMessage> {
    match push.kind {
        PushKind::SMessage => {}
        PushKind::Disconnection => return Some(ChannelMessage::End),
        _ => return None,
    }
    let mut data = push.data.into_iter();
    let channel: String = from_redis_value(data.next()?).ok()?;
    let text = from_redis_value(data.next()?).ok()?;
    Some(match channel == events {
        true => ChannelMessage::Event(text),
        false => ChannelMessage::Moves(text),
    })
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
