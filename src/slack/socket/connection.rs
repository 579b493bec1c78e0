//! One connection, from its greeting to its end.
//!
//! One loop owns the socket: it reads, it sends acknowledgements as handlers finish, it pings. It never waits for a
//! handler, which runs on a task of its own. Life is told by inbound frames of any kind: if none comes for three of our
//! own pings in a row, the connection is deaf, whatever TCP believes. Counting pings rather than time means that a
//! machine that slept, or a clock set forward, kills nothing.

use std::time::Duration;

use futures_util::future::BoxFuture;
use futures_util::{SinkExt, StreamExt};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::mpsc;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::SocketSettings;
use super::frame::{Envelope, Frame, Reason, acknowledgement};
use super::health::Health;
use crate::ambient::Clock;
use crate::slack::intake::{Ack, Admission, Gate};
use crate::slack::payload;

/// Pings in a row without any inbound frame after which a connection is deaf.
const DEAF_AFTER: u32 = 3;
/// Pings sent before the greeting after which none will come.
const NO_GREETING_AFTER: u32 = 2;
/// How long writing one frame may take; longer means that the other side does not read.
const WRITE_TIME: Duration = Duration::from_secs(10);
/// How long the other side has to answer our close.
const CLOSE_TIME: Duration = Duration::from_secs(2);

/// How a connection ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// As asked.
    Stopped,
    /// By Slack.
    Closed,
    /// By the bot, long after Slack said that it would end it.
    Outlived,
    /// No frame for too long.
    Deaf,
    /// Never greeted.
    Mute,
    /// The socket broke.
    Lost,
    /// Slack counts too many connections.
    TooMany,
    /// Socket Mode was switched off.
    Disabled,
}

/// What a connection needs.
pub(super) struct Connection {
    pub(super) gate: Gate,
    pub(super) clock: Clock,
    pub(super) settings: SocketSettings,
    pub(super) health: Health,
    /// Take nothing more, finish what is in hand, end.
    pub(super) stop: CancellationToken,
    /// Told to the keeper: this one will end, open another.
    pub(super) leaving: CancellationToken,
    pub(super) handlers: TaskTracker,
}

/// A handler's answer on its way out.
struct Done {
    envelope_id: String,
    takes_answer: bool,
    ack: Ack,
}

/// Where the conversation stands.
struct Progress {
    greeted: bool,
    /// Envelopes whose handlers are at work.
    in_hand: usize,
    /// No more envelopes are taken.
    stopping: bool,
    pings_unheard: u32,
    pings: u32,
    heard: bool,
    /// When to end whatever is in hand.
    deadline: BoxFuture<'static, ()>,
}

impl Connection {
    /// Runs until the end. Deliveries in hand at the end go on; their acknowledgements are lost, and Slack repeats them.
    pub(super) async fn run<S: AsyncRead + AsyncWrite + Unpin>(self, mut socket: WebSocketStream<S>) -> End {
        let (end, progress) = self.converse(&mut socket).await;
        self.close(&mut socket, end).await;
        if progress.in_hand > 0 {
            metrics::counter!("scopebot_socket_acks_lost_total").increment(progress.in_hand as u64);
        }
        tracing::info!(socket.end = ?end, socket.in_hand = progress.in_hand, "connection ended");
        if progress.greeted {
            self.health.ended();
        }
        end
    }

    async fn converse<S: AsyncRead + AsyncWrite + Unpin>(&self, socket: &mut WebSocketStream<S>) -> (End, Progress) {
        let (say, mut said) = mpsc::unbounded_channel();
        let mut progress = Progress {
            greeted: false,
            in_hand: 0,
            stopping: false,
            pings_unheard: 0,
            pings: 0,
            heard: false,
            deadline: Box::pin(std::future::pending()),
        };
        let mut tick = self.clock.sleep(self.settings.ping_every);
        loop {
            let step = tokio::select! {
                frame = socket.next() => self.hear(frame, &mut progress, &say),
                Some(done) = said.recv() => self.answer(done, &mut progress, socket).await,
                () = &mut tick => {
                    let end = self.ping(&mut progress, socket).await;
                    if end.is_none() {
                        tick = self.clock.sleep(self.settings.ping_every);
                    }
                    end
                }
                () = self.stop.cancelled(), if !progress.stopping => {
                    progress.stopping = true;
                    progress.deadline = self.clock.sleep(self.settings.drain);
                    (progress.in_hand == 0).then_some(End::Stopped)
                }
                () = &mut progress.deadline => Some(if progress.stopping { End::Stopped } else { End::Outlived }),
            };
            if let Some(end) = step {
                // Whoever waits for the end of this connection is not to see its time-outs still running.
                progress.deadline = Box::pin(std::future::pending());
                return (end, progress);
            }
        }
    }

