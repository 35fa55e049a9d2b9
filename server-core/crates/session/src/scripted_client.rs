//! Clients of tests: who they are, and their connections.

use std::net::Ipv4Addr;
use std::sync::Arc;

use tokio::time::Instant;

use crate::connection::Connection;
use crate::link::ClientLink;
use crate::rates::Budgets;
use crate::tick::Tick;
use crate::{RateLimits, SessionConfig};
use contract::batch::UpdateForm;
use identity::{GuestSecret, Visitor};
use world::ConnectionId;

/// A program on this machine that shows nothing and reads plain events.
pub(crate) fn guest() -> Visitor {
    Visitor {
        address: Ipv4Addr::LOCALHOST.into(),
        local: true,
        secret: GuestSecret(String::new()),
        cookie_secret: None,
        guest_token: None,
        account: None,
        updates: UpdateForm::Single,
        log: false,
        lean: false,
        packed: false,
        pin: None,
        load_test: None,
        user_agent: None,
    }
}

/// The connection of `visitor`, over `link`.
pub(crate) fn connection(
    id: u64,
    visitor: Visitor,
    tick: Arc<Tick>,
    link: Arc<dyn ClientLink>,
) -> Connection {
    let (session, now) = (SessionConfig::default(), Instant::now());
    let meter = Budgets::new(&RateLimits::default()).meter(&visitor, now);
    let it = Connection::new(ConnectionId(id), visitor, meter, &session, now, tick);
    it.attach(link);
    it
}
