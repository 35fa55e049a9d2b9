//! The limit that `make bench` compares the server with: a websocket server that knows nothing.
//!
//! It reads the same updates frame by frame, acknowledges what asks for it with a constant, and
//! writes the bytes the server would write: one flush for everybody every 50 ms, or after each
//! update while that costs fewer deliveries than the server's budget. It has no world, no sessions,
//! no JSON, no queues; what it costs is the kernel's price for the bytes and a little copying.
//!
//! `raw_writer PORT CLIENTS UPDATES_PER_SECOND plain|batch`

use std::cell::RefCell;
use std::io;
use std::rc::Rc;
use std::time::Duration;

use contract::batch::{BatchEncoder, PlayerChange};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

/// The server's tick.
const TICK: Duration = Duration::from_millis(50);

/// Deliveries within a tick below which the server flushes at once.
const BUDGET: f64 = 2000.0;

/// Everybody's way out.
#[derive(Default)]
struct Peers(Vec<Peer>);

struct Peer {
    out: OwnedWriteHalf,
    /// What the kernel did not take.
    rest: Vec<u8>,
}

impl Peer {
    fn write(&mut self, bytes: &[u8]) {
        if !self.rest.is_empty() {
            let rest = std::mem::take(&mut self.rest);
            self.rest = rest[self.take(&rest)..].to_vec();
        }
        let taken = if self.rest.is_empty() {
            self.take(bytes)
        } else {
            0
        };
        self.rest.extend_from_slice(&bytes[taken..]);
    }

    fn take(&self, bytes: &[u8]) -> usize {
        self.out.try_write(bytes).unwrap_or(0)
    }
}

impl Peers {
    fn write(&mut self, bytes: &[u8]) {
        for peer in &mut self.0 {
            peer.write(bytes);
        }
    }
}

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [port, clients, rate, mode] = &arguments[..] else {
        return Err(io::Error::other(
            "usage: raw_writer PORT CLIENTS UPDATES_PER_SECOND plain|batch",
        ));
    };
    let number = |text: &str| text.parse::<f64>().map_err(io::Error::other);
    let (clients, rate) = (number(clients)?, number(rate)?);
    let batch = mode == "batch";
    let per_tick = clients * rate * TICK.as_secs_f64();
    let at_once = per_tick * clients < BUDGET;
    let echo = at_once.then(|| Rc::new(flush(1, batch)));
    let port: u16 = port.parse().map_err(io::Error::other)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    tokio::task::LocalSet::new().block_on(&runtime, async {
        let peers = Rc::new(RefCell::new(Peers::default()));
        if !at_once && per_tick > 0.0 {
            let bytes = flush(per_tick.round() as u32, batch);
            tokio::task::spawn_local(tick(peers.clone(), bytes, clients as usize));
        }
        let listener = TcpListener::bind(("127.0.0.1", port)).await?;
        loop {
            let (tcp, _) = listener.accept().await?;
            tcp.set_nodelay(true)?;
            let (peers, echo) = (peers.clone(), echo.clone());
            tokio::task::spawn_local(async move {
                // A client that goes away is no news.
                let _ = talk(tcp, peers, echo).await;
            });
        }
    })
}

/// Writes the same flush to everybody, once all are there.
async fn tick(peers: Rc<RefCell<Peers>>, bytes: Vec<u8>, clients: usize) {
    let mut ticks = tokio::time::interval(TICK);
    loop {
        ticks.tick().await;
        let mut peers = peers.borrow_mut();
        if peers.0.len() >= clients {
            peers.write(&bytes);
        }
    }
}

/// One client. `echo` goes to everybody after each of its updates, if the server would not wait for
/// its tick either.
async fn talk(
    mut tcp: TcpStream,
    peers: Rc<RefCell<Peers>>,
    echo: Option<Rc<Vec<u8>>>,
) -> io::Result<()> {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        if tcp.read_buf(&mut request).await? == 0 {
            return Ok(());
        }
    }
    let request = String::from_utf8_lossy(&request);
    let key = request
        .lines()
        .filter_map(|line| line.split_once(": "))
        .find(|(name, _)| name.eq_ignore_ascii_case("sec-websocket-key"))
        .map_or("", |(_, key)| key.trim());
    let accept = derive_accept_key(key.as_bytes());
    let answer = format!(
        "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\
         sec-websocket-accept: {accept}\r\n\r\n"
    );
    tcp.write_all(answer.as_bytes()).await?;
    let open = r#"0{"sid":"raw","upgrades":[],"pingInterval":600000,"pingTimeout":600000}"#;
    tcp.write_all(&text_frame(open)).await?;
    let (read, out) = tcp.into_split();
    let index = {
        let mut peers = peers.borrow_mut();
        peers.0.push(Peer {
            out,
            rest: Vec::new(),
        });
        peers.0.len() - 1
    };
    read_frames(read, |payload| {
        let mut peers = peers.borrow_mut();
        let reply = reply_to(payload);
        if !reply.is_empty() {
            peers.0[index].write(&reply);
        }
        if let Some(bytes) = &echo
            && payload.starts_with(b"42")
        {
            peers.write(bytes);
        }
    })
    .await
}

