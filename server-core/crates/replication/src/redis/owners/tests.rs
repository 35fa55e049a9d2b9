use super::*;
use contract::{Metadata, Player, Position};

fn claimant(owner: &str) -> ClaimantDigest {
    ClaimantDigest {
        owner: owner.to_owned(),
        address: "here".to_owned(),
    }
}

fn id() -> PlayerId {
    PlayerId::trusted("ada")
}

fn holding(owner: &str, fence: u64, claim: u64) -> Holding {
    Holding {
        fence,
        owner: owner.to_owned(),
        address: "there".to_owned(),
        claim,
        player: Player {
            id: id(),
            name: String::new(),
            position: Position::default(),
            animation: String::new(),
            metadata: Metadata::new(),
        },
    }
}

fn record(node: &str, owner: &str, fence: u64) -> HolderRecord {
    HolderRecord {
        id: id(),
        fence,
        node: node.to_owned(),
        claimant: claimant(owner),
        claim: 1,
    }
}

fn owners() -> Owners {
    Owners::new("here".to_owned(), GuestTakeover::Secret)
}

fn alone(owners: &mut Owners, owner: &str) -> u64 {
    match owners.grant_alone(None, &id(), &claimant(owner), 100) {
        Claimed::Granted { fence } => fence,
        Claimed::InUse => panic!("in use"),
    }
}

#[test]
fn alone_a_stranger_is_refused_and_the_owner_is_not() {
    let mut owners = owners();
    assert_eq!(
        owners.joined("there", &holding("g:a", 7, 1)),
        HolderVerdict::Apply
    );
    let stranger = owners.grant_alone(None, &id(), &claimant("g:b"), 100);
    assert_eq!(stranger, Claimed::InUse);
    assert_eq!(alone(&mut owners, "g:a"), 100);
    assert_eq!(
        alone(&mut owners, "g:a"),
        101,
        "fences grow when the clock does not"
    );
    let stranger = owners.grant_alone(None, &id(), &claimant("g:b"), 100);
    assert_eq!(stranger, Claimed::InUse);
}

#[test]
fn a_newer_join_elsewhere_wins_and_an_older_one_does_not() {
    let mut owners = owners();
    let fence = alone(&mut owners, "g:a");
    assert_eq!(
        owners.joined("there", &holding("g:a", fence - 1, 1)),
        HolderVerdict::Ignore
    );
    assert!(owners.holds(&id(), fence));
    assert_eq!(
        owners.joined("there", &holding("g:a", fence + 1, 1)),
        HolderVerdict::Apply
    );
    assert!(!owners.holds(&id(), fence));
}

#[test]
fn the_envelope_of_a_claim_may_come_before_its_answer() {
    let mut owners = owners();
    let token = owners.begin_claim(&id());
    let envelope = holding("g:a", 9, token);
    assert_eq!(owners.joined("here", &envelope), HolderVerdict::Ignore);
    assert_eq!(
        owners.granted(token, &id(), claimant("g:a"), 9),
        HolderVerdict::Apply
    );
    assert!(owners.holds(&id(), 9));
    assert!(owners.unconfirmed().is_empty());
}

#[test]
fn a_claim_granted_before_a_snapshot_that_came_first_is_asserted() {
    let mut owners = owners();
    let token = owners.begin_claim(&id());
    // Somebody took over and left again: the snapshot shows nobody, and what it held is skipped later.
    owners.settle(Vec::new(), |_| false);
    assert_eq!(
        owners.granted(token, &id(), claimant("g:a"), 9),
        HolderVerdict::Apply
    );
    assert!(owners.holds(&id(), 9));
    assert_eq!(owners.unconfirmed().len(), 1, "Redis is asked again");
}

#[test]
fn a_claim_that_was_decided_alone_takes_the_fence_redis_gave_it() {
    for answer in [150, 90] {
        let mut owners = owners();
        let token = owners.begin_claim(&id());
        owners.grant_alone(Some(token), &id(), &claimant("g:a"), 100);
        let late = holding("g:a", 150, token);
        assert_eq!(owners.joined("here", &late), HolderVerdict::Ignore);
        let unconfirmed = owners.unconfirmed();
        assert_eq!((unconfirmed[0].fence, unconfirmed[0].claim), (100, token));
        assert_eq!(
            owners.asserted(&id(), 100, Some(answer)),
            HolderVerdict::Refence(100)
        );
        assert!(owners.unconfirmed().is_empty());
        // The world may hear of its new fence a moment later.
        assert_eq!(
            owners.released(&id(), 100),
            GivenUp::Free(Held::Claim(token))
        );
        assert_eq!(owners.joined("here", &late), HolderVerdict::Orphan);
    }
}

#[test]
fn a_window_that_was_overtaken_here_takes_nothing_from_the_newer_one() {
    let mut owners = owners();
    let older = owners.begin_claim(&id());
    let newer = owners.begin_claim(&id());
    owners.grant_alone(Some(newer), &id(), &claimant("g:a"), 100);
    assert_eq!(
        owners.granted(older, &id(), claimant("g:a"), 99),
        HolderVerdict::Apply
    );
    assert_eq!(owners.released(&id(), 99), GivenUp::Superseded);
    assert!(owners.holds(&id(), 100));
    assert_eq!(
        owners.released(&id(), 100),
        GivenUp::Doubtful(Held::Claim(newer))
    );
    assert_eq!(owners.released(&id(), 100), GivenUp::Free(Held::Fence(100)));
}

