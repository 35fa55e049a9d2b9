//! Channels for the Socket.IO adapter, which carries the `/admin` namespace between nodes.
//!
//! The stock driver passes Redis' failures on to whoever emits, so that with Redis away not even
//! sockets of the same node receive anything. This one never fails and never waits: what cannot be
//! published is dropped, and after a break every channel is subscribed again.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use redis::aio::MultiplexedConnection;
use redis::{PushInfo, PushKind, RedisError, Value, from_redis_value};
use socketioxide_redis::drivers::{ChanItem, Driver, MessageStream};
use tokio::sync::{Notify, mpsc};
use tokio_util::sync::CancellationToken;

use super::addresses::{Address, Addresses};
use super::connection::REDIRECTIONS;

/// Messages that may wait to be published.
const WAITING: usize = 1024;
/// Pause between two attempts to connect.
const PAUSE: Duration = Duration::from_secs(1);

/// See the module; cheap to clone.
#[derive(Debug, Clone)]
pub struct ChannelDriver(Option<Arc<DriverState>>);

#[derive(Debug)]
struct DriverState {
    outgoing: mpsc::Sender<ChanItem>,
    channels: Arc<Channels>,
    connection: Arc<Mutex<Option<Connected>>>,
}

/// Who subscribed to which channel.
#[derive(Debug, Default)]
struct Channels {
    // Held for a look-up; never across an await.
    listeners: Mutex<HashMap<String, mpsc::Sender<ChanItem>>>,
    changed: Notify,
    /// The connection broke.
    broken: Notify,
}

#[derive(Clone)]
struct Connected(MultiplexedConnection);

impl std::fmt::Debug for Connected {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Connected")
    }
}

impl ChannelDriver {
    /// Reaches nobody.
    #[must_use]
    pub fn alone() -> Self {
        Self(None)
    }

    /// Reaches the nodes behind this Redis, until `stop`. Must be called inside a Tokio runtime.
    pub(super) fn over(addresses: Addresses, patience: Duration, stop: CancellationToken) -> Self {
        let (outgoing, waiting) = mpsc::channel(WAITING);
        let carrier = AdapterLink {
            addresses,
            patience,
            channels: Arc::default(),
            connection: Arc::default(),
        };
        let shared = DriverState {
            outgoing,
            channels: carrier.channels.clone(),
            connection: carrier.connection.clone(),
        };
        tokio::spawn(async move { stop.run_until_cancelled(carrier.run(waiting)).await });
        Self(Some(Arc::new(shared)))
    }
}

impl Driver for ChannelDriver {
    type Error = Infallible;

    async fn publish(&self, channel: String, message: Vec<u8>) -> Result<(), Infallible> {
        if let Some(shared) = &self.0
            && shared.outgoing.try_send((channel, message)).is_err()
        {
            tracing::debug!("an adapter message to the other nodes found no room");
        }
        Ok(())
    }

    async fn subscribe(
        &self,
        channel: String,
        size: usize,
    ) -> Result<MessageStream<ChanItem>, Infallible> {
        let Some(shared) = &self.0 else {
            return Ok(MessageStream::new_empty());
        };
        let (listener, messages) = mpsc::channel(size);
        shared.channels.listeners.lock().insert(channel, listener);
        shared.channels.changed.notify_one();
        Ok(MessageStream::new(messages))
    }

    async fn unsubscribe(&self, channel: String) -> Result<(), Infallible> {
        if let Some(shared) = &self.0 {
            // Redis goes on sending until the next connection; nobody listens.
            shared.channels.listeners.lock().remove(&channel);
        }
        Ok(())
    }

    async fn num_serv(&self, channel: &str) -> Result<u16, Infallible> {
        let connected = self.0.as_ref().and_then(|it| it.connection.lock().clone());
        let Some(Connected(mut connection)) = connected else {
            return Ok(1);
        };
        let mut ask = redis::cmd("PUBSUB");
        ask.arg("SHARDNUMSUB").arg(channel);
        let counted = ask.query_async::<(String, u16)>(&mut connection).await;
        // This node is there, whatever Redis says.
        Ok(counted.map_or(1, |(_, count)| count.max(1)))
    }
}