/// The greeting of the namespace, or an ack; nothing for an update that asks for none.
fn reply_to(payload: &[u8]) -> Vec<u8> {
    if payload.starts_with(b"40") {
        let mut greeting = text_frame(r#"40{"sid":"raw"}"#);
        greeting.extend(text_frame(r#"42["world:state",{"players":[]}]"#));
        return greeting;
    }
    let Some(rest) = payload.strip_prefix(b"42") else {
        return Vec::new();
    };
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if digits == 0 {
        return Vec::new();
    }
    let id = String::from_utf8_lossy(&rest[..digits]);
    text_frame(&format!(r#"43{id}[{{"ok":true}}]"#))
}

/// Calls `each` with the payload of every frame until the client is gone.
async fn read_frames(mut read: OwnedReadHalf, mut each: impl FnMut(&[u8])) -> io::Result<()> {
    let mut buffer = Vec::with_capacity(4096);
    while read.read_buf(&mut buffer).await? > 0 {
        let mut at = 0;
        while let Some((start, length)) = frame(&buffer[at..]) {
            let (head, body) = buffer[at..at + start + length].split_at_mut(start);
            let mask = [
                head[start - 4],
                head[start - 3],
                head[start - 2],
                head[start - 1],
            ];
            for (byte, key) in body.iter_mut().zip(mask.iter().cycle()) {
                *byte ^= key;
            }
            each(body);
            at += start + length;
        }
        buffer.drain(..at);
    }
    Ok(())
}

/// Where the payload of a complete masked frame starts, and its length.
fn frame(bytes: &[u8]) -> Option<(usize, usize)> {
    let short = usize::from(bytes.get(1)? & 0x7f);
    let (start, length) = match short {
        126 => (
            8,
            usize::from(u16::from_be_bytes([*bytes.get(2)?, *bytes.get(3)?])),
        ),
        _ => (6, short),
    };
    (bytes.len() >= start + length).then_some((start, length))
}

/// The bytes of one flush with this many changes.
fn flush(changes: u32, batch: bool) -> Vec<u8> {
    let id = |index: u32| format!("load-0000-{index:04}");
    let coordinate = |index: u32| f64::from(index * 7919 % 60_000 + 2000) / 1000.0;
    if !batch {
        let update = |index: u32| {
            let (id, x, z) = (id(index), coordinate(index), coordinate(index + 1));
            text_frame(&format!(
                r#"42["player:updated",{{"id":"{id}","name":"Player {id}","position":{{"x":{x},"y":0.0,"z":{z}}},"animation":"idle","metadata":{{}}}}]"#
            ))
        };
        return (0..changes).flat_map(update).collect();
    }
    let mut encoder = BatchEncoder::default();
    for index in 0..changes {
        encoder.push(&PlayerChange {
            id: &id(index),
            position: Some([coordinate(index), 0.0, coordinate(index + 1)]),
            ..PlayerChange::default()
        });
    }
    let mut bytes = text_frame(r#"451-["players:updated",{"_placeholder":true,"num":0}]"#);
    bytes.extend(plain_frame(0x82, &encoder.finish()));
    bytes
}

fn text_frame(text: &str) -> Vec<u8> {
    plain_frame(0x81, text.as_bytes())
}

fn plain_frame(kind: u8, payload: &[u8]) -> Vec<u8> {
    let mut bytes = vec![kind];
    match u16::try_from(payload.len()) {
        Ok(length) if length < 126 => bytes.push(length as u8),
        Ok(length) => {
            bytes.push(126);
            bytes.extend(length.to_be_bytes());
        }
        Err(_) => {
            bytes.push(127);
            bytes.extend((payload.len() as u64).to_be_bytes());
        }
    }
    bytes.extend(payload);
    bytes
}
