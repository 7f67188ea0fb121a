//! What the stand-in can be told to do wrong while it runs, and the connections that do it.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::{Sleep, sleep};

/// One way to be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Connections are closed without a byte. (To have them refused, stop the platform.)
    Down,
    /// Accepts and reads, never answers.
    Silent,
    /// A captive portal's page with status 200.
    Html,
    /// A bare HTTP status.
    ServerError(u16),
    /// Does the work, then closes the connection instead of answering.
    DropReply,
    /// Only requests of this transaction are lost: the connection closes before any work.
    RequestLost(&'static str),
    /// Only answers of this transaction are lost: the work is done, then the connection closes.
    ReplyLost(&'static str),
    /// Answers a byte at a time.
    SlowDrip,
    /// Its clock is off by so many seconds.
    ClockSkew(i64),
    /// Refuses every business with these words.
    RefuseBusiness(String),
    /// Another machine of the institution was first with the message id of the next request of this transaction. Once.
    MessageTaken(&'static str),
}

/// The handle that sets faults; clones share one state.
#[derive(Debug, Clone)]
pub struct Faults(Arc<watch::Sender<Option<Fault>>>);

impl Faults {
    pub(super) fn new() -> Self {
        Self(Arc::new(watch::Sender::new(None)))
    }

    /// From now on, until another one or [`Faults::clear`].
    pub fn set(&self, fault: Fault) {
        self.0.send_replace(Some(fault));
    }

    /// Back to good behaviour.
    pub fn clear(&self) {
        self.0.send_replace(None);
    }

    /// What is wrong at the moment.
    pub fn current(&self) -> Option<Fault> {
        self.0.borrow().clone()
    }

    /// Waits until this fault is over.
    pub(super) async fn outlast(&self, fault: &Fault) {
        // The sender lives as long as `self`, so the wait ends with the fault and not with an error.
        let _ = self.0.subscribe().wait_for(|now| now.as_ref() != Some(fault)).await;
    }
}

/// How a connection treats what is written to it.
#[derive(Debug, Clone)]
pub(super) struct Connection(Arc<AtomicU8>);

const NORMAL: u8 = 0;
const DRIP: u8 = 1;
const CUT: u8 = 2;

/// Between two bytes of a slow answer.
const DRIP_PAUSE: Duration = Duration::from_millis(40);

impl Connection {
    /// Nothing more is written; the connection breaks instead.
    pub(super) fn cut(&self) {
        self.0.store(CUT, Ordering::Relaxed);
    }

    /// From now on a byte at a time.
    pub(super) fn drip(&self) {
        self.0.store(DRIP, Ordering::Relaxed);
    }
}

impl Connected<IncomingStream<'_, FaultyListener>> for Connection {
    fn connect_info(stream: IncomingStream<'_, FaultyListener>) -> Self {
        stream.io().mode.clone()
    }
}

/// A listener whose connections can be cut and slowed down.
pub(super) struct FaultyListener {
    pub(super) inner: TcpListener,
    pub(super) faults: Faults,
}

impl Listener for FaultyListener {
    type Io = FaultyStream;
    type Addr = std::net::SocketAddr;

    async fn accept(&mut self) -> (FaultyStream, Self::Addr) {
        loop {
            let (inner, address) = Listener::accept(&mut self.inner).await;
            if self.faults.current() != Some(Fault::Down) {
                let mode = Connection(Arc::new(AtomicU8::new(NORMAL)));
                return (FaultyStream { inner, mode, pause: None }, address);
            }
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.inner.local_addr()
    }
}

/// One such connection.
pub(super) struct FaultyStream {
    inner: TcpStream,
    mode: Connection,
    pause: Option<Pin<Box<Sleep>>>,
}

impl AsyncRead for FaultyStream {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_read(cx, buffer)
    }
}

impl AsyncWrite for FaultyStream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match self.mode.0.load(Ordering::Relaxed) {
            CUT => Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into())),
            DRIP => {
                if let Some(pause) = &mut self.pause {
                    ready!(pause.as_mut().poll(cx));
                }
                self.pause = Some(Box::pin(sleep(DRIP_PAUSE)));
                Pin::new(&mut self.inner).poll_write(cx, &bytes[..bytes.len().min(1)])
            }
            _ => Pin::new(&mut self.inner).poll_write(cx, bytes),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}
