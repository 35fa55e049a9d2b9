//! A wire between a node and its Redis that a test can sever and spoil.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::resp::{is_message, value_length};

#[derive(Debug)]
struct ProxyShared {
    /// Nothing passes in either direction, and nobody is told.
    severed: watch::Sender<bool>,
    /// Nothing passes from Redis to the node.
    mute: watch::Sender<bool>,
    /// Of a thousand published messages, so many are spoilt.
    spoil: AtomicU32,
    spoilt: AtomicU64,
    bytes: AtomicU64,
}

/// See the module. Dropping it closes all connections.
pub struct Proxy {
    address: SocketAddr,
    shared: Arc<ProxyShared>,
    accepting: JoinHandle<()>,
}

impl Proxy {
    /// A wire to `redis`.
    pub async fn to(redis: SocketAddr) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
        let listener = listener.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let shared = Arc::new(ProxyShared {
            severed: watch::Sender::new(false),
            mute: watch::Sender::new(false),
            spoil: AtomicU32::new(0),
            spoilt: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
        });
        let accepting = tokio::spawn(accept(listener, redis, shared.clone()));
        Self {
            address,
            shared,
            accepting,
        }
    }

    /// Its address for `REDIS_URL`.
    pub fn url(&self) -> String {
        format!("redis://{}/0", self.address)
    }

    /// From now on nothing passes.
    pub fn sever(&self) {
        self.shared.severed.send_replace(true);
    }

    /// From now on what the node asks for is done, and it does not hear of it.
    pub fn mute(&self) {
        self.shared.mute.send_replace(true);
    }

    /// What waited passes, and everything after it.
    pub fn heal(&self) {
        self.shared.mute.send_replace(false);
        self.shared.severed.send_replace(false);
    }

    /// Drops, doubles or swaps this many of a thousand published messages.
    pub fn spoil(&self, of_thousand: u32) {
        self.shared.spoil.store(of_thousand, Ordering::Relaxed);
    }

    /// Messages spoilt so far.
    pub fn spoilt(&self) -> u64 {
        self.shared.spoilt.load(Ordering::Relaxed)
    }

    /// Bytes carried so far, both ways.
    pub fn bytes(&self) -> u64 {
        self.shared.bytes.load(Ordering::Relaxed)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn accept(listener: TcpListener, redis: SocketAddr, shared: Arc<ProxyShared>) {
    let mut carrying = tokio::task::JoinSet::new();
    while let Ok((node, _)) = listener.accept().await {
        let shared = shared.clone();
        carrying.spawn(async move {
            passing(&shared).await;
            let Ok(server) = TcpStream::connect(redis).await else {
                return;
            };
            let _ = (node.set_nodelay(true), server.set_nodelay(true));
            let (from_node, to_node) = node.into_split();
            let (from_server, to_server) = server.into_split();
            tokio::select! {
                () = carry(from_node, to_server, &shared) => {}
                () = carry_spoilt(from_server, to_node, &shared) => {}
            }
        });
    }
}

async fn passing(shared: &ProxyShared) {
    // The sender lives as long as this.
    let _ = shared
        .severed
        .subscribe()
        .wait_for(|severed| !severed)
        .await;
}

async fn carry(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, shared: &ProxyShared) {
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(count @ 1..) = from.read(&mut buffer).await {
        passing(shared).await;
        shared.bytes.fetch_add(count as u64, Ordering::Relaxed);
        if to.write_all(&buffer[..count]).await.is_err() {
            return;
        }
    }
}

async fn carry_spoilt(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, shared: &ProxyShared) {
    let mut waiting = Vec::new();
    let mut held: Option<Vec<u8>> = None;
    let mut turn = 0_u32;
    loop {
        let mut out = Vec::new();
        let mut done = 0;
        while let Some(length) = value_length(&waiting[done..]) {
            let value = &waiting[done..done + length];
            done += length;
            let spoil = is_message(value)
                && rand::random_ratio(shared.spoil.load(Ordering::Relaxed).min(1000), 1000);
            if spoil {
                shared.spoilt.fetch_add(1, Ordering::Relaxed);
                turn = turn.wrapping_add(1);
                match turn % 3 {
                    0 => continue,
                    1 => out.extend_from_slice(value),
                    _ => {
                        held = Some(value.to_vec());
                        continue;
                    }
                }
            }
            out.extend_from_slice(value);
            if is_message(value) {
                out.extend(held.take().into_iter().flatten());
            }
        }
        waiting.drain(..done);
        passing(shared).await;
        // The sender lives as long as this.
        let _ = shared.mute.subscribe().wait_for(|mute| !mute).await;
        shared.bytes.fetch_add(out.len() as u64, Ordering::Relaxed);
        if to.write_all(&out).await.is_err() {
            return;
        }
        match from.read_buf(&mut waiting).await {
            Ok(1..) => {}
            Ok(0) | Err(_) => return,
        }
    }
}
