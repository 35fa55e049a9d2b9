//! A websocket's stream whose beginning is told to its owner differently from how it was.
//!
//! The library hears what this server has settled already (packets of an upgrade, the answer to the
//! first heartbeat), and what it writes in return is left out. After that it is the stream itself, but
//! for writes while they are held back.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker, ready};

use bytes::{Buf as _, Bytes};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::hold::Holds;

/// One step of what the owner reads before the stream itself.
pub(super) enum ScriptedStep {
    /// Bytes; each step is a read of its own.
    Give(Bytes),
    /// The owner has done with everything before.
    Then(Box<dyn FnOnce() + Send>),
    /// Nothing is read before the owner has written the frames that are left out, but for so many.
    AwaitLeftOut(usize),
}

/// What the owner writes that does not reach the client.
pub(super) struct LeftOut {
    /// In this order.
    frames: VecDeque<Bytes>,
    /// So is everything before the last of them.
    everything: bool,
}

impl LeftOut {
    /// One frame.
    pub(super) fn frame(frame: &'static [u8]) -> Self {
        Self {
            frames: [Bytes::from_static(frame)].into(),
            everything: false,
        }
    }

    /// Everything up to the last of these frames.
    pub(super) fn all_up_to(frames: impl IntoIterator<Item = Bytes>) -> Self {
        Self {
            frames: frames.into_iter().collect(),
            everything: true,
        }
    }

    /// How many of `bytes`, which the owner writes, are left out: `Err` gives how many are not before that.
    fn take(&mut self, bytes: &[u8]) -> Result<usize, usize> {
        let Some(frame) = self.frames.front() else {
            return Err(bytes.len());
        };
        // Only text is written before it, in which a frame's first byte does not occur.
        let place = bytes.windows(frame.len()).position(|it| it == frame);
        match (place, self.everything) {
            (Some(0), _) | (Some(_), true) => {
                let end = place.unwrap_or_default() + frame.len();
                self.frames.pop_front();
                Ok(end)
            }
            (None, true) => Ok(bytes.len()),
            (start, false) => Err(start.unwrap_or(bytes.len())),
        }
    }
}

/// See the module.
pub(super) struct Scripted<S> {
    stream: S,
    reads: VecDeque<ScriptedStep>,
    left_out: LeftOut,
    reader: Option<Waker>,
    holds: Arc<Holds>,
}

impl<S> Scripted<S> {
    pub(super) fn new(
        stream: S,
        reads: impl IntoIterator<Item = ScriptedStep>,
        left_out: LeftOut,
        holds: Arc<Holds>,
    ) -> Self {
        Self {
            stream,
            reads: reads.into_iter().collect(),
            left_out,
            reader: None,
            holds,
        }
    }

    /// Whether it is the stream itself from now on.
    pub(super) fn is_over(&self) -> bool {
        self.reads.is_empty() && self.left_out.frames.is_empty()
    }

    pub(super) fn stream(&self) -> &S {
        &self.stream
    }

