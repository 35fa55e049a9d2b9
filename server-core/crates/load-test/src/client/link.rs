//! A websocket whose frames are split from the stream here and read by the library one at a time.
//!
//! Nearly everything a crowd receives are frames that another of its clients has received already.
//! Whoever holds the bytes of a whole frame can recognise those ([`super::frame_cache`]) and spare the
//! library's way from the stream to a message, which costs more than all that a test does with it.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::io::{self, Cursor, Read, Write};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf as _, BufMut as _, BytesMut};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio_tungstenite::tungstenite::client::client_with_config;
use tokio_tungstenite::tungstenite::error::ProtocolError;
use tokio_tungstenite::tungstenite::handshake::HandshakeError;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::protocol::frame::FrameHeader;
use tokio_tungstenite::tungstenite::{Error, Message, WebSocket};
use tokio_util::io::poll_read_buf;

/// Bytes asked of the system at once; all clients share one buffer of that size.
const READ_BYTES: usize = 128 * 1024;

/// Bytes that the library takes of a frame at once. It clears as many before each.
const TAKE_BYTES: usize = 2048;

/// Bytes of a frame at most.
const LONGEST_FRAME: u64 = 16 * 1024 * 1024;

/// Bytes that may wait to be sent before the server counts as one that stopped reading.
const WRITE_LIMIT: usize = 1024 * 1024;

/// What the library takes for the stream.
#[derive(Debug, Default)]
struct Pipe {
    arrived: VecDeque<u8>,
    leaving: BytesMut,
}

