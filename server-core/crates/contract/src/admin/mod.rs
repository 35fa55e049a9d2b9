//! Administration on the wire: bodies under `/admin` and the events of the namespace `/admin`.
//!
//! Times are ISO 8601 text in UTC, durations minutes unless a name says otherwise. Request bodies
//! have optional fields only, as in [`rest`](super::rest): what is missing is answered by a sentence
//! about that field.

pub mod action;
pub mod feed;
pub mod held;
pub mod history;
pub mod invite;
pub mod load_test;
pub mod log;
pub mod node;
pub mod person;
pub mod person_record;
pub mod person_ref;
pub mod reason;
pub mod report;
pub mod rights;
pub mod sample;
pub mod sanction;
pub mod service;
pub mod session;
pub mod setting;
pub mod webhook;

pub use action::{ActionEntry, Actor};
pub use held::HeldLine;
pub use invite::{
    Arrival, FirewallHint, FirewallSystem, Invite, InviteLink, LinkKind, LinkMedium, Obstacle,
    OutsideAccess, OutsideMethod, OutsideObstacle,
};
pub use load_test::{LoadTestRun, LoadTestState};
pub use log::{LogLevel, LogLine};
pub use node::{Cluster, NodeInfo, Pin, ServerInfo};
pub use person::Note;
pub use person_ref::{PersonKind, PersonRef};
pub use reason::ReasonTemplate;
pub use report::{Report, ReportStatus};
pub use rights::{Me, Right};
pub use sample::Sample;
pub use sanction::{Ban, Mute, SanctionKind};
pub use service::Scope;
pub use session::{AdminSession, SessionKind};
