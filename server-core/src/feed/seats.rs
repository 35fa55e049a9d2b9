//! Who may watch when not everybody can.
//!
//! One person has a few seats, so that nobody takes them all; and when all are taken, whoever may do
//! more comes before whoever may do less: the host is needed most when many look. People come before programs.

use std::cmp::Reverse;
use std::sync::Arc;

use super::seat_rank::SeatRank;
use super::{NoSeat, Viewer};
use store::accounts::User;

/// How many may watch at once on one node.
#[derive(Debug, Clone, Copy)]
pub struct Seats {
    /// In total.
    pub total: usize,
    /// Of one person.
    pub per_person: usize,
}

/// A seat for one more watcher.
pub(super) enum Seat {
    Free,
    /// That of somebody who may do less, and has to go.
    Of(Arc<Viewer>),
}

impl Seats {
    /// A seat for `user` beside `viewers`; those about to end hold none. Among those with the least
    /// rights the newest loses its seat.
    pub(super) fn find(&self, viewers: &[Arc<Viewer>], user: &User) -> Result<Seat, NoSeat> {
        let seated = || viewers.iter().filter(|viewer| !viewer.is_ending());
        let own = seated().filter(|viewer| viewer.user_id() == user.id);
        if own.count() >= self.per_person {
            return Err(NoSeat::OfOwn);
        }
        if seated().count() < self.total {
            return Ok(Seat::Free);
        }
        seated()
            .filter(|viewer| viewer.rank() < SeatRank::of(user))
            .min_by_key(|viewer| (viewer.rank(), Reverse(viewer.id())))
            .map(|viewer| Seat::Of(viewer.clone()))
            .ok_or(NoSeat::AtAll)
    }
}
