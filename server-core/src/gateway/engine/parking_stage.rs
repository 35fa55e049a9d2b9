//! Whether the library carries a session, and whether it may let go.

use std::sync::{Arc, Weak};

use super::resident::Resident;

/// How often the library comes back to one connection and lets go again. Each time costs about as much as
/// a client that comes, and a client decides when.
const RETURNS: u8 = 32;

/// See the module.
#[derive(Default)]
pub(super) struct ParkingStage {
    carrier: StreamCarrier,
    /// For whom the library may let go.
    resident: Option<Weak<dyn Resident>>,
    returns: u8,
    /// The library has to be there, now and from now on.
    needed: bool,
}

/// Who has the stream.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum StreamCarrier {
    #[default]
    Library,
    /// Nothing but the heartbeat.
    Parking,
    /// A session of the library in which the client is about to enter again.
    Returning,
}

impl ParkingStage {
    /// The library may let go for `resident` from now on.
    pub(super) fn settle(&mut self, resident: Weak<dyn Resident>) {
        self.resident = Some(resident);
    }

    /// The library lets go, if it may: the stream belongs to whom is given.
    pub(super) fn park(&mut self) -> Option<Arc<dyn Resident>> {
        let may = self.carrier == StreamCarrier::Library && !self.needed && self.returns < RETURNS;
        let resident = self.resident.as_ref().filter(|_| may)?.upgrade()?;
        self.carrier = StreamCarrier::Parking;
        Some(resident)
    }

    /// The library never lets go from now on.
    pub(super) fn keep_library(&mut self) {
        self.needed = true;
    }

    /// [`Self::keep_library`], and whether it is there.
    pub(super) fn need_library(&mut self) -> bool {
        self.needed = true;
        self.carrier == StreamCarrier::Library
    }

    /// Whether a session that is parked has to return.
    pub(super) fn wants_library(&self) -> bool {
        self.needed
    }

    /// Whether the library does not know the session.
    pub(super) fn is_parked(&self) -> bool {
        self.carrier != StreamCarrier::Library
    }

    /// A client that was parked is given to the library.
    pub(super) fn return_now(&mut self) {
        self.carrier = StreamCarrier::Returning;
        self.returns = self.returns.saturating_add(1);
    }

    /// It has entered there.
    pub(super) fn returned(&mut self) {
        self.carrier = StreamCarrier::Library;
    }
}

#[cfg(test)]
mod tests {
    use socketioxide::socket::Socket;

    use super::super::super::adapter::Adapter;
    use super::super::resident::Gate;
    use super::*;

    struct Somebody;

    impl Resident for Somebody {
        fn library_left(&self) {}
        fn gate(&self) -> Option<Gate> {
            None
        }
        fn enter(self: Arc<Self>, _: &Socket<Adapter>) {}
    }

    #[test]
    fn the_library_lets_go_only_for_a_resident_who_needs_nothing() {
        let somebody = Arc::new(Somebody);
        let weak = || Arc::downgrade(&somebody) as Weak<dyn Resident>;
        let mut stage = ParkingStage::default();
        assert!(stage.park().is_none(), "nobody has entered");
        stage.settle(weak());
        assert!(stage.park().is_some());
        assert!(stage.park().is_none(), "once");
        assert!(!stage.need_library());
        assert!(stage.wants_library());
        stage.return_now();
        assert!(!stage.need_library(), "it is on its way");
        stage.returned();
        assert!(stage.need_library());
        assert!(stage.park().is_none(), "it was needed");

        let mut left = ParkingStage::default();
        left.settle(weak());
        drop(somebody);
        assert!(left.park().is_none(), "whose session has ended");
    }

    #[test]
    fn a_client_cannot_have_it_come_and_go_for_ever() {
        let somebody = Arc::new(Somebody);
        let mut stage = ParkingStage::default();
        stage.settle(Arc::downgrade(&somebody) as Weak<dyn Resident>);
        for _ in 0..RETURNS {
            assert!(stage.park().is_some());
            stage.return_now();
            stage.returned();
        }
        assert!(stage.park().is_none());
    }
}
