use stateright::Checker;

use super::*;

/// Tries everything `everyday` allows; with `SOAK=1` (`make soak`) one more join, and one more leave
/// where that ends within minutes.
#[track_caller]
fn check(everyday: ModelBudget, people: &'static [&'static str]) {
    let mut budget = everyday;
    if std::env::var_os("SOAK").is_some() {
        budget.joins += 1;
        // Where nobody leaves, nobody may be said to. Deaths and wipes with two leaves are 15 million
        // states and 6 GB, and hold.
        budget.leaves += u8::from(budget.leaves > 0 && budget.deaths + budget.wipes == 0);
    }
    let cluster = ModelCluster { budget, people };
    let checker = cluster.checker().threads(2).spawn_bfs().join();
    eprintln!("{} states", checker.unique_state_count());
    checker.assert_properties();
}

const NOTHING: ModelBudget = ModelBudget {
    joins: 2,
    leaves: 0,
    breaks: 0,
    losses: 0,
    deaths: 0,
    wipes: 0,
    moves: 0,
    refreshes: 0,
    mirrors: 0,
    crowd: ModelCrowd::Nobody,
};

#[test]
fn newer_windows_take_over_from_older_ones() {
    let budget = ModelBudget {
        leaves: 1,
        ..NOTHING
    };
    check(budget, &["g:a"]);
}

#[test]
fn links_break_and_come_back() {
    let budget = ModelBudget {
        leaves: 1,
        breaks: 1,
        ..NOTHING
    };
    check(budget, &["g:a"]);
}

#[test]
fn both_links_break() {
    let budget = ModelBudget {
        breaks: 2,
        ..NOTHING
    };
    check(budget, &["g:a"]);
}

#[test]
fn events_get_lost_and_doubled() {
    let budget = ModelBudget {
        leaves: 1,
        losses: 2,
        ..NOTHING
    };
    check(budget, &["g:a"]);
}

#[test]
fn nodes_are_declared_dead_and_live() {
    let budget = ModelBudget {
        leaves: 1,
        breaks: 1,
        deaths: 1,
        ..NOTHING
    };
    check(budget, &["g:a"]);
}

#[test]
fn redis_forgets_everything() {
    let budget = ModelBudget {
        leaves: 1,
        wipes: 1,
        ..NOTHING
    };
    check(budget, &["g:a"]);
}

#[test]
fn strangers_on_both_sides_of_a_partition() {
    let budget = ModelBudget {
        breaks: 1,
        deaths: 1,
        ..NOTHING
    };
    check(budget, &["g:a", "g:b"]);
}

#[test]
fn a_move_overtakes_its_claim_and_an_older_one_comes_late() {
    let budget = ModelBudget {
        leaves: 1,
        moves: 2,
        ..NOTHING
    };
    check(budget, &["g:a"]);
}

#[test]
fn frames_and_events_get_lost_and_doubled_while_somebody_moves() {
    let budget = ModelBudget {
        losses: 1,
        moves: 2,
        ..NOTHING
    };
    check(budget, &["g:a"]);
}

#[test]
fn links_break_while_somebody_moves() {
    let budget = ModelBudget {
        breaks: 1,
        moves: 2,
        joins: 1,
        ..NOTHING
    };
    check(budget, &["g:a"]);
}

#[test]
fn a_node_asks_anew_before_it_is_answered() {
    let budget = ModelBudget {
        breaks: 1,
        losses: 1,
        moves: 2,
        joins: 1,
        ..NOTHING
    };
    check(budget, &["g:a"]);
}

#[test]
fn a_node_is_declared_dead_and_moves_on() {
    let budget = ModelBudget {
        breaks: 1,
        deaths: 1,
        moves: 1,
        joins: 1,
        ..NOTHING
    };
    check(budget, &["g:a"]);
}

#[test]
fn somebody_refreshes_and_events_get_lost() {
    let budget = ModelBudget {
        losses: 1,
        refreshes: 2,
        joins: 1,
        ..NOTHING
    };
    check(budget, &["g:a"]);
}

#[test]
fn somebody_refreshes_while_redis_is_written_to_and_links_break() {
    let budget = ModelBudget {
        breaks: 1,
        refreshes: 1,
        mirrors: 1,
        joins: 1,
        ..NOTHING
    };
    check(budget, &["g:a"]);
}

#[test]
fn redis_is_written_to_while_links_break() {
    let budget = ModelBudget {
        breaks: 1,
        moves: 2,
        mirrors: 1,
        joins: 1,
        ..NOTHING
    };
    check(budget, &["g:a"]);
}

#[test]
fn parts_of_answers_get_lost_and_doubled() {
    for crowd in [ModelCrowd::InFront, ModelCrowd::Behind] {
        let budget = ModelBudget {
            losses: 2,
            moves: 2,
            joins: 1,
            crowd,
            ..NOTHING
        };
        check(budget, &["g:a"]);
    }
}

#[test]
fn a_node_asks_anew_between_two_parts() {
    for crowd in [ModelCrowd::InFront, ModelCrowd::Behind] {
        let budget = ModelBudget {
            breaks: 1,
            losses: 1,
            moves: 1,
            joins: 1,
            crowd,
            ..NOTHING
        };
        check(budget, &["g:a"]);
    }
}