#[test]
fn who_was_declared_dead_and_lives_says_so() {
    let mut owners = owners();
    let token = owners.begin_claim(&id());
    owners.granted(token, &id(), claimant("g:a"), 9);
    assert_eq!(owners.left(&id(), 9), HolderVerdict::Ignore);
    let unconfirmed = owners.unconfirmed();
    assert_eq!(unconfirmed[0].fence, 9);
    assert_eq!(owners.asserted(&id(), 9, Some(9)), HolderVerdict::Ignore);
    assert!(owners.unconfirmed().is_empty());
}

#[test]
fn who_was_refused_stays_until_a_snapshot_tells_whose_the_player_is() {
    let mut here = owners();
    let fence = alone(&mut here, "g:a");
    assert_eq!(here.asserted(&id(), fence, None), HolderVerdict::Apply);
    assert!(here.holds(&id(), fence) && here.unconfirmed().is_empty());
    let mut freed = here.clone();
    assert_eq!(freed.settle(Vec::new(), |_| false), Settled::default());
    assert_eq!(freed.unconfirmed().len(), 1, "free: it is asked for again");

    let settled = here.settle(vec![record("there", "g:b", fence - 1)], |_| false);
    assert_eq!(settled.yielded, [(id(), fence)]);
    assert!(settled.present.contains(&id()));
    assert!(!here.holds(&id(), fence));
}

#[test]
fn a_snapshot_settles_everything_at_once() {
    let mut here = owners();
    alone(&mut here, "g:a");
    let settled = here.settle(vec![record("there", "g:b", 200)], |_| false);
    assert!(settled.present.contains(&id()), "a later holder elsewhere");
    assert!(here.unconfirmed().is_empty());

    let settled = here.settle(Vec::new(), |node| node == "there");
    assert!(settled.spared.contains(&id()), "its node may come back");
    let settled = here.settle(Vec::new(), |_| false);
    assert_eq!(settled, Settled::default());

    let settled = here.settle(vec![record("here", "g:a", 300)], |_| false);
    assert_eq!(settled.orphans, [(id(), 300)]);

    let mut here = owners();
    alone(&mut here, "g:a");
    let settled = here.settle(vec![record("there", "g:a", 50)], |_| false);
    assert!(settled.present.is_empty(), "an older holder elsewhere");
    assert_eq!(here.unconfirmed().len(), 1);
}

#[test]
fn a_known_window_under_another_fence_does_not_come_in_anew() {
    let mut owners = owners();
    assert_eq!(
        owners.joined("there", &holding("g:a", 7, 1)),
        HolderVerdict::Apply
    );
    assert_eq!(
        owners.joined("there", &holding("g:a", 9, 1)),
        HolderVerdict::Refence(7)
    );
    let settled = owners.settle(vec![record("there", "g:a", 12)], |_| false);
    assert_eq!(settled.refenced, [(id(), 9, 12)]);
    assert_eq!(
        owners.joined("there", &holding("g:a", 13, 2)),
        HolderVerdict::Apply,
        "another window does"
    );
}

#[test]
fn a_move_counts_from_the_node_and_under_the_fence_that_hold_its_player() {
    let mut owners = owners();
    let check = |owners: &Owners, node, fence| owners.check_move(node, &id(), fence);
    assert_eq!(
        check(&owners, "there", 9),
        MoveCheck::Early,
        "nobody is known yet"
    );
    owners.joined("there", &holding("g:a", 9, 1));
    assert_eq!(check(&owners, "there", 9), MoveCheck::Apply);
    assert_eq!(
        check(&owners, "elsewhere", 9),
        MoveCheck::Stale,
        "two named the same fence"
    );
    assert_eq!(check(&owners, "there", 8), MoveCheck::Stale);
    assert_eq!(check(&owners, "elsewhere", 10), MoveCheck::Early);
    let fence = alone(&mut owners, "g:a");
    assert_eq!(check(&owners, "there", 9), MoveCheck::Stale, "held here");
    assert_eq!(check(&owners, "there", fence + 1), MoveCheck::Early);
}

#[test]
fn a_player_is_told_of_under_the_fence_it_goes_on_under() {
    let mut owners = owners();
    let fence = alone(&mut owners, "g:a");
    owners.asserted(&id(), fence, Some(fence + 7));
    // The world may know it under the first for a moment.
    assert_eq!(owners.fence_of(&id(), fence), Some(fence + 7));
    assert_eq!(owners.fence_of(&id(), fence + 7), Some(fence + 7));
    assert_eq!(owners.fence_of(&id(), fence + 1), None);
    owners.joined("there", &holding("g:a", fence + 8, 1));
    assert_eq!(owners.fence_of(&id(), fence + 7), None);
}