    /// A frame came, or the end.
    fn hear(
        &self,
        frame: Option<Result<Message, Error>>,
        progress: &mut Progress,
        say: &mpsc::UnboundedSender<Done>,
    ) -> Option<End> {
        let message = match frame {
            Some(Ok(message)) => message,
            Some(Err(Error::ConnectionClosed)) | None => return Some(End::Closed),
            Some(Err(error)) => {
                tracing::info!(socket.fault = fault(&error), "connection broke");
                return Some(End::Lost);
            }
        };
        progress.heard = true;
        self.health.frame(self.clock.now());
        let text = match message {
            Message::Text(text) => text,
            Message::Close(_) => return Some(End::Closed),
            // Pings are answered by the library as the loop goes on.
            _ => return None,
        };
        match Frame::of(&text) {
            Frame::Hello { connections } => {
                if !progress.greeted {
                    progress.greeted = true;
                    self.health.greeted(connections);
                    tracing::info!(socket.connections = connections, "connection greeted");
                }
                None
            }
            Frame::Disconnect(Reason::Disabled) => Some(End::Disabled),
            Frame::Disconnect(Reason::TooMany) => Some(End::TooMany),
            Frame::Disconnect(Reason::Refresh) => {
                if !self.leaving.is_cancelled() {
                    tracing::info!("Slack will end the connection; another is opened");
                    self.leaving.cancel();
                    if !progress.stopping {
                        progress.deadline = self.clock.sleep(self.settings.linger);
                    }
                }
                None
            }
            Frame::Envelope(envelope) => {
                self.take(*envelope, progress, say);
                None
            }
            Frame::Noise => {
                metrics::counter!("scopebot_inbound_unreadable_total", "transport" => "socket").increment(1);
                tracing::warn!("a frame that is no envelope was passed over");
                None
            }
        }
    }

    fn take(&self, envelope: Envelope, progress: &mut Progress, say: &mpsc::UnboundedSender<Done>) {
        if progress.stopping {
            return;
        }
        if envelope.retry > 0 {
            metrics::counter!("scopebot_inbound_repeats_total", "transport" => "socket").increment(1);
        }
        let Envelope { id: envelope_id, takes_answer, .. } = envelope;
        let admission = match payload::of_envelope(&envelope.kind, &envelope.payload) {
            Ok(inbound) => self.gate.admit(inbound),
            Err(why) => {
                // A repeat would be as unreadable, so it is acknowledged.
                metrics::counter!("scopebot_inbound_unreadable_total", "transport" => "socket").increment(1);
                tracing::warn!(why = %why, "an envelope without a payload was acknowledged");
                Admission::Now(Ack::Empty)
            }
        };
        progress.in_hand += 1;
        let say = say.clone();
        match admission {
            Admission::Now(ack) => {
                let _ended = say.send(Done { envelope_id, takes_answer, ack });
            }
            Admission::Run(work) => {
                self.handlers.spawn(async move {
                    let ack = work.await;
                    let _ended = say.send(Done { envelope_id, takes_answer, ack });
                });
            }
        }
    }

    async fn answer<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        done: Done,
        progress: &mut Progress,
        socket: &mut WebSocketStream<S>,
    ) -> Option<End> {
        progress.in_hand = progress.in_hand.saturating_sub(1);
        if let Some(text) = acknowledgement(&done.envelope_id, done.takes_answer, done.ack)
            && let Some(end) = self.write(Message::text(text), socket).await
        {
            return Some(end);
        }
        (progress.stopping && progress.in_hand == 0).then_some(End::Stopped)
    }

    async fn ping<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        progress: &mut Progress,
        socket: &mut WebSocketStream<S>,
    ) -> Option<End> {
        progress.pings_unheard = if progress.heard { 0 } else { progress.pings_unheard + 1 };
        progress.heard = false;
        if !progress.greeted && progress.pings >= NO_GREETING_AFTER {
            return Some(End::Mute);
        }
        if progress.pings_unheard >= DEAF_AFTER {
            return Some(End::Deaf);
        }
        progress.pings = progress.pings.saturating_add(1);
        self.write(Message::Ping(Vec::new().into()), socket).await
    }

    async fn write<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        message: Message,
        socket: &mut WebSocketStream<S>,
    ) -> Option<End> {
        match self.clock.within(WRITE_TIME, socket.send(message)).await {
            Some(Ok(())) => None,
            Some(Err(error)) => {
                tracing::info!(socket.fault = fault(&error), "connection broke");
                Some(End::Lost)
            }
            None => Some(End::Deaf),
        }
    }

    /// Says goodbye, and reads on until the other side does: hanging up with bytes unread would make the kernel throw away
    /// the acknowledgements still under way.
    async fn close<S: AsyncRead + AsyncWrite + Unpin>(&self, socket: &mut WebSocketStream<S>, end: End) {
        let goodbye = async {
            if socket.close(None).await.is_err() || end == End::Closed {
                return;
            }
            while let Some(Ok(message)) = socket.next().await {
                if message.is_close() {
                    return;
                }
            }
        };
        if !matches!(end, End::Deaf | End::Mute | End::Lost | End::Disabled) {
            let _in_time = self.clock.within(CLOSE_TIME, goodbye).await;
        }
    }
}

/// The kind of a fault. The error itself is never shown: some hold the address, and the address holds the ticket.
pub(super) fn fault(error: &Error) -> &'static str {
    match error {
        Error::ConnectionClosed | Error::AlreadyClosed => "closed",
        Error::Io(_) => "io",
        Error::Tls(_) => "tls",
        Error::Capacity(_) => "too large",
        Error::Protocol(_) => "protocol",
        Error::WriteBufferFull(_) => "write buffer full",
        Error::Utf8(_) => "not utf-8",
        Error::AttackAttempt => "attack attempt",
        Error::Url(_) => "address",
        Error::Http(_) => "refused by status",
        Error::HttpFormat(_) => "http",
    }
}
