//! A wire to a server of somebody else, which a test can make fall silent.

use std::net::{Ipv4Addr, SocketAddr};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// See the module. Dropping it closes its connections.
#[derive(Debug)]
pub struct ServiceWire {
    address: SocketAddr,
    silent: watch::Sender<bool>,
    accepting: JoinHandle<()>,
}

impl ServiceWire {
    /// A wire to `server`.
    ///
    /// # Panics
    /// When the system has no port.
    pub async fn to(server: SocketAddr) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (silent, hush) = watch::channel(false);
        let accepting = tokio::spawn(accept(listener, server, hush));
        Self {
            address,
            silent,
            accepting,
        }
    }

    /// Where it begins.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// From now on nothing passes, and nobody is told: as when a cable is pulled.
    pub fn fall_silent(&self) {
        self.silent.send_replace(true);
    }

    /// What waited passes, and everything after it.
    pub fn speak(&self) {
        self.silent.send_replace(false);
    }
}

impl Drop for ServiceWire {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn accept(listener: TcpListener, server: SocketAddr, hush: watch::Receiver<bool>) {
    while let Ok((near, _)) = listener.accept().await {
        let hush = hush.clone();
        tokio::spawn(async move {
            let Ok(far) = TcpStream::connect(server).await else {
                return;
            };
            let (near_in, near_out) = near.into_split();
            let (far_in, far_out) = far.into_split();
            tokio::join!(
                carry(near_in, far_out, hush.clone()),
                carry(far_in, near_out, hush)
            );
        });
    }
}

/// Carries bytes one way until one end closes or the wire is gone.
async fn carry(
    mut from: impl AsyncReadExt + Unpin,
    mut to: impl AsyncWriteExt + Unpin,
    mut hush: watch::Receiver<bool>,
) {
    let mut buffer = [0; 4096];
    loop {
        let read = tokio::select! {
            read = from.read(&mut buffer) => read.unwrap_or(0),
            // Only the owner's end closes the channel.
            () = gone(hush.clone()) => return,
        };
        if read == 0 || hush.wait_for(|silent| !silent).await.is_err() {
            break;
        }
        if to.write_all(&buffer[..read]).await.is_err() {
            break;
        }
    }
    let _ = to.shutdown().await;
}

async fn gone(mut hush: watch::Receiver<bool>) {
    while hush.changed().await.is_ok() {}
}
