//! The same story on every database: each query of this module is asked at least once.
//!
//! SQLite always; PostgreSQL where it is installed.

use std::net::IpAddr;

use super::*;
use crate::accounts::{NewSanction, SanctionFilter};
use crate::storage::stories;
use contract::admin::person::{EvidenceLine, Worn};
use contract::admin::{Actor, PersonKind, PersonRef, ReportStatus};
use identity::Network;
use runtime::clock::now_ms;

const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 7));

fn guest() -> PersonRef {
    PersonRef {
        kind: PersonKind::Guest,
        subject: uuid::Uuid::new_v4().simple().to_string(),
    }
}

fn moderator() -> Actor {
    Actor {
        id: "mod".to_owned(),
        name: "Mód".to_owned(),
    }
}

fn named(name: &str) -> Seen {
    Seen {
        name: name.to_owned(),
        player_name: name.to_owned(),
        player_id: format!("player-{name}"),
        appearance: None,
    }
}

async fn story(database: Database) {
    let records = Records::open(&database).await.unwrap();
    people(&records).await;
    mutes(&records, &database).await;
    remarks(&records, &database).await;
    kicks(&records).await;
    reports(&records, &database).await;
    visits(&records).await;
    evidence(&records).await;
    pins(&records, &database).await;
}

async fn pins(records: &Records, database: &Database) {
    let pins = &records.pins;
    let now = now_ms();
    assert_eq!(pins.take().await.unwrap(), None);
    let first = StoredPin::of("The gate closes at nine.", &moderator(), now + 60_000);
    let second = StoredPin::of("The parade starts at three.", &moderator(), now + 90_000);
    for pin in [&first, &second] {
        pins.pin(pin).await.unwrap();
        pins.reload().await.unwrap();
        let standing = pins.standing(now);
        assert_eq!(standing.as_deref(), Some(pin), "one at most");
    }
    assert_eq!(pins.standing(second.until), None, "over");
    let fresh = Records::open(database).await.unwrap();
    assert_eq!(fresh.pins.standing(now).as_deref(), Some(&second));
    // Of two nodes that pin at once both rows are left.
    sqlx::query(
        "INSERT INTO pins (id, message, author, author_name, at, until) \
         SELECT 'theirs', message, author, author_name, at - 1, until FROM pins",
    )
    .execute(database.pool())
    .await
    .unwrap();
    assert_eq!(pins.take().await.unwrap(), Some(second));
    pins.reload().await.unwrap();
    assert_eq!(pins.standing(now), None, "neither of them");
    assert_eq!(pins.take().await.unwrap(), None, "of two, one does");
    pins.reload().await.unwrap();
    assert_eq!(pins.standing(now), None);
}

async fn people(records: &Records) {
    let people = &records.people;
    let (ana, bo) = (guest(), guest());
    let there: IpAddr = "::ffff:198.51.100.9".parse().unwrap();
    people.seen(ana.clone(), named("Ana"), HERE);
    people.seen(ana.clone(), named("Anita"), HERE);
    people.seen(ana.clone(), named("Anita"), there);
    people.seen(bo.clone(), named("Bo"), there);
    assert_eq!(
        people.sighting(&ana).await.unwrap(),
        None,
        "not written yet"
    );
    people.write().await.unwrap();
    people.write().await.unwrap();
    let seen = people.sighting(&ana).await.unwrap().unwrap();
    assert_eq!(seen.name, "Anita");
    assert!(seen.first_seen_at <= seen.last_seen_at);
    people.seen(ana.clone(), named("Ana again"), HERE);
    people.write().await.unwrap();
    let again = people.sighting(&ana).await.unwrap().unwrap();
    assert_eq!(
        (again.name.as_str(), again.first_seen_at),
        ("Ana again", seen.first_seen_at)
    );

    let worn = Worn {
        hair: Some(Some("bun-umber".to_owned())),
        face: Some(None),
        ..Worn::default()
    };
    let dressed = Seen {
        appearance: Some(worn.clone()),
        ..named("Ana again")
    };
    people.seen(ana.clone(), dressed, HERE);
    people.write().await.unwrap();
    let portrait = people.portrait(&ana).await.unwrap().unwrap();
    assert_eq!(portrait.player_id, "player-Ana again");
    assert_eq!(portrait.appearance, Some(worn));
    let plain = people.portrait(&bo).await.unwrap().unwrap();
    assert_eq!(plain.appearance, None);
    assert_eq!(people.portrait(&guest()).await.unwrap(), None);

    let names = people.names(&ana, 10).await.unwrap();
    let names: Vec<_> = names.into_iter().map(|it| it.name).collect();
    assert_eq!(names[0], "Ana again");
    assert_eq!(names.len(), 3, "also one that lasted a moment");
    assert_eq!(people.names(&bo, 1).await.unwrap().len(), 1);

    let newcomers = async |from, until| people.newcomers(from, until).await.unwrap();
    assert_eq!(newcomers(seen.first_seen_at, now_ms() + 1).await, 2);
    assert_eq!(newcomers(now_ms() + 1, i64::MAX).await, 0);

    let addresses = people.addresses(&ana, 10).await.unwrap();
    assert_eq!(addresses.len(), 2);
    assert_eq!(addresses[0], HERE.to_string(), "the newest first");
    assert_eq!(people.addresses(&ana, 1).await.unwrap().len(), 1);
    let others = people.under(&addresses, &ana, 50).await.unwrap();
    assert!(others.iter().any(|it| it.person == bo && it.name == "Bo"));
    assert!(others.iter().all(|it| it.person != ana));

    let stay = StoredVisit::of(ana.clone(), "player-Ana", "Ana", (1000, 2000));
    records.visits.ended(stay);
    records.visits.write().await.unwrap();
    let stranger = guest();
    let asked = [bo.clone(), stranger.clone(), ana.clone()];
    let known = people.known_as(&asked).await.unwrap();
    assert_eq!(known[&ana].names, names, "the newest first");
    assert_eq!((known[&ana].visits, known[&bo].visits), (1, 0));
    assert_eq!(known.get(&stranger), None);
    let many: Vec<_> = std::iter::repeat_with(guest).take(120).collect();
    assert_eq!(people.known_as(&many).await.unwrap().len(), 0);
    // The story of the visits counts all of them.
    records.visits.forget_before(3000).await.unwrap();

    people.forget_before(now_ms() - 60_000).await.unwrap();
    assert_eq!(people.addresses(&ana, 10).await.unwrap().len(), 2);
    people.forget_before(now_ms() + 1).await.unwrap();
    assert_eq!(
        people.addresses(&ana, 10).await.unwrap(),
        Vec::<String>::new()
    );
    people.forget_names(now_ms() + 1).await.unwrap();
    assert_eq!(people.names(&ana, 10).await.unwrap(), []);
    assert_eq!(people.sighting(&ana).await.unwrap(), None);
}

