//! A line that is slow but never still: a TCP stream whose reader takes so many bytes a second.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{Instant, Sleep, sleep_until};

/// How often a reader that has used up what it may read looks again.
const STEP: Duration = Duration::from_millis(5);
/// Bytes taken from the system at once.
const PIECE: usize = 4096;

/// How a client's connection is made.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ClientLine {
    pub(crate) receive_buffer: Option<u32>,
    pub(crate) bytes_per_second: Option<u32>,
    pub(crate) source: Option<IpAddr>,
}

impl ClientLine {
    pub(crate) async fn dial(self, address: SocketAddr) -> io::Result<PacedStream> {
        let socket = match address {
            SocketAddr::V4(_) => TcpSocket::new_v4()?,
            SocketAddr::V6(_) => TcpSocket::new_v6()?,
        };
        if let Some(bytes) = self.receive_buffer {
            socket.set_recv_buffer_size(bytes)?;
        }
        if let Some(source) = self.source {
            socket.bind(SocketAddr::new(source, 0))?;
        }
        let stream = socket.connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(PacedStream {
            stream,
            bucket: self.bytes_per_second.map(PaceBucket::new),
        })
    }
}

/// See the module. Without a pace it is the stream itself.
pub(crate) struct PacedStream {
    stream: TcpStream,
    bucket: Option<PaceBucket>,
}

/// A token bucket that holds what one step may read.
struct PaceBucket {
    per_step: usize,
    left: usize,
    next: Pin<Box<Sleep>>,
}

impl PaceBucket {
    fn new(bytes_per_second: u32) -> Self {
        let per_step = bytes_per_second as usize / (1000 / STEP.as_millis() as usize);
        Self {
            per_step: per_step.max(1),
            left: 0,
            next: Box::pin(sleep_until(Instant::now())),
        }
    }

    fn poll_left(&mut self, cx: &mut Context<'_>) -> Poll<usize> {
        if self.left == 0 {
            ready!(self.next.as_mut().poll(cx));
            let due = self.next.deadline() + STEP;
            // Steps that a busy machine missed are not made up for.
            self.next.as_mut().reset(due.max(Instant::now()));
            self.left = self.per_step;
        }
        Poll::Ready(self.left)
    }
}

impl AsyncRead for PacedStream {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let Self { stream, bucket } = self.get_mut();
        let Some(bucket) = bucket else {
            return Pin::new(stream).poll_read(cx, buffer);
        };
        let most = ready!(bucket.poll_left(cx)).min(buffer.remaining());
        let mut piece = [0; PIECE];
        let mut piece = ReadBuf::new(&mut piece[..most.min(PIECE)]);
        ready!(Pin::new(stream).poll_read(cx, &mut piece))?;
        bucket.left -= piece.filled().len();
        buffer.put_slice(piece.filled());
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for PacedStream {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().stream).poll_write(cx, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(cx)
    }
}
