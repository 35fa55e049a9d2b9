//! A request's body that has to arrive.
//!
//! A client that sends half a body and then nothing would hold its connection, and whatever waits for
//! the rest, for as long as it likes. So a body has the time of a request's headers, and more the more
//! of it arrives: as much as a slow line needs, never as much as a client that trickles would like
//! (Apache's `RequestReadTimeout` counts the same way).

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use tokio::time::{Sleep, sleep};

use crate::unfinished::HeldBytes;

/// Bytes a second that a body, or a message, has to bring on average beyond its first seconds.
pub(crate) const SLOWEST: f64 = 8000.0;

/// See the module.
pub(super) struct Timed<B> {
    body: B,
    /// Made when the body has first to be waited for; most have arrived with their headers.
    deadline: Option<Pin<Box<Sleep>>>,
    patience: Duration,
    /// Bytes so far, which whoever reads the body collects.
    brought: usize,
    held: HeldBytes,
}

impl<B> Timed<B> {
    /// Gives `body` so much time from now on.
    pub(super) fn new(body: B, patience: Duration, held: HeldBytes) -> Self {
        Self {
            body,
            deadline: None,
            patience,
            brought: 0,
            held,
        }
    }
}

impl<B> Body for Timed<B>
where
    B: Body<Data = Bytes> + Unpin,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    type Data = Bytes;
    type Error = Box<dyn std::error::Error + Send + Sync>;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let timed = self.get_mut();
        if let Poll::Ready(frame) = Pin::new(&mut timed.body).poll_frame(cx) {
            let bytes = match &frame {
                Some(Ok(frame)) => frame.data_ref().map_or(0, Bytes::len),
                _ => 0,
            };
            if let Some(deadline) = &mut timed.deadline {
                let more = Duration::from_secs_f64(bytes as f64 / SLOWEST);
                let later = deadline.deadline() + more;
                deadline.as_mut().reset(later);
            }
            timed.brought = timed.brought.saturating_add(bytes);
            let counted = match frame.is_some() && !timed.body.is_end_stream() {
                true => timed.brought,
                false => 0,
            };
            if let Err(full) = timed.held.set(counted) {
                return Poll::Ready(Some(Err(full.into())));
            }
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        let patience = timed.patience;
        let deadline = timed
            .deadline
            .get_or_insert_with(|| Box::pin(sleep(patience)));
        ready!(deadline.as_mut().poll(cx));
        let late = io::Error::new(io::ErrorKind::TimedOut, "the body did not arrive in time");
        Poll::Ready(Some(Err(late.into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use futures_util::stream;
    use http_body_util::{BodyExt as _, StreamBody};

    use super::*;
    use crate::unfinished::{CountedFor, UnfinishedBytes};

    fn held(limit: usize) -> HeldBytes {
        let counted_for = CountedFor::new(UnfinishedBytes::new(limit));
        counted_for.set(Some([192, 0, 2, 1].into()));
        HeldBytes::new(counted_for)
    }

    #[tokio::test]
    async fn a_body_without_room_for_it_is_given_up_and_a_whole_one_is_not() {
        let pieces = |count: usize| {
            let piece = || Ok::<_, io::Error>(Frame::data(Bytes::from(vec![0; 50_000])));
            StreamBody::new(stream::iter((0..count).map(move |_| piece())))
        };
        let patience = Duration::from_secs(60);
        let few = Timed::new(pieces(2), patience, held(100_000));
        assert!(few.collect().await.is_ok());
        let many = Timed::new(pieces(3), patience, held(100_000));
        assert!(many.collect().await.is_err());
    }

    /// Whether a body is whole that brings so many bytes every 10 ms, so many times, and then ends or
    /// says nothing more.
    async fn is_whole(patience: Duration, bytes: usize, times: u32, ends: bool) -> bool {
        let frames = stream::unfold(0, move |sent| async move {
            if sent == times && ends {
                return None;
            }
            if sent == times {
                std::future::pending::<()>().await;
            }
            sleep(Duration::from_millis(10)).await;
            let frame = Frame::data(Bytes::from(vec![0; bytes]));
            Some((Ok::<_, io::Error>(frame), sent + 1))
        });
        let body = Timed::new(
            StreamBody::new(Box::pin(frames)),
            patience,
            held(usize::MAX),
        );
        body.collect().await.is_ok()
    }

    #[tokio::test]
    async fn a_body_that_never_ends_is_given_up() {
        let patience = Duration::from_millis(100);
        assert!(!is_whole(patience, 100, 2, false).await);
        assert!(!is_whole(patience, 1, u32::MAX, true).await, "a trickle");
    }

    #[tokio::test]
    async fn a_body_on_a_slow_line_has_the_time_it_needs() {
        assert!(is_whole(Duration::from_secs(1), 8000, 150, true).await);
    }
}