async fn mutes(records: &Records, database: &Database) {
    let (ana, now) = (guest(), now_ms());
    let by = moderator();
    let new = |until| NewSanction {
        subject: ana.clone(),
        subject_name: Some("Ána"),
        reason: "loud",
        until,
        by: &by,
    };
    let short = records.mutes.create(new(Some(now + 60_000))).await.unwrap();
    let long = records.mutes.create(new(None)).await.unwrap();
    let active = |mutes: &Mutes, now| mutes.active(&[guest(), ana.clone()], now);
    assert_eq!(
        active(&records.mutes, now),
        Some((long.id.clone(), long.active())),
        "the longest counts"
    );
    let fresh = Records::open(database).await.unwrap();
    assert_eq!(active(&fresh.mutes, now).unwrap().0, long.id);
    // As an earlier version has left it.
    sqlx::query("UPDATE mutes SET searchable = NULL WHERE id = $1")
        .bind(short.id.clone())
        .execute(database.pool())
        .await
        .unwrap();
    let filter = |search: &str, active| SanctionFilter {
        search: search.to_owned(),
        active,
        subject: Some(ana.clone()),
        ..SanctionFilter::default()
    };
    for (filter, found) in [
        (filter("", None), 2),
        (filter(&ana.subject, Some(true)), 2),
        (filter("LOUD", Some(true)), 2),
        (filter("ÁNA", Some(true)), 2),
        (filter("Ána", Some(true)), 2),
        (filter("quiet", None), 0),
        (filter("", Some(false)), 0),
    ] {
        let (total, _) = records.mutes.list(&filter, 5, 0).await.unwrap();
        assert_eq!(total, found, "{filter:?}");
    }
    let lifted = records.mutes.lift(&long.id, &by).await.unwrap().unwrap();
    assert!(lifted.lifted_at.is_some());
    assert_eq!(lifted.lifted_by.as_ref(), Some(&by));
    assert_eq!(records.mutes.lift(&long.id, &by).await.unwrap(), None);
    assert_eq!(
        active(&records.mutes, now),
        Some((short.id.clone(), short.active()))
    );
    assert_eq!(active(&records.mutes, now + 60_000), None, "over");
    let (_, ended) = records
        .mutes
        .list(&filter("", Some(false)), 5, 0)
        .await
        .unwrap();
    assert_eq!(ended, [lifted]);
}

