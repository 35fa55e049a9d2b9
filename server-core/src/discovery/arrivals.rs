//! Which links work: remembers the first request from another machine over each of them.

use std::net::IpAddr;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use parking_lot::Mutex;

use contract::admin::Arrival;
use identity::outside::is_public;

/// Names that are remembered; a machine has fewer, and a stranger may make up as many as it likes.
const MOST_NAMES: usize = 32;

/// The first visitors; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Arrivals {
    /// A short lock: held to look through at most [`MOST_NAMES`] entries.
    seen: Arc<Mutex<Vec<(String, Arrival)>>>,
}

impl Arrivals {
    /// Notes a request for `host` (a `Host` header) from `visitor`, unless it comes from this machine.
    pub fn note(&self, host: &str, visitor: IpAddr, now: DateTime<Utc>) {
        let name = host_without_port(host);
        let visitor = visitor.to_canonical();
        if visitor.is_loopback() || name.parse() == Ok(visitor) {
            return;
        }
        let address = visitor.to_string();
        let arrival = Arrival { address, at: now };
        let mut seen = self.seen.lock();
        let is_full = seen.len() >= MOST_NAMES;
        let known = seen
            .iter_mut()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        match known {
            // One who comes from outside proves more than one from here.
            Some((_, known)) if comes_from_outside(known) || !is_public(visitor) => {}
            Some((_, known)) => *known = arrival,
            None if is_full => {}
            None => seen.push((name.to_owned(), arrival)),
        }
    }

    /// Who came over the link `url` from outside.
    #[must_use]
    pub fn from_outside(&self, url: &str) -> Option<Arrival> {
        self.of(url).filter(comes_from_outside)
    }

    /// Who came first over the link `url`.
    #[must_use]
    pub fn of(&self, url: &str) -> Option<Arrival> {
        let authority = url.split("://").nth(1)?.split('/').next()?;
        let name = host_without_port(authority);
        let seen = self.seen.lock();
        let mut fitting = seen.iter();
        let found = fitting.find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, arrival)| arrival.clone())
    }
}

fn comes_from_outside(arrival: &Arrival) -> bool {
    arrival.address.parse().is_ok_and(is_public)
}

/// Without port and without the brackets around IPv6.
fn host_without_port(host: &str) -> &str {
    match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, _)) => address,
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noted(host: &str, visitor: &str) -> Arrivals {
        let arrivals = Arrivals::default();
        arrivals.note(host, visitor.parse().unwrap(), DateTime::UNIX_EPOCH);
        arrivals
    }

    fn by(arrivals: &Arrivals, url: &str) -> Option<String> {
        arrivals.of(url).map(|arrival| arrival.address)
    }

    #[test]
    fn a_visitor_from_elsewhere_proves_the_link_it_used() {
        let arrivals = noted("192.168.1.20:4000", "192.168.1.57");
        let visitor = Some("192.168.1.57".to_owned());
        assert_eq!(by(&arrivals, "http://192.168.1.20:4000/"), visitor);
        assert_eq!(by(&arrivals, "http://10.0.0.8:4000/"), None);
        let arrivals = noted("[2001:db8::1]:4000", "2001:db8::2");
        assert!(by(&arrivals, "http://[2001:db8::1]:4000/").is_some());
        let arrivals = noted("Harbour.local", "192.168.1.57");
        assert!(by(&arrivals, "http://harbour.local:4000/").is_some());
    }

    #[test]
    fn this_machine_proves_nothing() {
        for visitor in ["127.0.0.1", "192.168.1.20", "::ffff:192.168.1.20", "::1"] {
            let arrivals = noted("192.168.1.20:4000", visitor);
            assert_eq!(
                by(&arrivals, "http://192.168.1.20:4000/"),
                None,
                "{visitor}"
            );
        }
    }

    #[test]
    fn the_first_one_stays_and_strangers_cannot_fill_it() {
        let arrivals = noted("a.local:4000", "192.168.1.57");
        let second = "192.168.1.58".parse().unwrap();
        arrivals.note("a.local:4000", second, Utc::now());
        assert_eq!(
            by(&arrivals, "http://a.local/").as_deref(),
            Some("192.168.1.57")
        );
        for number in 0..1000 {
            arrivals.note(&format!("n{number}.example"), second, Utc::now());
        }
        assert_eq!(arrivals.seen.lock().len(), MOST_NAMES);
    }
}
