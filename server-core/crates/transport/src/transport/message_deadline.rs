//! A message that has begun has to arrive.
//!
//! A client that sends most of a frame, and then a byte now and then, would hold what its websocket has
//! collected for as long as it answers heartbeats. So a message has the time of a request's headers, and
//! that time again whenever it has brought in it what a slow line brings.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::time::{Sleep, sleep};

use crate::body::SLOWEST;

/// See the module.
#[derive(Debug)]
pub(super) struct MessageDeadline {
    patience: Duration,
    /// The message that is waited for, by its number.
    message: Option<u64>,
    /// Made when a message has first to be waited for; most arrive whole.
    timer: Option<Pin<Box<Sleep>>>,
    /// Bytes since the timer was made.
    brought: u64,
}

impl MessageDeadline {
    pub(super) fn new(patience: Duration) -> Self {
        Self {
            patience,
            message: None,
            timer: None,
            brought: 0,
        }
    }

    /// So many bytes have come.
    pub(super) fn arrived(&mut self, bytes: usize) {
        self.brought = self.brought.saturating_add(bytes as u64);
    }

    /// Ready when `unfinished`, the number of the message that has begun, is too late. To be asked
    /// whenever nothing more can be read.
    pub(super) fn poll_late(
        &mut self,
        cx: &mut Context<'_>,
        unfinished: Option<u64>,
    ) -> Poll<io::Error> {
        if self.message != unfinished {
            (self.message, self.timer) = (unfinished, None);
        }
        if unfinished.is_none() {
            return Poll::Pending;
        }
        loop {
            let timer = match &mut self.timer {
                Some(timer) => timer,
                none => {
                    self.brought = 0;
                    none.insert(Box::pin(sleep(self.patience)))
                }
            };
            ready!(timer.as_mut().poll(cx));
            if (self.brought as f64) < SLOWEST * self.patience.as_secs_f64() {
                let late = "a message did not arrive in time";
                return Poll::Ready(io::Error::new(io::ErrorKind::TimedOut, late));
            }
            self.timer = None;
        }
    }
}