async fn remarks(records: &Records, database: &Database) {
    let (ana, by) = (guest(), moderator());
    let add = async |kind, text: &str| records.remarks.add(kind, &ana, &by, text).await.unwrap();
    let note = add(RemarkKind::Note, "Watch her.").await;
    add(RemarkKind::Warning, "Be kind.").await;
    let warning = add(RemarkKind::Warning, "Be kinder.").await;
    let about = async |kind, limit| records.remarks.about(kind, &ana, limit).await.unwrap();
    assert_eq!(
        about(RemarkKind::Note, 5).await,
        std::slice::from_ref(&note)
    );
    assert_eq!(
        about(RemarkKind::Warning, 1).await,
        std::slice::from_ref(&warning)
    );
    records.remarks.read(&guest(), &warning.id).await.unwrap();
    records.remarks.read(&ana, &note.id).await.unwrap();
    let unread = about(RemarkKind::Warning, 5).await;
    assert!(unread.iter().all(|it| it.read_at.is_none()), "not theirs");
    records.remarks.read(&ana, &warning.id).await.unwrap();
    let read = about(RemarkKind::Warning, 1).await.remove(0);
    assert!(read.read_at.is_some_and(|at| at >= read.at));
    records.remarks.read(&ana, &warning.id).await.unwrap();
    assert_eq!(
        about(RemarkKind::Warning, 1).await,
        [read],
        "once is enough"
    );
    let fresh = Records::open(database).await.unwrap();
    assert_eq!(fresh.counts.warnings(&ana), 2);
    let delete = async |id: &str| records.remarks.delete_note(id).await.unwrap();
    assert_eq!(delete(&warning.id).await, None, "a warning stays");
    assert_eq!(delete(&note.id).await, Some(note.clone()));
    assert_eq!(delete(&note.id).await, None);
    // Who has a record is remembered, also when the addresses are forgotten.
    records.people.seen(ana.clone(), named("Ana"), HERE);
    records.people.write().await.unwrap();
    records.people.forget_before(now_ms() + 1).await.unwrap();
    assert!(records.people.sighting(&ana).await.unwrap().is_some());
}

async fn kicks(records: &Records) {
    let (ana, bo, by) = (guest(), guest(), moderator());
    let first = records.kicks.add(&ana, &by, "Spam.").await.unwrap();
    let second = records.kicks.add(&ana, &by, "").await.unwrap();
    assert_eq!(
        records.kicks.of(&ana, 5).await.unwrap(),
        [second.clone(), first]
    );
    assert_eq!(records.kicks.of(&ana, 1).await.unwrap(), [second]);
    assert_eq!(records.kicks.of(&bo, 5).await.unwrap(), []);
    records.people.seen(ana.clone(), named("Ana"), HERE);
    records.people.write().await.unwrap();
    records.people.forget_before(now_ms() + 1).await.unwrap();
    assert!(records.people.sighting(&ana).await.unwrap().is_some());
}

async fn reports(records: &Records, database: &Database) {
    let (ana, bo, by) = (guest(), guest(), moderator());
    let party = |player: &str, person: Option<&PersonRef>| ReportParty {
        player_id: player.to_owned(),
        name: player.to_uppercase(),
        person: person.cloned(),
    };
    let network = Network::of([203, 0, 113, 7].into());
    let new = |target| NewReport {
        reporter: party("ana", Some(&ana)),
        network: Some(network),
        target,
        reason: "shouts".to_owned(),
    };
    let reports = &records.reports;
    let known = reports.add(&new(party("bo", Some(&bo)))).await.unwrap();
    let unknown = reports.add(&new(party("gone", None))).await.unwrap();
    records.recount().await.unwrap();
    let counts = &records.counts;
    assert_eq!((counts.reports_by(&ana), counts.reports_about(&bo)), (2, 1));
    assert_eq!(counts.reports_from(network), 2);
    assert_eq!(
        reports.about(&bo, 5).await.unwrap(),
        std::slice::from_ref(&known)
    );
    let made = reports.by(&ana, 5).await.unwrap();
    assert_eq!(made, [unknown.clone(), known.clone()]);
    assert_eq!(reports.by(&bo, 5).await.unwrap(), []);
    assert_eq!(
        reports.by_id(&unknown.id).await.unwrap(),
        Some(unknown.clone())
    );
    let (_, open) = reports.list(Some(ReportStatus::Open), 2, 0).await.unwrap();
    assert_eq!(open, [unknown, known.clone()]);

    reports.forget_networks(now_ms() + 1).await.unwrap();
    records.recount().await.unwrap();
    assert_eq!(
        (counts.reports_from(network), counts.reports_by(&ana)),
        (0, 2)
    );
    let known = StoredReport {
        network: None,
        ..known
    };

    let close = reports.set_status(&known.id, ReportStatus::Dismissed, Some("a joke"), &by);
    let closed = close.await.unwrap().unwrap();
    assert_eq!(
        (&closed.closed_by, closed.note.as_deref()),
        (&Some(by.clone()), Some("a joke"))
    );
    assert!(closed.closed_at.is_some());
    let fresh = Records::open(database).await.unwrap();
    assert_eq!(
        (
            fresh.counts.reports_by(&ana),
            fresh.counts.reports_about(&bo)
        ),
        (1, 0)
    );
    let median = async |from| reports.median_answer_ms(from).await.unwrap();
    let closed_at = closed.closed_at.unwrap();
    assert_eq!(
        median(closed_at).await,
        Some((closed_at - closed.at) as u64)
    );
    assert_eq!(median(closed_at + 1).await, None, "closed before");
    let again = reports.set_status(&known.id, ReportStatus::Open, None, &by);
    let again = again.await.unwrap().unwrap();
    assert_eq!(
        (again.closed_by, again.note.as_deref()),
        (None, Some("a joke"))
    );
    let missing = reports.set_status("none", ReportStatus::Open, None, &by);
    assert_eq!(missing.await.unwrap(), None);
    let (total, all) = reports.list(None, 1, 1).await.unwrap();
    assert!(total >= 2);
    assert_eq!(all.len(), 1);
}