impl Read for Pipe {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.arrived.is_empty() {
            true => Err(io::ErrorKind::WouldBlock.into()),
            false => self.arrived.read(buffer),
        }
    }
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.leaving.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// See the module.
#[derive(Debug)]
pub(crate) struct Link<S> {
    stream: S,
    socket: WebSocket<Pipe>,
    /// What was read and not taken: usually the beginning of a frame, and whole ones after the
    /// handshake.
    partial: Vec<u8>,
    /// Something was written that the stream has not taken yet.
    unflushed: bool,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Link<S> {
    /// Asks the other side of `stream` to speak websocket.
    pub(crate) async fn open(url: &str, mut stream: S) -> Result<Self, Error> {
        let config = WebSocketConfig::default()
            .read_buffer_size(TAKE_BYTES)
            .write_buffer_size(0);
        let mut head = BytesMut::new();
        let mut seen = 0;
        let mut round = client_with_config(url, Pipe::default(), Some(config));
        loop {
            let mut interrupted = match round {
                Ok((socket, _)) => {
                    return Ok(Self {
                        stream,
                        socket,
                        partial: head.split_off(seen).into(),
                        unflushed: false,
                    });
                }
                Err(HandshakeError::Failure(error)) => return Err(error),
                Err(HandshakeError::Interrupted(interrupted)) => interrupted,
            };
            let pipe = interrupted.get_mut().get_mut();
            stream.write_all(&pipe.leaving.split()).await?;
            stream.flush().await?;
            if stream.read_buf(&mut head).await? == 0 {
                return Err(ProtocolError::HandshakeIncomplete.into());
            }
            // The answer ends with an empty line; what follows are frames.
            let end = head.windows(4).position(|it| it == b"\r\n\r\n");
            let end = end.map_or(head.len(), |at| at + 4);
            pipe.arrived.extend(&head[seen..end]);
            seen = end;
            round = interrupted.handshake();
        }
    }

    pub(crate) fn stream(&self) -> &S {
        &self.stream
    }

    /// The next message. Only before anything else reads.
    pub(crate) async fn next(&mut self) -> Result<Message, Error> {
        loop {
            let frame = match split_frame(&self.partial)? {
                Some(frame) => frame.to_vec(),
                None => {
                    let mut arrived = BytesMut::new();
                    poll_fn(|cx| self.poll_read(cx, &mut arrived, READ_BYTES)).await?;
                    self.keep(&arrived);
                    continue;
                }
            };
            self.partial.drain(..frame.len());
            let message = self.decode(&frame)?;
            poll_fn(|cx| self.poll_flush(cx)).await?;
            if let Some(message) = message {
                return Ok(message);
            }
        }
    }

    /// Fills `arrived` with what was kept and with what has come since, `most` bytes of it. Says whether
    /// there may be more already.
    pub(super) fn poll_read(
        &mut self,
        cx: &mut Context<'_>,
        arrived: &mut BytesMut,
        most: usize,
    ) -> Poll<Result<bool, Error>> {
        let most = most.min(READ_BYTES);
        arrived.clear();
        arrived.reserve(self.partial.len() + READ_BYTES);
        arrived.extend_from_slice(&self.partial);
        if split_frame(&self.partial)?.is_some() {
            return Poll::Ready(Ok(false));
        }
        let mut limited = (&mut *arrived).limit(most);
        match ready!(poll_read_buf(Pin::new(&mut self.stream), cx, &mut limited))? {
            0 => Poll::Ready(Err(Error::ConnectionClosed)),
            read => Poll::Ready(Ok(read >= most)),
        }
    }

    /// Bytes that were kept for the next [`Link::poll_read`].
    pub(super) fn kept(&self) -> usize {
        self.partial.len()
    }

    /// Keeps the beginning of a frame for the next [`Link::poll_read`].
    pub(super) fn keep(&mut self, partial: &[u8]) {
        if partial.is_empty() {
            self.partial = Vec::new();
        } else {
            self.partial.clear();
            self.partial.extend_from_slice(partial);
        }
    }

    /// The message that a whole frame is or ends, if any.
    pub(super) fn decode(&mut self, frame: &[u8]) -> Result<Option<Message>, Error> {
        self.socket.get_mut().arrived.extend(frame);
        match self.socket.read() {
            Ok(message) => {
                if message.is_ping() || message.is_close() {
                    // The library has an answer ready.
                    self.unflushed = true;
                    self.socket.flush()?;
                }
                Ok(Some(message))
            }
            Err(Error::Io(error)) if error.kind() == io::ErrorKind::WouldBlock => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Hands over a message, to be sent by [`Link::poll_flush`].
    pub(crate) fn write(&mut self, message: Message) -> Result<(), Error> {
        if self.socket.get_ref().leaving.len() > WRITE_LIMIT {
            return Err(Error::WriteBufferFull(Box::new(message)));
        }
        self.unflushed = true;
        self.socket.write(message)
    }

    /// Ready when the system has taken everything.
    pub(super) fn poll_flush(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        if !self.unflushed {
            return Poll::Ready(Ok(()));
        }
        let leaving = &mut self.socket.get_mut().leaving;
        while !leaving.is_empty() {
            let sent = ready!(Pin::new(&mut self.stream).poll_write(cx, leaving))?;
            if sent == 0 {
                return Poll::Ready(Err(io::Error::from(io::ErrorKind::WriteZero).into()));
            }
            leaving.advance(sent);
        }
        Pin::new(&mut self.stream)
            .poll_flush(cx)
            .map_err(Into::into)
    }

    /// Sends a message.
    pub(crate) async fn send(&mut self, message: Message) -> Result<(), Error> {
        self.write(message)?;
        poll_fn(|cx| self.poll_flush(cx)).await
    }

    /// Says goodbye, and waits for the other side to do so too.
    pub(crate) async fn close(mut self) -> Result<(), Error> {
        self.unflushed = true;
        self.socket.close(None)?;
        poll_fn(|cx| self.poll_flush(cx)).await?;
        loop {
            // The answer to a close frame is the end of the messages.
            if let Message::Close(_) = self.next().await? {
                return Ok(());
            }
        }
    }
}

/// The whole frame that `bytes` begin with, or nothing when its end is still to come.
pub(super) fn split_frame(bytes: &[u8]) -> Result<Option<&[u8]>, Error> {
    let mut cursor = Cursor::new(bytes);
    let Some((_, length)) = FrameHeader::parse(&mut cursor)? else {
        return Ok(None);
    };
    if length > LONGEST_FRAME {
        let broken = format!("a frame of {length} bytes");
        return Err(io::Error::new(io::ErrorKind::InvalidData, broken).into());
    }
    let end = cursor.position() + length;
    Ok(bytes.get(..end as usize))
}

#[cfg(test)]
mod tests {
    use futures_util::{SinkExt as _, StreamExt as _};
    use tokio::io::{DuplexStream, duplex};
    use tokio_tungstenite::tungstenite::protocol::frame::Frame;
    use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};
    use tokio_tungstenite::{WebSocketStream, accept_async};

    use super::*;

    /// Both ends of a stream that carries at most `piece` bytes at once.
    async fn pair(piece: usize) -> (Link<DuplexStream>, WebSocketStream<DuplexStream>) {
        let (here, there) = duplex(piece);
        let (link, other) = tokio::join!(Link::open("ws://there/", here), accept_async(there));
        (link.unwrap(), other.unwrap())
    }

    fn part(code: Data, text: &'static str, last: bool) -> Message {
        Message::Frame(Frame::message(text, OpCode::Data(code), last))
    }

    #[tokio::test]
    async fn messages_arrive_whole_in_whatever_pieces() {
        for piece in [31, 1460, 1024 * 1024] {
            let (mut link, mut other) = pair(piece).await;
            let large = Message::binary(vec![7; 3 * READ_BYTES]);
            let sent = [
                Message::text("one"),
                part(Data::Text, "in ", false),
                Message::Ping("alive?".into()),
                part(Data::Continue, "two parts", true),
                large.clone(),
                Message::text(""),
            ];
            let sending = async {
                for message in sent {
                    other.send(message).await.unwrap();
                }
                other.next().await.unwrap().unwrap()
            };
            let receiving = async {
                let mut heard = Vec::new();
                for _ in 0..5 {
                    heard.push(link.next().await.unwrap());
                }
                heard
            };
            let (answer, heard) = tokio::join!(sending, receiving);
            let expected = [
                Message::text("one"),
                Message::Ping("alive?".into()),
                Message::text("in two parts"),
                large,
                Message::text(""),
            ];
            assert_eq!(heard, expected, "{piece} bytes at once");
            assert_eq!(answer, Message::Pong("alive?".into()));
        }
    }

    #[tokio::test]
    async fn what_comes_right_behind_the_handshake_is_not_lost() {
        let (here, there) = duplex(64 * 1024);
        let greeting = async {
            let mut other = accept_async(there).await.unwrap();
            other.send(Message::text("welcome")).await.unwrap();
            other
        };
        // Both are there before the first of them is read.
        let (link, _other) = tokio::join!(Link::open("ws://there/", here), greeting);
        assert_eq!(
            link.unwrap().next().await.unwrap(),
            Message::text("welcome")
        );
    }

    #[tokio::test]
    async fn both_sides_say_goodbye() {
        let (link, mut other) = pair(64).await;
        let answering = async { while other.next().await.is_some() {} };
        let (closed, ()) = tokio::join!(link.close(), answering);
        closed.unwrap();
    }

    #[tokio::test]
    async fn a_stream_that_ends_is_a_closed_connection() {
        let (mut link, other) = pair(64).await;
        drop(other);
        assert!(matches!(link.next().await, Err(Error::ConnectionClosed)));
    }

    #[test]
    fn frames_are_split_where_they_end() {
        let frame = [0x81, 2, b'h', b'i'];
        for bytes in [&frame[..0], &frame[..1], &frame[..3]] {
            assert_eq!(split_frame(bytes).unwrap(), None);
        }
        let two = [frame, frame].concat();
        assert_eq!(split_frame(&two).unwrap(), Some(&frame[..]));
        let endless = [0x82, 127, 0, 0, 1, 0, 0, 0, 0, 0];
        let error = split_frame(&endless).unwrap_err().to_string();
        assert!(error.contains("a frame of 1099511627776 bytes"), "{error}");
        assert!(split_frame(&[0x83, 0]).is_err(), "no such kind of frame");
    }
}
