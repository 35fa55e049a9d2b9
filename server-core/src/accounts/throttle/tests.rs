use super::*;

fn address(last: u8) -> Option<IpAddr> {
    Some(IpAddr::from([203, 0, 113, last]))
}

/// How many of `tries` get through.
fn through(throttle: &Throttle, account: &str, from: Option<IpAddr>, now: Instant) -> usize {
    (0..200)
        .filter(|_| throttle.attempt(Attempt::Login, account, from, now).is_ok())
        .count()
}

#[test]
fn an_account_can_be_tried_ten_times_from_anywhere() {
    let (throttle, now) = (Throttle::default(), Instant::now());
    let passed: usize = (0..30)
        .map(|last| through(&throttle, "Ana@example.org", address(last), now))
        .sum();
    assert_eq!(passed, 10);
    let refused = throttle.attempt(Attempt::Login, "ana@example.org ", address(99), now);
    assert_eq!(refused.unwrap_err(), Duration::from_secs(60));
    let later = now + Duration::from_secs(121);
    assert_eq!(through(&throttle, "ana@example.org", address(50), later), 2);
}

#[test]
fn an_address_can_try_forty_accounts() {
    let (throttle, now) = (Throttle::default(), Instant::now());
    let passed = (0..100)
        .filter(|i| {
            let account = format!("{i}@example.org");
            throttle
                .attempt(Attempt::Login, &account, address(1), now)
                .is_ok()
        })
        .count();
    assert_eq!(passed, 40);
    assert_eq!(through(&throttle, "other@example.org", address(2), now), 10);
}

#[test]
fn honest_attempts_this_machine_and_registrations_do_not_count_against_logins() {
    let (throttle, now) = (Throttle::default(), Instant::now());
    for _ in 0..500 {
        let admitted = throttle
            .attempt(Attempt::Login, "a", address(1), now)
            .unwrap();
        throttle.give_back(&admitted, now);
        assert!(throttle.attempt(Attempt::Login, "a", None, now).is_ok());
    }
    assert!(throttle.lock().is_empty());
    let registered = (0..20)
        .filter(|_| {
            throttle
                .attempt(Attempt::Register, "a", address(1), now)
                .is_ok()
        })
        .count();
    assert_eq!(registered, 10);
    assert_eq!(through(&throttle, "a", address(1), now), 10);
}

#[test]
fn a_network_counts_as_one_address() {
    let check = |text: &str, expected: &str| {
        let address: IpAddr = text.parse().unwrap();
        assert_eq!(
            network(address),
            expected.parse::<IpAddr>().unwrap(),
            "{text}"
        );
    };
    check("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::");
    check("fe80::1:2:3:4", "fe80::1:2:3:4");
    check("::ffff:192.0.2.7", "192.0.2.7");
    check("192.0.2.7", "192.0.2.7");
}

#[test]
fn memory_stays_bounded_and_keeps_the_most_tried() {
    let (throttle, now) = (Throttle::default(), Instant::now());
    assert_eq!(through(&throttle, "target", address(1), now), 10);
    for i in 0..MAX_BUCKETS as u32 {
        let from = Some(IpAddr::from(i.to_be_bytes()));
        let _ = throttle.attempt(Attempt::Login, &format!("{i}"), from, now);
        assert!(throttle.lock().len() <= MAX_BUCKETS + 2);
    }
    assert!(
        throttle
            .attempt(Attempt::Login, "target", address(9), now)
            .is_err()
    );
}