async fn visits(records: &Records) {
    let (ana, bo) = (guest(), guest());
    let visit = |name: &str, times| StoredVisit {
        how: "left".to_owned(),
        ..StoredVisit::of(ana.clone(), "p", name, times)
    };
    let (first, second) = (
        visit("Ana", (1_000, 61_000)),
        visit("Anita", (70_000, 75_000)),
    );
    records.visits.ended(first.clone());
    records.visits.ended(second.clone());
    assert_eq!(
        records.visits.of(&ana, 9).await.unwrap(),
        [],
        "not written yet"
    );
    records.write().await.unwrap();
    records.write().await.unwrap();
    let all = [second, first];
    assert_eq!(records.visits.of(&ana, 9).await.unwrap(), all);
    assert_eq!(records.visits.of(&ana, 1).await.unwrap(), all[..1]);
    let sum = VisitSum {
        count: 2,
        total_ms: 65_000,
    };
    assert_eq!(records.visits.sum(&ana).await.unwrap(), sum);
    assert_eq!(records.visits.sum(&bo).await.unwrap(), VisitSum::default());
    days_visits(records, &all).await;
    assert_eq!(records.visits.forget_before(70_000).await.unwrap(), 1);
    assert_eq!(records.visits.of(&ana, 9).await.unwrap(), all[..1]);
}

/// The two visits as the list of a day and its numbers have them.
async fn days_visits(records: &Records, all: &[StoredVisit]) {
    let visits = &records.visits;
    let check = async |filter: VisitFilter, total, expected: &[StoredVisit]| {
        let page = visits.list(&filter, 1, 0).await.unwrap();
        assert_eq!(page, (total, expected.to_vec()), "{filter:?}");
    };
    let search = |search: &str| VisitFilter {
        search: search.to_owned(),
        ..VisitFilter::default()
    };
    check(VisitFilter::default(), 2, &all[..1]).await;
    check(search(" ANI"), 1, &all[..1]).await;
    check(search("an%"), 0, &[]).await;
    let earlier = VisitFilter {
        from: Some(61_000),
        to: Some(75_000),
        ..VisitFilter::default()
    };
    check(earlier, 1, &all[1..]).await;
    let ended = |count, total_ms| EndedVisits {
        how: "left".to_owned(),
        count,
        total_ms,
    };
    let between = async |from, until| visits.ended_between(from, until).await.unwrap();
    assert_eq!(between(0, 75_001).await, [ended(2, 65_000)]);
    assert_eq!(between(51_000, 75_000).await, [ended(1, 10_000)]);
    assert_eq!(between(75_001, i64::MAX).await, []);
}

async fn evidence(records: &Records) {
    let act = uuid::Uuid::now_v7().to_string();
    let line = |content: &str| EvidenceLine {
        id: "m1".to_owned(),
        at: "2026-01-01T00:00:00.000Z".to_owned(),
        player_id: "p".to_owned(),
        author: "Ána".to_owned(),
        content: content.to_owned(),
        about: true,
    };
    let evidence = &records.evidence;
    assert_eq!(evidence.of(&act).await.unwrap(), None);
    evidence.keep(&act, &[line("go away")]).await.unwrap();
    evidence.keep(&act, &[line("other words")]).await.unwrap();
    let kept = Some(vec![line("go away")]);
    assert_eq!(evidence.of(&act).await.unwrap(), kept, "what is kept stays");
    evidence.forget_before(now_ms() - 60_000).await.unwrap();
    assert_eq!(evidence.of(&act).await.unwrap(), kept);
    evidence.forget_before(now_ms() + 1).await.unwrap();
    assert_eq!(evidence.of(&act).await.unwrap(), None);
}

#[tokio::test]
async fn on_sqlite() {
    stories::on_sqlite(story).await;
}

#[tokio::test]
async fn on_postgres() {
    stories::on_postgres(story).await;
}
