use std::future::poll_fn;
use std::sync::mpsc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{SinkExt as _, StreamExt as _};
use socketioxide::SocketIo;
use socketioxide::adapter::LocalAdapter;
use socketioxide::extract::SocketRef;
use socketioxide::handler::ConnectHandler;
use socketioxide::socket::Socket;
use socketioxide_core::Value;
use tokio::io::DuplexStream;
use tokio::sync::oneshot;
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::Role;
use tower::ServiceExt as _;

use super::*;
use crate::gateway::engine::scripted::{LeftOut, Scripted, ScriptedStep};

const LIMIT: Duration = Duration::from_secs(10);

async fn over(holds: Arc<Holds>) {
    poll_fn(|cx| holds.poll_over(cx)).await;
}

#[tokio::test]
async fn what_waits_goes_on_after_the_last() {
    let holds = Arc::new(Holds::default());
    over(holds.clone()).await;
    let first = holds.begin();
    let second = holds.begin();
    let mut waiting = [(); 3].map(|()| Box::pin(over(holds.clone())));
    for waits in &mut waiting {
        assert!(futures_util::poll!(waits).is_pending());
    }
    drop(first);
    for waits in &mut waiting {
        assert!(futures_util::poll!(waits).is_pending());
    }
    drop(second);
    for waits in waiting {
        timeout(LIMIT, waits).await.unwrap();
    }
}

#[test]
fn without_a_runtime_it_ends_at_once() {
    let holds = Arc::new(Holds::default());
    holds.begin().end_behind_this_poll();
    let cx = Context::from_waker(Waker::noop());
    assert!(holds.poll_over(&cx).is_ready());
}

/// Has the rest of the current task polled by a thread that has just taken as many tasks from its own
/// place for the next one as it may. What is spawned then is for any thread.
async fn be_the_last_of_a_chain() {
    tokio::task::yield_now().await;
    let (end, ended) = oneshot::channel();
    tokio::spawn(async {
        tokio::spawn(async { end.send(()) });
    });
    ended.await.unwrap();
}

/// Goes back and forth with another thread of the runtime, so that it has run what it could.
fn let_others_run(runtime: &tokio::runtime::Handle) {
    for _ in 0..100 {
        let (done, is_done) = mpsc::channel();
        runtime.spawn(async move { done.send(()) });
        is_done.recv_timeout(LIMIT).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_outlasts_the_poll_whatever_other_threads_do() {
    for _ in 0..100 {
        let holds = Arc::new(Holds::default());
        let held = holds.clone();
        let polled = tokio::spawn(async move {
            be_the_last_of_a_chain().await;
            held.begin().end_behind_this_poll();
            // From outside: what is spawned here may wait for this thread.
            let runtime = tokio::runtime::Handle::current();
            let outside = std::thread::spawn(move || let_others_run(&runtime));
            outside.join().unwrap();
            let cx = Context::from_waker(Waker::noop());
            held.poll_over(&cx).is_pending()
        });
        assert!(polled.await.unwrap(), "it ended within the poll");
        timeout(LIMIT, over(holds)).await.unwrap();
    }
}

/// A connect handler that returns late: what the library does behind it comes later still.
#[derive(Clone)]
struct Late {
    /// Told before it waits, and asked to go on.
    calls: mpsc::Sender<mpsc::Sender<()>>,
}

impl ConnectHandler<LocalAdapter, ()> for Late {
    fn call(&self, _socket: Arc<Socket<LocalAdapter>>, _auth: Option<Value>) {
        let (go_on, may_go_on) = mpsc::channel();
        self.calls.send(go_on).unwrap();
        may_go_on.recv_timeout(LIMIT).unwrap();
    }
}

/// The library behind [`Scripted`], with one namespace whose answers are held as the gateway's are.
async fn library(calls: mpsc::Sender<mpsc::Sender<()>>) -> WebSocketStream<DuplexStream> {
    let holds = Arc::new(Holds::default());
    let held = holds.clone();
    let open = move |_: SocketRef<LocalAdapter>| {
        let held = held.clone();
        async move {
            be_the_last_of_a_chain().await;
            held.begin().end_behind_this_poll();
            Ok::<(), std::convert::Infallible>(())
        }
    };
    let (library, io) = SocketIo::new_svc();
    io.ns("/", Late { calls }.with(open));
    let (near, far) = tokio::io::duplex(4096);
    let steps = [
        ScriptedStep::AwaitLeftOut(0),
        ScriptedStep::Give(Bytes::from_static(b"\x81\x81\0\0\0\x003")),
    ];
    let stream = Scripted::new(near, steps, LeftOut::frame(b"\x81\x012"), holds);
    let request = http::Request::get("/socket.io/?EIO=4&transport=websocket");
    let request = request.body(()).unwrap();
    library.oneshot((stream, request)).await.unwrap();
    WebSocketStream::from_raw_socket(far, Role::Client, None).await
}

/// The client answers as fast as it can, while the thread that let it in has stopped within the library.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_has_the_answer_may_enter_again_though_the_library_is_late() {
    let (calls, called) = mpsc::channel();
    let mut client = library(calls).await;
    // The threads of the runtime are the client's and the late handler's; this one is of neither.
    let runtime = tokio::runtime::Handle::current();
    let director = std::thread::spawn(move || {
        for _ in 0..50 {
            let go_on = called.recv_timeout(LIMIT).unwrap();
            let_others_run(&runtime);
            go_on.send(()).unwrap();
        }
    });
    for round in 0..50 {
        client.send(Message::text("40")).await.unwrap();
        let answered = async {
            while !matches!(client.next().await, Some(Ok(Message::Text(text))) if text.starts_with("40{"))
            {
            }
        };
        let answered = timeout(LIMIT, answered).await;
        assert!(answered.is_ok(), "CONNECT {round} stays unanswered");
        // Leaves with the next one.
        client.feed(Message::text("41")).await.unwrap();
    }
    drop(client);
    director.join().unwrap();
}