struct AdapterLink {
    addresses: Addresses,
    patience: Duration,
    channels: Arc<Channels>,
    connection: Arc<Mutex<Option<Connected>>>,
}

impl AdapterLink {
    async fn run(self, mut waiting: mpsc::Receiver<ChanItem>) {
        loop {
            if let Err(error) = self.carry(&mut waiting).await {
                tracing::debug!(%error, "the Socket.IO adapter reaches no other node");
            }
            *self.connection.lock() = None;
            tokio::time::sleep(PAUSE).await;
        }
    }

    async fn connect(&self) -> Result<MultiplexedConnection, RedisError> {
        let mut first = None;
        for address in self.addresses.all() {
            match self.connect_to(address).await {
                Ok(connection) => return Ok(connection),
                Err(error) => first = first.or(Some(error)),
            }
        }
        let nowhere = || std::io::Error::from(std::io::ErrorKind::NotFound).into();
        Err(first.unwrap_or_else(nowhere))
    }

    async fn connect_to(&self, mut address: Address) -> Result<MultiplexedConnection, RedisError> {
        let mut redirections = REDIRECTIONS;
        loop {
            let error = match self.try_connect(&address).await {
                Ok(connection) => return Ok(connection),
                Err(error) => error,
            };
            redirections -= 1;
            match address.redirected(&error) {
                Some(other) if redirections > 0 => address = other,
                _ => return Err(error),
            }
        }
    }

    async fn try_connect(&self, address: &Address) -> Result<MultiplexedConnection, RedisError> {
        let channels = self.channels.clone();
        let push = move |push| channels.dispatch(push);
        let mut connection = address.dial(self.patience, push).await?;
        // The first answer says whether this is the right server of a cluster.
        if let Some(channel) = self.channels.unknown_to(&[]).first() {
            subscribe(&mut connection, channel).await?;
        }
        Ok(connection)
    }

    /// One connection, until it breaks.
    async fn carry(&self, waiting: &mut mpsc::Receiver<ChanItem>) -> Result<(), RedisError> {
        let mut subscribed: Vec<String> = Vec::new();
        let mut connection = self.connect().await?;
        // What was published while nobody could receive it is old by now.
        while waiting.try_recv().is_ok() {}
        *self.connection.lock() = Some(Connected(connection.clone()));
        loop {
            for channel in self.channels.unknown_to(&subscribed) {
                subscribe(&mut connection, &channel).await?;
                subscribed.push(channel);
            }
            tokio::select! {
                () = self.channels.changed.notified() => {}
                () = self.channels.broken.notified() => return Ok(()),
                message = waiting.recv() => {
                    let Some((channel, message)) = message else { return Ok(()) };
                    redis::cmd("SPUBLISH")
                        .arg(channel)
                        .arg(message)
                        .query_async::<Value>(&mut connection)
                        .await?;
                }
            }
        }
    }
}

async fn subscribe(
    connection: &mut MultiplexedConnection,
    channel: &str,
) -> Result<(), RedisError> {
    let mut subscribe = redis::cmd("SSUBSCRIBE");
    subscribe.arg(channel);
    subscribe.query_async::<Value>(connection).await.map(drop)
}

impl Channels {
    /// Channels somebody listens to and that are not in `subscribed`.
    fn unknown_to(&self, subscribed: &[String]) -> Vec<String> {
        let listeners = self.listeners.lock();
        let unknown = listeners.keys().filter(|it| !subscribed.contains(it));
        unknown.cloned().collect()
    }

    fn dispatch(&self, push: PushInfo) {
        match push.kind {
            PushKind::SMessage => {
                let mut data = push.data.into_iter();
                let (Some(channel), Some(message)) = (data.next(), data.next()) else {
                    return;
                };
                if let (Ok(channel), Ok(message)) = (
                    from_redis_value::<String>(channel),
                    from_redis_value::<Vec<u8>>(message),
                ) {
                    self.pass_on(channel, message);
                }
            }
            PushKind::Disconnection => self.broken.notify_one(),
            _ => {}
        }
    }

    fn pass_on(&self, channel: String, message: Vec<u8>) {
        let listener = self.listeners.lock().get(&channel).cloned();
        if let Some(listener) = listener
            && listener.try_send((channel, message)).is_err()
        {
            tracing::debug!("an adapter message of another node found no room");
        }
    }
}
