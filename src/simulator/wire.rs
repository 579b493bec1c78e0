//! The listener, and a wire that can be cut: after so many bytes the connection breaks, as in a network that fails.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::task::{Context, Poll};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

/// A hold on one connection.
#[derive(Debug, Clone)]
pub struct Wire(Arc<AtomicI64>);

impl Wire {
    fn whole() -> Wire {
        Wire(Arc::new(AtomicI64::new(i64::MAX)))
    }

    /// Nothing more gets through.
    pub fn cut(&self) {
        self.0.store(0, Ordering::SeqCst);
    }

    /// So many bytes still get through towards the app.
    pub fn cut_after(&self, bytes: u32) {
        self.0.store(i64::from(bytes), Ordering::SeqCst);
    }

    fn is_cut(&self) -> bool {
        self.0.load(Ordering::SeqCst) <= 0
    }
}

impl Connected<IncomingStream<'_, Gate>> for Wire {
    fn connect_info(stream: IncomingStream<'_, Gate>) -> Wire {
        stream.remote_addr().clone()
    }
}

/// Accepts connections and puts a wire into each.
pub struct Gate(pub TcpListener);

impl Listener for Gate {
    type Io = CutStream;
    type Addr = Wire;

    async fn accept(&mut self) -> (CutStream, Wire) {
        let (stream, _) = Listener::accept(&mut self.0).await;
        // Small frames at once: people wait for them.
        let _ = stream.set_nodelay(true);
        let wire = Wire::whole();
        (CutStream { stream, wire: wire.clone() }, wire)
    }

    fn local_addr(&self) -> io::Result<Wire> {
        Ok(Wire::whole())
    }
}

pub struct CutStream {
    stream: TcpStream,
    wire: Wire,
}

fn broken() -> io::Error {
    io::Error::new(io::ErrorKind::ConnectionReset, "cut by a fault")
}

impl AsyncRead for CutStream {
    fn poll_read(mut self: Pin<&mut Self>, ctx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.wire.is_cut() {
            return Poll::Ready(Err(broken()));
        }
        Pin::new(&mut self.stream).poll_read(ctx, into)
    }
}

impl AsyncWrite for CutStream {
    fn poll_write(mut self: Pin<&mut Self>, ctx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let left = self.wire.0.load(Ordering::SeqCst);
        if left <= 0 {
            return Poll::Ready(Err(broken()));
        }
        let allowed = usize::try_from(left).unwrap_or(usize::MAX).min(bytes.len());
        let written = Pin::new(&mut self.stream).poll_write(ctx, bytes.get(..allowed).unwrap_or_default());
        if let Poll::Ready(Ok(count)) = &written
            && left != i64::MAX
        {
            self.wire.0.fetch_sub(i64::try_from(*count).unwrap_or(i64::MAX), Ordering::SeqCst);
        }
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, ctx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(ctx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, ctx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(ctx)
    }
}
