use super::*;
use contract::rest::MessageStatus;
use runtime::clock::iso;

async fn archive() -> (tempfile::TempDir, Database, Archive) {
    let dir = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}?mode=rwc", dir.path().join("db").display());
    let database = Database::open(&url).await.unwrap();
    let archive = Archive::new(database.clone());
    (dir, database, archive)
}

fn message(number: i64, content: &str) -> ChatMessage {
    ChatMessage {
        id: MessageId(format!("m{number:04}")),
        player_id: "ana".to_owned(),
        author: "Ana Á".to_owned(),
        content: content.to_owned(),
        timestamp: iso(1_700_000_000_000 + number),
    }
}

async fn recent(archive: &Archive, limit: u32) -> Vec<ChatMessage> {
    let found = archive.recent(limit).await.unwrap();
    found.into_iter().map(|archived| archived.message).collect()
}

/// Writes everything that waits.
async fn flush(archive: &Archive) {
    let stop = CancellationToken::new();
    stop.cancel();
    archive.writer(stop).await;
}

#[tokio::test]
async fn what_was_said_is_there_after_a_restart_in_its_order() {
    let (_dir, database, archive) = archive().await;
    for number in 0..300 {
        assert!(archive.push(message(number, &format!("line {number}")), None));
    }
    flush(&archive).await;
    assert_eq!(archive.waiting(), 0);
    let again = Archive::new(database);
    let recent = recent(&again, 50).await;
    assert_eq!(recent.len(), 50);
    assert_eq!(recent[0], message(250, "line 250"));
    assert_eq!(recent[49], message(299, "line 299"));
}

#[tokio::test]
async fn a_message_is_removed_also_while_it_waits() {
    let (_dir, _database, archive) = archive().await;
    archive.push(message(1, "rude"), None);
    archive.push(message(2, "kind"), None);
    let id = MessageId("m0001".to_owned());
    let removal = tokio::spawn({
        let (archive, id) = (archive.clone(), id.clone());
        async move { archive.mark_removed(&id, "mod").await.unwrap() }
    });
    while archive.waiting() < 3 {
        tokio::task::yield_now().await;
    }
    flush(&archive).await;
    assert!(removal.await.unwrap());
    assert!(!archive.mark_removed(&id, "mod").await.unwrap());
    assert!(
        !archive
            .mark_removed(&MessageId("x".to_owned()), "mod")
            .await
            .unwrap()
    );
    let visible = recent(&archive, 50).await;
    assert_eq!(visible, [message(2, "kind")]);
}

#[tokio::test]
async fn a_full_queue_loses_the_newest_and_says_so() {
    let (_dir, _database, archive) = archive().await;
    for number in 0..QUEUE_MESSAGES as i64 {
        assert!(archive.push(message(number, "x"), None));
    }
    assert!(archive.is_degraded());
    assert!(!archive.push(message(9999, "late"), None));
    assert_eq!(archive.dropped(), 1);
    flush(&archive).await;
    assert!(!archive.is_degraded());
    assert_eq!(archive.recent(9000).await.unwrap().len(), QUEUE_MESSAGES);
}

#[tokio::test]
async fn a_failing_database_degrades_and_loses_nothing() {
    let (_dir, database, archive) = archive().await;
    let rename = |from: &'static str, to: &'static str| {
        let sql = format!("ALTER TABLE {from} RENAME TO {to}");
        let database = database.clone();
        async move {
            sqlx::query(sqlx::AssertSqlSafe(sql))
                .execute(database.pool())
                .await
                .unwrap();
        }
    };
    rename("chat_messages", "elsewhere").await;
    let stop = CancellationToken::new();
    let writer = tokio::spawn(archive.writer(stop.clone()));
    archive.push(message(1, "kept"), None);
    while !archive.is_degraded() {
        tokio::task::yield_now().await;
    }
    rename("elsewhere", "chat_messages").await;
    while archive.is_degraded() {
        tokio::task::yield_now().await;
    }
    assert_eq!(recent(&archive, 5).await, [message(1, "kept")]);
    stop.cancel();
    writer.await.unwrap();
}

#[tokio::test]
async fn messages_are_found_by_content_author_status_and_time() {
    let (_dir, _database, archive) = archive().await;
    archive.push(message(1, "The HARBOUR is lit"), None);
    archive.push(message(2, "100% sure_thing"), None);
    archive.push(message(3, "ÉCOLE"), None);
    flush(&archive).await;
    archive
        .mark_removed(&MessageId("m0003".to_owned()), "mod")
        .await
        .unwrap();
    let check = async |filter: MessageFilter, expected: &[&str]| {
        let (total, found) = archive.list(&filter, 10, 0).await.unwrap();
        let ids: Vec<_> = found.iter().map(|m| m.message.id.0.as_str()).collect();
        assert_eq!(ids, expected, "{filter:?}");
        assert_eq!(total as usize, expected.len());
    };
    let search = |text: &str| MessageFilter {
        search: text.to_owned(),
        ..Default::default()
    };
    let user = |text: &str| MessageFilter {
        user: text.to_owned(),
        ..Default::default()
    };
    check(MessageFilter::default(), &["m0003", "m0002", "m0001"]).await;
    check(search("harbour"), &["m0001"]).await;
    check(search("0% S"), &["m0002"]).await;
    check(search("sureXthing"), &[]).await;
    check(search("école"), &["m0003"]).await;
    check(user("ana"), &["m0003", "m0002", "m0001"]).await;
    check(user("á"), &["m0003", "m0002", "m0001"]).await;
    check(user("bo"), &[]).await;
    let removed = MessageFilter {
        status: Some(MessageStatus::Removed),
        ..Default::default()
    };
    check(removed, &["m0003"]).await;
    let between = MessageFilter {
        from: Some(1_700_000_000_002),
        to: Some(1_700_000_000_003),
        status: Some(MessageStatus::Visible),
        ..Default::default()
    };
    check(between, &["m0002"]).await;
    let (total, page) = archive.list(&MessageFilter::default(), 1, 1).await.unwrap();
    assert_eq!((total, page[0].message.id.0.as_str()), (3, "m0002"));
}
