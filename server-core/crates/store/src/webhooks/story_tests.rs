//! The same story of webhooks on both databases.

use serde_json::json;

use super::*;
use crate::storage::stories;

fn ana() -> Actor {
    Actor {
        id: crate::accounts::LOCAL_HOST_ID.to_owned(),
        name: "Ana".to_owned(),
    }
}

fn promise(event: HookEvent, what: &str) -> Promise {
    Promise {
        event,
        at: now_ms(),
        body: json!({ "what": what }).as_object().unwrap().clone(),
    }
}

const TAKEN: Attempted = Attempted {
    status: Some(204),
    problem: None,
};

fn refused() -> Attempted {
    Attempted {
        status: Some(500),
        problem: Some("It answered 500.".to_owned()),
    }
}

fn what(due: &Due) -> String {
    let body: serde_json::Value = serde_json::from_str(&due.body).unwrap();
    assert_eq!(body["id"], due.id.as_str());
    body["what"].as_str().unwrap().to_owned()
}

async fn story(database: Database) {
    let limits = HookLimits {
        hooks: 2,
        kept: 4,
        failures: 3,
    };
    let hooks = Webhooks::new(database, limits);
    let new = |name: &'static str, events: &'static [HookEvent]| NewHook {
        name,
        url: "https://example.org/",
        events,
    };
    let actor = ana();
    let (kicks, bans) = (
        new("kicks", &[HookEvent::Kick]),
        new("bans", &[HookEvent::Ban]),
    );
    let kicks = hooks.add(&actor, &kicks).await.unwrap().unwrap();
    let bans = hooks.add(&actor, &bans).await.unwrap().unwrap();
    let third = new("more", &[HookEvent::Ban]);
    assert_eq!(hooks.add(&actor, &third).await.unwrap(), None);
    assert_ne!(kicks.secret, bans.secret);
    let id = kicks.view.id.as_str();
    let seen = async || hooks.hook(id).await.unwrap().unwrap().view;
    assert_eq!(hooks.hook(id).await.unwrap().unwrap(), kicks);
    assert_eq!(kicks.view.told_at, None, "it has told nothing");

    // Whoever wants it is told, in order, by one node at a time.
    for thing in ["one", "two"] {
        let told = hooks.promise(&promise(HookEvent::Kick, thing)).await;
        assert_eq!(told.unwrap(), 1);
    }
    let nobody = hooks.promise(&promise(HookEvent::Crowd, "many")).await;
    assert_eq!(nobody.unwrap(), 0);
    let due = hooks.claim("here").await.unwrap();
    assert_eq!(due.len(), 1, "{due:?}");
    assert_eq!((what(&due[0]).as_str(), &due[0].hook), ("one", &kicks));
    assert_eq!(hooks.claim("there").await.unwrap().len(), 0);
    assert!(!hooks.attempted(&due[0], &TAKEN).await.unwrap());
    let told_at = seen().await.told_at;
    assert!(told_at.is_some());
    let due = hooks.claim("here").await.unwrap();
    assert_eq!(what(&due[0]), "two");

    // The rest waits behind what failed.
    assert!(!hooks.attempted(&due[0], &refused()).await.unwrap());
    hooks
        .promise(&promise(HookEvent::Kick, "three"))
        .await
        .unwrap();
    assert_eq!(hooks.claim("here").await.unwrap().len(), 0);
    let shown = hooks.deliveries(id, 10).await.unwrap();
    let states: Vec<_> = shown
        .iter()
        .map(|it| (it.attempts, it.status, it.delivered_at.is_some()))
        .collect();
    assert_eq!(
        states,
        [
            (0, None, false),
            (1, Some(500), false),
            (1, Some(204), true)
        ]
    );
    assert!(shown[2].next_at.is_none() && shown[1].next_at.is_some());
    let failing = seen().await;
    assert_eq!((failing.failures, failing.told_at), (1, told_at));

    // Too many failures pause it, and nothing is lost by that.
    assert!(!hooks.attempted(&due[0], &refused()).await.unwrap());
    assert!(hooks.attempted(&due[0], &refused()).await.unwrap());
    assert!(!hooks.attempted(&due[0], &refused()).await.unwrap(), "once");
    assert!(
        hooks
            .hook(id)
            .await
            .unwrap()
            .unwrap()
            .view
            .paused_at
            .is_some()
    );
    assert!(hooks.resume(id).await.unwrap());
    assert_eq!(hooks.claim("there").await.unwrap().len(), 0);
    hooks.release("here").await.unwrap();
    let due = hooks.claim("there").await.unwrap();
    assert_eq!((what(&due[0]).as_str(), due[0].attempts), ("two", 4));
    hooks.attempted(&due[0], &TAKEN).await.unwrap();
    assert_eq!(hooks.hook(id).await.unwrap().unwrap().view.failures, 0);

    // What was told goes before what waits.
    for thing in ["four", "five", "six"] {
        hooks
            .promise(&promise(HookEvent::Kick, thing))
            .await
            .unwrap();
    }
    let shown = hooks.deliveries(id, 10).await.unwrap();
    assert_eq!(shown.len(), 4);
    assert!(shown.iter().all(|it| it.delivered_at.is_none()));

    // Of all nodes one turns a mark.
    assert!(!hooks.marked("crowd").await.unwrap());
    assert!(hooks.mark("crowd", true).await.unwrap());
    assert!(!hooks.mark("crowd", true).await.unwrap());
    assert!(hooks.marked("crowd").await.unwrap());
    assert!(hooks.mark("crowd", false).await.unwrap());

    // One that a host tried out has taken something as well.
    let other = bans.view.id.as_str();
    hooks.note_taken(other).await.unwrap();
    let tried = hooks.hook(other).await.unwrap().unwrap();
    assert!(tried.view.told_at.is_some());

    assert!(hooks.remove(id).await.unwrap());
    assert!(!hooks.remove(id).await.unwrap());
    assert!(hooks.deliveries(id, 10).await.unwrap().is_empty());
    assert_eq!(hooks.list().await.unwrap(), [tried]);
}

