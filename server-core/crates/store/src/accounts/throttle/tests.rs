use super::*;

fn address(last: u8) -> Option<IpAddr> {
    Some(IpAddr::from([203, 0, 113, last]))
}

fn v6(text: &str) -> Option<IpAddr> {
    Some(text.parse().unwrap())
}

/// How many of 200 tries get through.
fn through(throttle: &Throttle, account: &str, from: Option<IpAddr>, now: Instant) -> usize {
    (0..200)
        .filter(|_| throttle.attempt(Attempt::Login, account, from, now).is_ok())
        .count()
}

fn device(name: &str) -> Device {
    let tokens = crate::accounts::Tokens::new(&identity::Secret::new("a long random text"));
    let tokens = tokens.unwrap();
    tokens
        .verify_device(&tokens.mint_device(name), name)
        .unwrap()
}

#[test]
fn an_account_can_be_tried_ten_times_from_a_network() {
    let (throttle, now) = (Throttle::default(), Instant::now());
    assert_eq!(through(&throttle, "Ana@example.org", address(1), now), 10);
    let refused = throttle.attempt(Attempt::Login, "ana@example.org ", address(1), now);
    assert_eq!(refused.unwrap_err(), Duration::from_secs(60));
    let later = now + Duration::from_secs(121);
    assert_eq!(through(&throttle, "ana@example.org", address(1), later), 2);
    assert_eq!(through(&throttle, "bo", v6("2001:db8::1"), now), 10);
    assert_eq!(through(&throttle, "bo", v6("2001:db8::2"), now), 0);
}

#[test]
fn attackers_elsewhere_lock_nobody_out() {
    let (throttle, now) = (Throttle::default(), Instant::now());
    for attacker in 1..=200 {
        through(&throttle, "ana", address(attacker), now);
    }
    assert_eq!(through(&throttle, "ana", address(250), now), 10);
}

#[test]
fn a_known_device_has_tries_of_its_own_beside_an_attacker() {
    let (throttle, now) = (Throttle::default(), Instant::now());
    for it in 0..100 {
        through(&throttle, &format!("{it}"), address(1), now);
    }
    assert_eq!(through(&throttle, "ana", address(1), now), 0);
    let (here, there) = (device("ana"), device("ana"));
    let tries = |device: &Device| {
        (0..50)
            .filter(|_| throttle.attempt_on(device.clone(), now).is_ok())
            .count()
    };
    assert_eq!((tries(&here), tries(&here), tries(&there)), (10, 0, 10));
}

#[test]
fn a_network_can_try_forty_accounts() {
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
        let pin = throttle.attempt_pin(address(1), now).unwrap();
        throttle.give_back(&pin, now);
        assert!(throttle.attempt(Attempt::Login, "a", None, now).is_ok());
        assert!(throttle.attempt_pin(None, now).is_ok());
    }
    assert!(throttle.lock().buckets.is_empty());
    assert!(throttle.lock().wrong_pins.is_none());
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
fn wrong_pins_of_everybody_count_together_and_a_right_one_passes_all_the_same() {
    let (throttle, now) = (Throttle::new(50), Instant::now());
    let wrong = |from: Option<IpAddr>, now| throttle.attempt_pin(from, now).is_ok();
    // One /48 has many networks and is one site.
    let tries = (0..5000).filter(|it| wrong(v6(&format!("2001:db8:7:{it:x}::1")), now));
    assert_eq!(tries.count(), 50);
    for it in 1..=20 {
        assert!(
            wrong(address(it), now),
            "the first one of a site is looked at"
        );
        assert!(!wrong(address(it), now), "and the last one today");
    }
    for _ in 0..100 {
        let honest = throttle.attempt_pin(address(99), now).unwrap();
        throttle.give_back(&honest, now);
    }
    let tomorrow = now + Duration::from_secs(24 * 60 * 60 + 60);
    assert!(wrong(address(1), tomorrow));
}

#[test]
fn wrong_pins_that_are_few_brake_nobody() {
    let (throttle, now) = (Throttle::default(), Instant::now());
    let tries = (0..30).filter(|_| throttle.attempt_pin(address(1), now).is_ok());
    assert_eq!(tries.count(), 10);
    let later = now + Duration::from_secs(60);
    assert!(throttle.attempt_pin(address(1), later).is_ok());
}

#[test]
fn memory_stays_bounded_and_keeps_the_most_tried() {
    let (throttle, now) = (Throttle::default(), Instant::now());
    assert_eq!(through(&throttle, "target", address(1), now), 10);
    for i in 0..MAX_BUCKETS as u32 {
        let from = Some(IpAddr::from(i.to_be_bytes()));
        let _ = throttle.attempt(Attempt::Login, &format!("{i}"), from, now);
        assert!(throttle.lock().buckets.len() <= MAX_BUCKETS + 2);
    }
    assert!(
        throttle
            .attempt(Attempt::Login, "target", address(1), now)
            .is_err()
    );
}
