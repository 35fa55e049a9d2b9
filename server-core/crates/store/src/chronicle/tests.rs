use super::stretch::joined;
use super::*;
use crate::storage::stories;

/// A moment that begins a quarter of an hour.
const NOW: i64 = 1_800_000_000_000;
const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

fn node(database: &Database, id: &str) -> Chronicle {
    Chronicle::new(database.clone(), id.into())
}

fn people(people: u64) -> MeasuredSecond {
    MeasuredSecond {
        people,
        ..MeasuredSecond::default()
    }
}

/// Notes one second after another, the first of which ends a second after `from`.
fn live(chronicle: &Chronicle, from: i64, seconds: impl IntoIterator<Item = u64>) {
    for (n, here) in (1..).zip(seconds) {
        chronicle.note(from + n * 1000 - 1, &people(here));
    }
}

/// Ends the growing stretch and writes everything.
async fn close(chronicle: &Chronicle) {
    chronicle.unwritten.lock().finish();
    chronicle.write().await.unwrap();
}

/// When, seconds measured, people on average, most of them.
async fn told(chronicle: &Chronicle, span: (i64, i64), step_ms: i64) -> Vec<(i64, i64, f64, i64)> {
    let found = chronicle.read(span, step_ms).await.unwrap();
    let told = found.iter();
    told.map(|it| (it.at - NOW, it.seconds, it.mean_people(), it.most_people))
        .collect()
}

async fn rows(database: &Database) -> i64 {
    sqlx::query_scalar("SELECT COUNT(*) FROM chronicle")
        .fetch_one(database.pool())
        .await
        .unwrap()
}

async fn story(database: Database) {
    // Two nodes, and one of them is started again: it has another id then.
    let (a, b) = (node(&database, "a"), node(&database, "b"));
    live(&a, NOW, std::iter::repeat_n(3, 30));
    live(&b, NOW, std::iter::repeat_n(4, 14));
    assert_eq!(told(&a, (0, i64::MAX), 10_000).await, [], "not written yet");
    close(&a).await;
    close(&b).await;
    let again = node(&database, "c");
    live(&again, NOW + 16_000, std::iter::repeat_n(4, 4));
    close(&again).await;
    let all = (NOW, NOW + 30_000);
    let expected = [
        (0, 10, 7.0, 7),
        // Six of the ten seconds of b were missed by nobody: what was measured counts.
        (10_000, 10, 6.2, 7),
        (20_000, 10, 3.0, 3),
    ];
    assert_eq!(told(&a, all, 10_000).await, expected);
    let minute = [(0, 30, 5.4, 7)];
    assert_eq!(told(&a, all, 60_000).await, minute);

    // A sum goes as far as every node has written that is here, and is not waited for longer than it may take.
    let both = ["a".to_owned(), "c".to_owned()];
    let until =
        async |nodes: &[String], now: i64| a.written_by_all(nodes, NOW + now).await.unwrap() - NOW;
    assert_eq!(until(&both[..1], 39_000).await, 30_000);
    assert_eq!(until(&both, 39_000).await, 20_000, "c is behind");
    assert_eq!(until(&both, 25_000).await, 20_000, "and never ahead");
    assert_eq!(until(&both, 86_000).await, 30_000, "c writes no more");
    assert_eq!(until(&[], 39_000).await, 30_000);

    // Thinned, a lone second with nine and the time without a server are still there.
    live(&a, NOW + 120_000, [0, 0, 9, 0, 0]);
    close(&a).await;
    let span = (NOW, NOW + HOUR);
    let minutes = [(0, 30, 5.4, 7), (120_000, 5, 1.8, 9)];
    assert_eq!(told(&a, span, 60_000).await, minutes);
    a.thin(NOW + HOUR, 30).await.unwrap();
    assert_eq!(rows(&database).await, 7, "too young");
    a.thin(NOW + 3 * HOUR, 30).await.unwrap();
    b.thin(NOW + 3 * HOUR, 30).await.unwrap();
    assert_eq!(rows(&database).await, 2);
    assert_eq!(told(&a, span, 60_000).await, minutes);

    // What comes late joins what is there.
    live(&b, NOW + 130_000, std::iter::repeat_n(1, 5));
    close(&b).await;
    a.thin(NOW + 3 * HOUR, 30).await.unwrap();
    assert_eq!(told(&a, span, 60_000).await[1], (120_000, 10, 1.4, 9));

    a.thin(NOW + 3 * DAY, 30).await.unwrap();
    assert_eq!(rows(&database).await, 1);
    let quarter = [(0, 40, 4.4, 9)];
    assert_eq!(told(&a, span, 1_800_000).await, quarter);
    a.thin(NOW + 30 * DAY, 30).await.unwrap();
    assert_eq!(rows(&database).await, 1, "exactly as old as may be");
    a.thin(NOW + 31 * DAY, 30).await.unwrap();
    assert_eq!(rows(&database).await, 0);
}

#[tokio::test]
async fn the_story_on_sqlite() {
    stories::on_sqlite(story).await;
}

#[tokio::test]
async fn the_story_on_postgres() {
    stories::on_postgres(story).await;
}

