//! The last lines of the log, in memory, for hosts who look at them from elsewhere.
//!
//! One ring for the whole process, because `tracing` has one subscriber for the whole process: the
//! binary puts [`layer`] beside the layer that writes to standard error. Bounded; the oldest lines
//! make room. Fields that are named like secrets are not kept.

mod layer;
mod ring;

use std::sync::LazyLock;

pub use layer::{RingLayer, layer};
pub use ring::{Found, Ring};

/// Lines kept; at 300 bytes each about 1.5 MB.
const LINES: usize = 5000;

static RING: LazyLock<Ring> = LazyLock::new(|| Ring::new(LINES));

/// The ring of this process.
#[must_use]
pub fn ring() -> &'static Ring {
    &RING
}
