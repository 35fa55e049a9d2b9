//! The first ping comes after `pingInterval`, the next ones as well, and who answers none is gone.

use std::time::{Duration, Instant};

use tests::{Packet, TestServer, soon};

const INTERVAL: Duration = Duration::from_secs(1);

#[tokio::test]
async fn the_first_heartbeat_comes_after_the_interval() {
    let server = TestServer::with(|config| config.listen.ping_interval = INTERVAL).await;
    for connect in [server.connect(), server.connect().polling()] {
        let opened = Instant::now();
        let mut client = connect.dial().await.unwrap();
        client.send(vec![connect.hello()]).await;
        for beat in 1..=3_u32 {
            // Answered by the client itself.
            while soon("a heartbeat", client.packet())
                .await
                .expect("it goes on")
                != Packet::Ping
            {}
            assert!(
                opened.elapsed() >= INTERVAL * beat,
                "beat {beat} came early"
            );
        }
        client.join("ada").await;
        client.call_bare("player:leave").await;
    }
}

#[tokio::test]
async fn who_answers_no_heartbeat_is_gone() {
    let server = TestServer::with(|config| {
        config.listen.ping_interval = Duration::from_millis(300);
        config.listen.ping_timeout = Duration::from_millis(300);
        config.session.slow_consumer_timeout = Duration::from_secs(600);
    })
    .await;
    let mut witness = server.connect().open().await;
    for connect in [server.connect(), server.connect().polling()] {
        // Nobody reads for it once it has joined, so nobody answers.
        let mut silent = connect.open().await;
        silent.join("silent").await;
        while witness.find("player:left").await["id"] != "silent" {}
        drop(silent);
    }
}