#[tokio::test]
async fn a_clock_that_is_set_back_neither_doubles_nor_loses_anybody() {
    stories::on_sqlite(async |database| {
        let chronicle = node(&database, "a");
        live(&chronicle, NOW, std::iter::repeat_n(5, 20));
        // By a little: it stays the same stretch.
        chronicle.note(NOW + 9_000, &people(5));
        chronicle.note(NOW + 19_999, &people(5));
        close(&chronicle).await;
        let span = (NOW - DAY, NOW + DAY);
        let told_once = told(&chronicle, span, 10_000).await;
        assert_eq!(told_once, [(0, 10, 5.0, 5), (10_000, 10, 5.0, 5)]);
        // By much: the time is told again.
        live(&chronicle, NOW - 10_000, std::iter::repeat_n(6, 30));
        close(&chronicle).await;
        let told_twice = told(&chronicle, span, 10_000).await;
        let expected = [-10_000, 0, 10_000].map(|at| (at, 10, 6.0, 6));
        assert_eq!(told_twice, expected);
        // Thinned before it is told again: the mean of both.
        chronicle.thin(NOW + 3 * HOUR, 30).await.unwrap();
        live(&chronicle, NOW, std::iter::repeat_n(2, 60));
        close(&chronicle).await;
        chronicle.thin(NOW + 3 * HOUR, 30).await.unwrap();
        let minute = told(&chronicle, (NOW, NOW + 60_000), 60_000).await;
        assert_eq!(minute, [(0, 60, 3.0, 6)]);
        // A time that is far ahead was none.
        live(&chronicle, NOW + 9 * DAY, std::iter::repeat_n(8, 10));
        close(&chronicle).await;
        chronicle.thin(NOW + 3 * HOUR, 30).await.unwrap();
        assert_eq!(rows(&database).await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_database_that_fails_costs_nothing_but_the_oldest() {
    stories::on_sqlite(async |database| {
        let chronicle = node(&database, "a");
        let rename = async |from: &'static str, to: &'static str| {
            let sql = format!("ALTER TABLE {from} RENAME TO {to}");
            let sql = sqlx::AssertSqlSafe(sql);
            sqlx::query(sql).execute(database.pool()).await.unwrap();
        };
        rename("chronicle", "elsewhere").await;
        live(&chronicle, NOW, std::iter::repeat_n(1, 30));
        assert!(chronicle.write().await.is_err());
        assert_eq!(chronicle.unwritten.lock().waiting.len(), 2);
        live(&chronicle, NOW + 30_000, std::iter::repeat_n(1, 4000));
        assert!(chronicle.write().await.is_err());
        rename("elsewhere", "chronicle").await;
        close(&chronicle).await;
        let told = told(&chronicle, (NOW, NOW + DAY), 10_000).await;
        assert_eq!(told.len(), WAITING);
        assert_eq!(told.last().unwrap().0, 4_020_000);
    })
    .await;
}

#[tokio::test]
async fn what_grows_at_the_end_is_written() {
    stories::on_sqlite(async |database| {
        let chronicle = node(&database, "a");
        live(&chronicle, NOW, std::iter::repeat_n(2, 13));
        let stop = CancellationToken::new();
        stop.cancel();
        chronicle.clone().keep(|| 30, stop).await;
        let told = told(&chronicle, (NOW, NOW + DAY), 10_000).await;
        assert_eq!(told, [(0, 10, 2.0, 2), (10_000, 3, 2.0, 2)]);
    })
    .await;
}

#[tokio::test]
async fn a_stretch_is_written_as_soon_as_it_is_over() {
    stories::on_sqlite(async |database| {
        let chronicle = node(&database, "a");
        let stop = CancellationToken::new();
        let keeping = tokio::spawn(chronicle.clone().keep(|| 3650, stop.clone()));
        // Of today: what is far ahead is thinned away.
        let begin = Grain::Fine.begin(now_ms());
        live(&chronicle, begin, std::iter::repeat_n(2, 11));
        let written = async {
            loop {
                let found = chronicle.read((begin, i64::MAX), 10_000).await.unwrap();
                if let Some(first) = found.first() {
                    return first.seconds;
                }
                tokio::task::yield_now().await;
            }
        };
        let written = tokio::time::timeout(Duration::from_secs(20), written).await;
        assert_eq!(written.unwrap(), 10);
        stop.cancel();
        keeping.await.unwrap();
    })
    .await;
}

#[test]
fn joining_keeps_means_sums_and_the_worst() {
    let stretch = |at, people: i64, flush| Stretch {
        at,
        seconds: 10,
        people: people * 10,
        most_people: people + 1,
        messages: 2,
        flush_us: [flush, None, None],
        ..Stretch::default()
    };
    let quiet = stretch(0, 2, None);
    let busy = stretch(10_000, 40, Some(900));
    let other = stretch(60_000, 1, Some(3));
    let minutes = joined([other, quiet, busy], 60_000);
    let [first, second] = minutes[..] else {
        panic!("{minutes:?}")
    };
    assert_eq!((first.at, first.seconds, first.messages), (0, 20, 4));
    assert_eq!((first.mean_people(), first.most_people), (21.0, 41));
    assert_eq!(first.flush_us, [Some(900), None, None]);
    assert_eq!((second.at, second.most_people), (60_000, 2));
}
