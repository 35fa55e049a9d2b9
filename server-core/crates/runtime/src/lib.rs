//! What everything in a server runs on: threads that rest in a crowd, one owner of background work,
//! one deadline for the end, and the clock of what is stored.
//!
//! Knows nothing of the product.

mod background;
pub mod clock;
mod deadline;
mod threads;

pub use background::Background;
pub use deadline::Deadline;
pub use threads::{build, park_before};
