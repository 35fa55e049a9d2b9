//! Everything that is kept: accounts, sanctions, the chat archive, the audit log, people and reports,
//! sprites and avatars, the history of load tests, the chronicle, and the database they share.
//!
//! Everything that touches SQL is here and nowhere else. Knows values of the contract, who somebody
//! is, and the clock; no session, no HTTP, no socket. What the game asks at every message (may this
//! person come in, may they speak, whose name is this) is mirrored in memory and answered without
//! waiting, also while the database is slow or gone.
//!
//! Every query is written once for SQLite and Postgres, and asked on both by the tests.

pub mod accounts;
pub mod assets;
pub mod chronicle;
pub mod load_tests;
pub mod records;
pub mod settings;
pub mod storage;
pub mod webhooks;

#[cfg(test)]
mod fault_tests;
