use std::net::IpAddr;
use std::time::Duration;

use super::*;
use crate::{Rate, scripted_client};
use contract::rest::Role;
use identity::{Account, GuestSecret};

const ONE: &str = "203.0.113.1";

fn guest(secret: &str, address: &str) -> Visitor {
    Visitor {
        address: address.parse::<IpAddr>().unwrap(),
        local: false,
        secret: GuestSecret(secret.to_owned()),
        ..scripted_client::guest()
    }
}

fn account(id: &str, secret: &str, address: &str) -> Visitor {
    let account = Account {
        id: id.to_owned(),
        username: id.to_owned(),
        role: Role::User,
        service: false,
    };
    Visitor {
        account: Some(account),
        ..guest(secret, address)
    }
}

/// A scripted clock, the limits, and what everybody has left.
struct RateStage {
    limits: RateLimits,
    budgets: Budgets,
    now: Instant,
}

impl RateStage {
    fn new(adjust: impl FnOnce(&mut RateLimits)) -> Self {
        let mut limits = RateLimits::default();
        adjust(&mut limits);
        Self {
            budgets: Budgets::new(&limits),
            limits,
            now: Instant::now(),
        }
    }

    fn meter(&mut self, visitor: &Visitor) -> Meter {
        self.budgets.meter(visitor, self.now)
    }

    /// How many of `tries` pass on a new connection of `visitor`.
    fn passed(&mut self, visitor: &Visitor, bucket: RateBucket, tries: usize) -> usize {
        let mut meter = self.meter(visitor);
        let decisions = (0..tries).map(|_| meter.check(&self.limits, bucket, self.now));
        decisions.filter(|it| *it == RateDecision::Pass).count()
    }

    fn decisions(&mut self, visitor: &Visitor, tries: usize) -> Vec<RateDecision> {
        let mut meter = self.meter(visitor);
        (0..tries)
            .map(|_| meter.check(&self.limits, RateBucket::Chat, self.now))
            .collect()
    }

    fn pass_time(&mut self, seconds: u64) {
        self.now += Duration::from_secs(seconds);
    }
}

#[test]
fn a_bucket_refills_with_time_and_refusals_cost_nothing() {
    let mut stage = RateStage::new(|_| {});
    let ana = guest("ana", ONE);
    assert_eq!(stage.passed(&ana, RateBucket::Chat, 100), 20);
    stage.pass_time(1);
    assert_eq!(stage.passed(&ana, RateBucket::Chat, 100), 5);
    stage.pass_time(100);
    assert_eq!(stage.passed(&ana, RateBucket::Chat, 100), 20);
}

#[test]
fn updates_are_taken_some_at_a_time_and_no_more_of_them_pass() {
    let mut stage = RateStage::new(|_| {});
    let ana = guest("ana", ONE);
    let burst = stage.limits.events.of(RateBucket::Updates).burst as usize;
    assert_eq!(stage.passed(&ana, RateBucket::Updates, 10 * burst), burst);
    let mut first = stage.meter(&ana);
    for _ in 0..2 {
        // Whatever was left ahead is put back, and makes nothing more than full.
        stage.pass_time(1000);
        let decision = first.check(&stage.limits, RateBucket::Updates, stage.now);
        assert_eq!(decision, RateDecision::Pass);
        let others = stage.passed(&ana, RateBucket::Updates, 10 * burst);
        assert_eq!(others, burst - usize::from(Ahead::UPDATES));
        let ahead = (0..burst).map(|_| first.check(&stage.limits, RateBucket::Updates, stage.now));
        let passed = ahead.filter(|it| *it == RateDecision::Pass).count();
        assert_eq!(passed, usize::from(Ahead::UPDATES) - 1);
    }
}

#[test]
fn a_new_connection_a_login_and_another_address_renew_nothing() {
    let mut stage = RateStage::new(|_| {});
    assert_eq!(stage.passed(&guest("ana", ONE), RateBucket::Chat, 15), 15);
    assert_eq!(stage.passed(&guest("ana", ONE), RateBucket::Chat, 15), 5);
    assert_eq!(
        stage.passed(&guest("ana", "2001:db8::1"), RateBucket::Chat, 15),
        0
    );
    let browsers = [account("a", "ana", ONE), account("a", "bea", ONE)];
    assert_eq!(stage.passed(&browsers[0], RateBucket::Chat, 15), 15);
    assert_eq!(stage.passed(&browsers[1], RateBucket::Chat, 15), 5);
}

#[test]
fn everybody_of_a_network_shares_twenty_times_as_much() {
    let mut stage = RateStage::new(|_| {});
    let mut passed = |network: &str| {
        let guests = (0..50).map(|it| guest(&format!("{network}{it}"), &format!("{network}{it}")));
        guests
            .map(|it| stage.passed(&it, RateBucket::Chat, 20))
            .sum::<usize>()
    };
    assert_eq!(passed("2001:db8::"), 400, "a /64 is one network");
    assert_eq!(passed("2001:db8:0:1::"), 400, "the next one is another");
    assert_eq!(passed("203.0.113."), 1000, "so is each IPv4 address");
}