    pub(super) fn into_stream(self) -> S {
        self.stream
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Scripted<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        while let Some(step) = this.reads.pop_front() {
            match step {
                ScriptedStep::Give(mut bytes) => {
                    let count = bytes.len().min(buffer.remaining());
                    buffer.put_slice(&bytes[..count]);
                    bytes.advance(count);
                    if !bytes.is_empty() {
                        this.reads.push_front(ScriptedStep::Give(bytes));
                    }
                    if count > 0 {
                        return Poll::Ready(Ok(()));
                    }
                }
                ScriptedStep::Then(done) => done(),
                ScriptedStep::AwaitLeftOut(rest) if this.left_out.frames.len() > rest => {
                    this.reads.push_front(ScriptedStep::AwaitLeftOut(rest));
                    this.reader = Some(cx.waker().clone());
                    return Poll::Pending;
                }
                ScriptedStep::AwaitLeftOut(_) => {}
            }
        }
        if this.reads.capacity() > 0 {
            this.reads = VecDeque::new();
        }
        Pin::new(&mut this.stream).poll_read(cx, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Scripted<S> {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        mut bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        ready!(this.holds.poll_over(cx));
        match this.left_out.take(bytes) {
            Ok(count) => {
                if let Some(reader) = this.reader.take() {
                    reader.wake();
                }
                return Poll::Ready(Ok(count));
            }
            Err(before) => bytes = &bytes[..before],
        }
        let written = ready!(Pin::new(&mut this.stream).poll_write(cx, bytes))?;
        Poll::Ready(Ok(written))
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, duplex};

    use super::*;

    #[tokio::test]
    async fn the_owner_reads_the_script_first_and_a_frame_is_left_out() {
        let (ours, mut far) = duplex(1024);
        let done = Arc::new(AtomicBool::new(false));
        let noted = done.clone();
        let mut owner = Scripted::new(
            ours,
            [
                ScriptedStep::AwaitLeftOut(0),
                ScriptedStep::Give(Bytes::from_static(b"one")),
                ScriptedStep::Then(Box::new(move || noted.store(true, Ordering::SeqCst))),
                ScriptedStep::Give(Bytes::from_static(b"two")),
            ],
            LeftOut::frame(&[0x81, 1, b'2']),
            Arc::default(),
        );
        far.write_all(b"far").await.unwrap();
        owner.write_all(b"open\x81\x012more").await.unwrap();
        let mut read = [0; 16];
        let count = owner.read(&mut read).await.unwrap();
        assert_eq!(&read[..count], b"one");
        assert!(!done.load(Ordering::SeqCst), "not before the next read");
        let mut rest = [0; 6];
        owner.read_exact(&mut rest).await.unwrap();
        assert!(done.load(Ordering::SeqCst));
        assert_eq!(&rest, b"twofar");
        owner.write_all(b"\x81\x012").await.unwrap();
        let mut heard = [0; 11];
        far.read_exact(&mut heard).await.unwrap();
        assert_eq!(&heard, b"openmore\x81\x012", "only the first is left out");
    }

    #[tokio::test]
    async fn nothing_is_read_before_the_frame_was_written() {
        let (ours, _far) = duplex(1024);
        let steps = [
            ScriptedStep::AwaitLeftOut(0),
            ScriptedStep::Give(Bytes::from_static(b"answer")),
        ];
        let owner = Scripted::new(
            ours,
            steps,
            LeftOut::frame(&[0x81, 1, b'2']),
            Arc::default(),
        );
        let (mut reading, mut writing) = tokio::io::split(owner);
        let mut read = [0; 6];
        let mut reading = Looked(Box::pin(reading.read_exact(&mut read)));
        assert!(reading.is_waiting());
        writing.write_all(&[0x81, 1, b'2']).await.unwrap();
        reading.finish().await.unwrap();
        assert_eq!(&read, b"answer");
    }

    #[tokio::test]
    async fn nothing_is_written_while_it_is_held_back() {
        let (ours, mut far) = duplex(1024);
        let holds = Arc::new(Holds::default());
        let mut owner = Scripted::new(ours, [], LeftOut::frame(b"-"), holds.clone());
        let hold = holds.begin();
        let mut writing = Looked(Box::pin(owner.write_all(b"answer")));
        assert!(writing.is_waiting());
        drop(hold);
        writing.finish().await.unwrap();
        let mut heard = [0; 6];
        far.read_exact(&mut heard).await.unwrap();
        assert_eq!(&heard, b"answer");
    }

    /// A future that can be looked at before it is awaited.
    struct Looked<F>(Pin<Box<F>>);

    impl<F: Future> Looked<F> {
        fn is_waiting(&mut self) -> bool {
            let mut cx = Context::from_waker(Waker::noop());
            self.0.as_mut().poll(&mut cx).is_pending()
        }

        async fn finish(self) -> F::Output {
            self.0.await
        }
    }
}
