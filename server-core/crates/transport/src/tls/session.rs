//! One connection's TLS, driven by hand so that whoever holds the socket writes through it.
//!
//! A write that is taken is sealed into one record. Until the system has taken that record nothing more
//! is taken, so that at most one of them waits here, and "taken" means nearly what it means for a plain
//! socket.

use std::io::{self, IoSlice, Read as _, Write as _};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, ready};

use parking_lot::{Mutex, MutexGuard};
use rustls::{ServerConfig, ServerConnection};
use tokio::io::ReadBuf;
use tokio::net::TcpStream;

/// Most plain bytes in one record (RFC 8446, section 5.1).
const TLS_RECORD_BYTES: usize = 16 * 1024;

/// See the module. Nothing yet while the client has not shown that it speaks TLS.
pub(crate) struct TlsLayer {
    config: Arc<ServerConfig>,
    // Held while a system call reads or writes, which never waits. Taken after the lock of `Direct`.
    session: OnceLock<Mutex<TlsSession>>,
}

struct TlsSession {
    connection: ServerConnection,
    /// Plain bytes taken so far.
    taken: u64,
    /// How many of them the system has.
    gone: u64,
}

impl TlsLayer {
    pub(super) fn new(config: Arc<ServerConfig>) -> Self {
        Self {
            config,
            session: OnceLock::new(),
        }
    }

    /// The client speaks TLS.
    pub(crate) fn begin(&self) -> io::Result<()> {
        let connection = ServerConnection::new(self.config.clone()).map_err(io::Error::other)?;
        self.session.get_or_init(|| {
            Mutex::new(TlsSession {
                connection,
                taken: 0,
                gone: 0,
            })
        });
        Ok(())
    }

    /// Whether the client speaks TLS.
    pub(crate) fn is_begun(&self) -> bool {
        self.session.get().is_some()
    }

    fn session(&self) -> io::Result<MutexGuard<'_, TlsSession>> {
        let session = self.session.get().ok_or(io::ErrorKind::NotConnected)?;
        Ok(session.lock())
    }

    /// Plain bytes taken so far.
    pub(crate) fn taken(&self) -> u64 {
        self.session().map_or(0, |session| session.taken)
    }

    /// How many of them the system has.
    pub(crate) fn gone(&self) -> u64 {
        self.session().map_or(0, |session| session.gone)
    }

    /// Bytes that were taken and have not left; at least one when only TLS itself has something to say.
    pub(crate) fn waiting(&self) -> usize {
        let waiting = |session: MutexGuard<'_, TlsSession>| match session.connection.wants_write() {
            true => usize::try_from(session.taken - session.gone)
                .unwrap_or(usize::MAX)
                .max(1),
            false => 0,
        };
        self.session().map_or(0, waiting)
    }

    /// Seals and writes as much as fits into one record.
    ///
    /// # Errors
    /// `WouldBlock` while an earlier record waits; nothing is taken then.
    pub(crate) fn write(&self, tcp: &TcpStream, slices: &[IoSlice<'_>]) -> io::Result<usize> {
        let mut session = self.session()?;
        session.flush(tcp)?;
        let mut parts = [IoSlice::new(&[]); SLICES];
        let (mut count, mut room) = (0, TLS_RECORD_BYTES);
        for (part, slice) in parts.iter_mut().zip(slices) {
            let fitting = slice.len().min(room);
            *part = IoSlice::new(&slice[..fitting]);
            (count, room) = (count + 1, room - fitting);
            if room == 0 {
                break;
            }
        }
        let taken = session
            .connection
            .writer()
            .write_vectored(&parts[..count])?;
        session.taken += taken as u64;
        match session.flush(tcp) {
            Err(error) if error.kind() != io::ErrorKind::WouldBlock => Err(error),
            _ => Ok(taken),
        }
    }

    /// Writes what waits.
    ///
    /// # Errors
    /// `WouldBlock` when the system does not take all of it.
    pub(crate) fn flush(&self, tcp: &TcpStream) -> io::Result<()> {
        self.session()?.flush(tcp)
    }

    /// Tells the client that nothing will follow.
    pub(crate) fn say_goodbye(&self) {
        if let Ok(mut session) = self.session() {
            session.connection.send_close_notify();
        }
    }

    /// Reads plain bytes. `answer` is called, without any lock, when TLS has something to say itself.
    pub(crate) fn poll_read(
        &self,
        tcp: &TcpStream,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
        mut answer: impl FnMut(&mut Context<'_>) -> io::Result<()>,
    ) -> Poll<io::Result<()>> {
        loop {
            if self.session()?.take_plain(buffer)? {
                return Poll::Ready(Ok(()));
            }
            ready!(tcp.poll_read_ready(cx))?;
            let (read, speaks) = self.session()?.take_sealed(tcp);
            if speaks {
                answer(cx)?;
            }
            match read {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                read => read?,
            }
        }
    }
}

/// Pieces that are sealed together.
const SLICES: usize = 64;

impl TlsSession {
    fn flush(&mut self, tcp: &TcpStream) -> io::Result<()> {
        while self.connection.wants_write() {
            if self.connection.write_tls(&mut SealedSocket(tcp))? == 0 {
                return Err(io::ErrorKind::WriteZero.into());
            }
        }
        self.gone = self.taken;
        Ok(())
    }

    /// Whether something was there, or the end was.
    fn take_plain(&mut self, buffer: &mut ReadBuf<'_>) -> io::Result<bool> {
        match self.connection.reader().read(buffer.initialize_unfilled()) {
            Ok(read) => {
                buffer.advance(read);
                Ok(true)
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(false),
            // Many a client closes its socket without a word; requests and frames know their own length.
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(true),
            Err(error) => Err(error),
        }
    }

    /// Reads records. The second value: whether there is something to write.
    fn take_sealed(&mut self, tcp: &TcpStream) -> (io::Result<()>, bool) {
        let read = self.connection.read_tls(&mut SealedSocket(tcp));
        let read = read.and_then(|_| {
            let processed = self.connection.process_new_packets();
            processed.map(drop).map_err(|error| {
                tracing::debug!(%error, "a TLS connection was ended");
                io::Error::new(io::ErrorKind::InvalidData, error)
            })
        });
        (read, self.connection.wants_write())
    }
}

/// The socket as rustls reads and writes it.
struct SealedSocket<'a>(&'a TcpStream);

impl io::Read for SealedSocket<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.try_read(buffer)
    }
}

impl io::Write for SealedSocket<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.try_write(bytes)
    }

    fn write_vectored(&mut self, slices: &[IoSlice<'_>]) -> io::Result<usize> {
        self.0.try_write_vectored(slices)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
