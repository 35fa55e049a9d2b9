//! The two ends of a connection's stream, plain or within TLS. Whoever reads or writes above sees plain
//! bytes either way.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use socket2::SockRef;
use tokio::io::{AsyncRead, ReadBuf};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};

use crate::tls::{HANDSHAKE_RECORD, TlsLayer};

/// Where a client's bytes come from.
pub(crate) struct ReadEnd {
    tcp: OwnedReadHalf,
    stage: ReadEndStage,
}

enum ReadEndStage {
    /// The client has not said yet what it speaks.
    Unknown(Arc<TlsLayer>),
    Plain,
    Tls(Arc<TlsLayer>),
}

impl ReadEnd {
    /// The end of a stream that may turn out to speak TLS, if there is a layer for that.
    pub(crate) fn new(tcp: OwnedReadHalf, tls: Option<Arc<TlsLayer>>) -> Self {
        let stage = tls.map_or(ReadEndStage::Plain, ReadEndStage::Unknown);
        Self { tcp, stage }
    }

    /// Reads plain bytes. `answer` writes what TLS has to say itself; `cx` is then also woken when there
    /// is room for more of it.
    pub(crate) fn poll_read(
        &mut self,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
        answer: impl FnMut(&mut Context<'_>) -> io::Result<()>,
    ) -> Poll<io::Result<()>> {
        if let ReadEndStage::Unknown(layer) = &self.stage {
            let layer = layer.clone();
            let mut first = [0];
            let peeked = self.tcp.poll_peek(cx, &mut ReadBuf::new(&mut first));
            let speaks_tls = ready!(peeked)? == 1 && first == [HANDSHAKE_RECORD];
            self.stage = match speaks_tls {
                true => {
                    layer.begin()?;
                    ReadEndStage::Tls(layer)
                }
                false => ReadEndStage::Plain,
            };
        }
        match &self.stage {
            ReadEndStage::Tls(layer) => layer.poll_read(self.tcp.as_ref(), cx, buffer, answer),
            _ => Pin::new(&mut self.tcp).poll_read(cx, buffer),
        }
    }
}

/// Where bytes for a client go.
pub(crate) struct WriteEnd {
    tcp: OwnedWriteHalf,
    tls: Option<Arc<TlsLayer>>,
}

impl std::fmt::Debug for WriteEnd {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WriteEnd")
            .field("tls", &self.tls().is_some())
            .finish_non_exhaustive()
    }
}

impl WriteEnd {
    pub(crate) fn new(tcp: OwnedWriteHalf, tls: Option<Arc<TlsLayer>>) -> Self {
        Self { tcp, tls }
    }

    pub(crate) fn tcp(&self) -> &TcpStream {
        self.tcp.as_ref()
    }

    fn tls(&self) -> Option<&TlsLayer> {
        self.tls.as_deref().filter(|layer| layer.is_begun())
    }

    /// Writes as much as is taken without waiting.
    ///
    /// # Errors
    /// `WouldBlock` when nothing was taken; [`Self::poll_room`] tells when to try again.
    pub(crate) fn try_write(&self, bytes: &[u8]) -> io::Result<usize> {
        match self.tls() {
            Some(layer) => layer.write(self.tcp(), &[IoSlice::new(bytes)]),
            None => self.tcp.try_write(bytes),
        }
    }

    /// The same for bytes in several pieces.
    ///
    /// # Errors
    /// As [`Self::try_write`].
    pub(crate) fn try_write_vectored(&self, slices: &[IoSlice<'_>]) -> io::Result<usize> {
        match self.tls() {
            Some(layer) => layer.write(self.tcp(), slices),
            None => self.tcp.try_write_vectored(slices),
        }
    }

    /// Writes without asking Tokio, which looks first whether it has heard of room; mostly there is some.
    /// What is not taken, for whatever reason, has to be written the other way.
    pub(crate) fn write_at_once(&self, bytes: &[u8]) -> usize {
        let written = match self.tls() {
            Some(layer) => layer.write(self.tcp(), &[IoSlice::new(bytes)]),
            None => SockRef::from(self.tcp()).send(bytes),
        };
        written.unwrap_or(0)
    }

    /// Whether the system takes more; `cx` is woken when it does.
    pub(crate) fn poll_room(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.tcp().poll_write_ready(cx)
    }

    /// Plain bytes that were taken and have not left.
    pub(crate) fn sealed(&self) -> usize {
        self.tls().map_or(0, TlsLayer::waiting)
    }

    /// Plain bytes taken so far; always 0 without TLS, where what is taken has left.
    pub(crate) fn taken(&self) -> u64 {
        self.tls().map_or(0, TlsLayer::taken)
    }

    /// How many of [`Self::taken`] have left.
    pub(crate) fn gone(&self) -> u64 {
        self.tls().map_or(0, TlsLayer::gone)
    }

    /// Writes what was taken and has not left.
    ///
    /// # Errors
    /// `WouldBlock` when some of it is left.
    pub(crate) fn flush_sealed(&self) -> io::Result<()> {
        self.tls().map_or(Ok(()), |layer| layer.flush(self.tcp()))
    }

    /// Tells the client that nothing will follow, where the protocol has a word for that.
    pub(crate) fn say_goodbye(&self) {
        if let Some(layer) = self.tls() {
            layer.say_goodbye();
        }
    }
}