#[test]
fn this_machine_and_the_clients_of_a_load_test_share_no_networks_budget() {
    let mut stage = RateStage::new(|limits| limits.network_factor = 1);
    for it in 0..5 {
        let local = Visitor {
            local: true,
            ..guest(&format!("local {it}"), "127.0.0.1")
        };
        let bot = Visitor {
            load_test: Some("run".into()),
            ..guest(&format!("bot {it}"), ONE)
        };
        assert_eq!(stage.passed(&local, RateBucket::Chat, 100), 20);
        assert_eq!(stage.passed(&bot, RateBucket::Chat, 100), 20);
    }
    assert_eq!(stage.passed(&guest("ana", ONE), RateBucket::Chat, 100), 20);
}

#[test]
fn a_leave_takes_nothing_from_joins_and_is_refused_in_a_flood_alone() {
    let mut stage = RateStage::new(|_| {});
    let ana = guest("ana", ONE);
    for _ in 0..60 {
        assert_eq!(stage.passed(&ana, RateBucket::Joins, 1), 1);
        assert_eq!(stage.passed(&ana, RateBucket::Leaves, 1), 1);
    }
    assert_eq!(stage.passed(&ana, RateBucket::Joins, 1), 0);
    assert_eq!(stage.passed(&ana, RateBucket::Leaves, 1000), 1000);
    assert!(stage.passed(&ana, RateBucket::Leaves, 10_000) < 2000);
}

#[test]
fn refusals_of_all_connections_of_a_person_are_one_flood() {
    let mut stage = RateStage::new(|_| {});
    let ana = guest("ana", ONE);
    assert_eq!(stage.passed(&ana, RateBucket::Chat, 20), 20);
    for _ in 0..4 {
        let decisions = stage.decisions(&ana, 100);
        assert!(decisions.iter().all(|it| *it == RateDecision::Refuse));
    }
    let last = stage.decisions(&ana, 102);
    assert_eq!(last[98], RateDecision::Refuse);
    assert!(last[99..].iter().all(|it| *it == RateDecision::Flooding));
    stage.pass_time(11);
    let meter = stage.meter(&ana);
    let again = meter.refused(&stage.limits, stage.now);
    assert_eq!(
        again,
        RateDecision::Refuse,
        "a new window starts from nothing"
    );
}

#[test]
fn a_flood_is_never_a_neighbours() {
    let mut stage = RateStage::new(|limits| limits.network_factor = 1);
    for it in 0..5 {
        stage.decisions(&guest(&format!("flood {it}"), ONE), 600);
    }
    let neighbour = guest("ana", ONE);
    for _ in 0..10 {
        // As much as her own limits allow, and all of it in vain.
        stage.decisions(&guest("flood 0", ONE), 5);
        let decisions = stage.decisions(&neighbour, 5);
        assert_eq!(decisions, [RateDecision::Refuse; 5]);
        stage.pass_time(1);
    }
    let flood = stage.decisions(&neighbour, 100_000);
    assert_eq!(flood.last(), Some(&RateDecision::Flooding));
}

#[test]
fn what_a_network_refuses_costs_the_person_nothing() {
    let mut stage = RateStage::new(|limits| {
        limits.network_factor = 1;
        limits.events.chat = Rate {
            per_second: 1.0,
            burst: 20.0,
        };
    });
    assert_eq!(stage.passed(&guest("ana", ONE), RateBucket::Chat, 20), 20);
    let bea = guest("bea", ONE);
    assert_eq!(stage.passed(&bea, RateBucket::Chat, 20), 0);
    let elsewhere = guest("bea", "203.0.113.2");
    assert_eq!(stage.passed(&elsewhere, RateBucket::Chat, 30), 20);
}

#[test]
fn memory_is_bounded_and_forgets_whoever_restricts_least() {
    let mut stage = RateStage::new(|limits| {
        limits.remembered = 100;
        limits.network_factor = 10_000;
    });
    let (offender, talker) = (guest("offender", ONE), guest("talker", ONE));
    stage.passed(&offender, RateBucket::Chat, 30);
    stage.passed(&talker, RateBucket::Chat, 20);
    let _here = stage.meter(&guest("here", ONE));
    for it in 0..1000 {
        stage.passed(&guest(&it.to_string(), ONE), RateBucket::Chat, 1);
        assert!(stage.budgets.persons.len() <= 100);
    }
    assert_eq!(stage.passed(&offender, RateBucket::Chat, 5), 0);
    assert_eq!(stage.passed(&talker, RateBucket::Chat, 5), 0);
}

#[test]
fn offenders_are_never_pushed_out_by_others() {
    let mut stage = RateStage::new(|limits| {
        limits.remembered = 10;
        limits.network_factor = 10_000;
    });
    let offenders: Vec<_> = (0..10).map(|it| guest(&it.to_string(), ONE)).collect();
    for it in &offenders {
        assert_eq!(stage.passed(it, RateBucket::Chat, 30), 20);
    }
    for it in 0..100 {
        stage.passed(&guest(&format!("new {it}"), ONE), RateBucket::Chat, 30);
    }
    for it in &offenders {
        assert_eq!(stage.passed(it, RateBucket::Chat, 30), 0);
    }
    stage.pass_time(60);
    stage.passed(&guest("late", ONE), RateBucket::Chat, 30);
    assert_eq!(stage.passed(&guest("late", ONE), RateBucket::Chat, 30), 0);
}
