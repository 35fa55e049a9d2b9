//! A free port near the one that was wanted.

use std::net::IpAddr;

use transport::sockets::is_free;

/// How many ports above the wanted one are tried.
const TRIES: u16 = 50;

/// The first free port above `port` on `host`, at most [`TRIES`] further; `None` when all are taken.
/// Between this answer and its use another program may take it, which then fails as the first did.
pub(crate) fn next_free(host: IpAddr, port: u16) -> Option<u16> {
    search(port, |candidate| is_free(host, candidate))
}

fn search(port: u16, is_free: impl Fn(u16) -> bool) -> Option<u16> {
    let first = port.checked_add(1)?;
    (first..=first.saturating_add(TRIES - 1)).find(|candidate| is_free(*candidate))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_free_port_above_is_offered() {
        assert_eq!(search(4000, |_| true), Some(4001));
        assert_eq!(search(4000, |port| port > 4003), Some(4004));
        assert_eq!(search(4000, |port| port > 4050), None);
        assert_eq!(search(65_535, |_| true), None);
        assert_eq!(search(65_530, |_| false), None);
    }

    #[test]
    fn a_port_that_somebody_holds_is_not_offered() {
        let host = IpAddr::from([127, 0, 0, 1]);
        let held = std::net::TcpListener::bind((host, 0)).unwrap();
        let port = held.local_addr().unwrap().port();
        assert_ne!(next_free(host, port - 1), Some(port));
    }
}