#[tokio::test]
async fn hooks_are_told_in_order_by_one_node_at_a_time_on_sqlite() {
    stories::on_sqlite(story).await;
}

#[tokio::test]
async fn hooks_are_told_in_order_by_one_node_at_a_time_on_postgres() {
    stories::on_postgres(story).await;
}

async fn refusals(database: Database) {
    let limits = HookLimits {
        hooks: 1,
        kept: 4,
        failures: 3,
    };
    let hooks = Webhooks::new(database, limits);
    let new = NewHook {
        name: "all",
        url: "https://example.org/",
        events: &[HookEvent::Ban, HookEvent::Report],
    };
    let hook = hooks.add(&ana(), &new).await.unwrap().unwrap();
    let id = hook.view.id.as_str();
    for thing in ["long", "short"] {
        hooks
            .promise(&promise(HookEvent::Ban, thing))
            .await
            .unwrap();
    }
    let mut due = hooks.claim("here").await.unwrap().remove(0);
    assert_eq!(what(&due), "long");
    let refused = Attempted {
        status: Some(413),
        problem: Some("It answered 413.".to_owned()),
    };
    for attempts in 0..3 {
        due.attempts = attempts;
        hooks.attempted(&due, &refused).await.unwrap();
    }
    let shown = hooks.deliveries(id, 10).await.unwrap();
    assert_eq!((shown[1].next_at.is_none(), shown[1].attempts), (true, 3));
    assert_eq!(shown[1].delivered_at, None);
    assert!(hooks.resume(id).await.unwrap());
    let due = hooks.claim("here").await.unwrap();
    assert_eq!(what(&due[0]), "short");

    // However many a stranger reports, what moderators did is told.
    for event in [
        HookEvent::Ban,
        HookEvent::Report,
        HookEvent::Report,
        HookEvent::Report,
        HookEvent::Report,
    ] {
        hooks.promise(&promise(event, "more")).await.unwrap();
    }
    let shown = hooks.deliveries(id, 10).await.unwrap();
    let events: Vec<_> = shown.iter().map(|it| it.event.as_str()).collect();
    assert_eq!(events, ["report", "report", "ban", "ban"]);
}

#[tokio::test]
async fn what_is_refused_for_good_holds_nothing_up_on_sqlite() {
    stories::on_sqlite(refusals).await;
}

#[tokio::test]
async fn what_is_refused_for_good_holds_nothing_up_on_postgres() {
    stories::on_postgres(refusals).await;
}
