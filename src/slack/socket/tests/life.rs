use std::io::Write;

use super::*;
use crate::slack::fake_intake::FakeIntake;
use crate::slack::intake::Ack;

async fn running(settings: SocketSettings, first: Vec<Value>) -> Running {
    let (intake, mut taken) = FakeIntake::that(|_| Ack::Empty);
    tokio::spawn(async move { while taken.recv().await.is_some() {} });
    Running::with(intake, 16, settings, first).await
}

fn disconnect(reason: &str) -> Value {
    json!({ "type": "disconnect", "reason": reason, "debug_info": { "host": "applink-1" } })
}

#[tokio::test]
async fn a_warned_connection_is_replaced_before_it_ends() {
    let mut running = running(one_connection(), Vec::new()).await;
    let mut old = running.greeted().await;
    // It has lived for a good while, on pings alone.
    for _ in 0..4 {
        running.clock.advance_to(running.clock.until_asleep().await);
        assert!(matches!(old.frame().await, Message::Ping(_)));
        old.says(json!({ "envelope_id": "x", "type": "tomorrow" })).await;
        old.hears().await.unwrap();
    }
    old.says(disconnect("warning")).await;
    let mut new = running.greeted().await;
    running.until(|health| health.open == 2).await;
    for link in [&mut old, &mut new] {
        link.says(command("either")).await;
        assert_eq!(link.hears().await, Some(json!({ "envelope_id": "either" })));
    }
    old.0.close(None).await.unwrap();
    let health = running.until(|health| health.open == 1).await;
    assert_eq!(health.state, SocketState::Live);
}

#[tokio::test]
async fn a_warned_connection_that_slack_does_not_end_is_ended() {
    let mut running = running(one_connection(), Vec::new()).await;
    let mut link = running.greeted().await;
    let due = running.clock.now() + one_connection().linger;
    link.says(disconnect("refresh_requested")).await;
    running.clock.until_asleep_till(due).await;
    running.clock.advance_to(due);
    assert_eq!(link.hears().await, None);
}

#[tokio::test]
async fn two_connections_are_kept_opened_apart() {
    let settings = SocketSettings::default();
    let mut running = running(settings, Vec::new()).await;
    let _first = running.greeted().await;
    assert!(running.connections.try_recv().is_err());
    running.clock.advance(settings.stagger);
    let _second = running.greeted().await;
    let health = running.until(|health| health.open == 2).await;
    assert_eq!((health.state, health.last_frame), (SocketState::Live, Some(running.clock.now())));
}

#[tokio::test]
async fn a_connection_without_any_frame_for_three_pings_is_replaced() {
    let mut running = running(one_connection(), Vec::new()).await;
    // Nobody reads this one any more: neither acknowledgement nor pong will come.
    let _deaf = running.greeted().await;
    for ping in 1..=4_u32 {
        assert_eq!(running.health.borrow().open, 1, "after {} pings", ping - 1);
        let due = Timestamp::from_second(NOW).unwrap() + one_connection().ping_every * ping;
        running.clock.until_asleep_till(due).await;
        running.clock.advance_to(due);
    }
    running.until_state(SocketState::Connecting).await;
    let _new = running.greeted().await;
}

#[tokio::test]
async fn a_quiet_connection_that_answers_pings_lives_on() {
    let mut running = running(one_connection(), Vec::new()).await;
    let mut link = running.greeted().await;
    for _ in 0..20 {
        running.clock.advance_to(running.clock.until_asleep().await);
        assert!(matches!(link.frame().await, Message::Ping(_)));
        // The pong goes out as the next frame is waited for; the health shows when it came.
        let now = running.clock.now();
        let pong = running.health.wait_for(|health| health.last_frame == Some(now));
        tokio::select! {
            heard = pong => drop(heard.unwrap()),
            frame = link.frame() => panic!("{frame:?}"),
        }
    }
    assert_eq!(running.health.borrow().open, 1);
}

#[tokio::test]
async fn a_clock_set_forward_by_a_day_kills_nothing() {
    let mut running = running(one_connection(), Vec::new()).await;
    let mut link = running.greeted().await;
    running.clock.until_asleep().await;
    running.clock.advance(Duration::from_secs(86_400));
    assert!(matches!(link.frame().await, Message::Ping(_)));
    link.says(command("still-there")).await;
    assert_eq!(link.hears().await, Some(json!({ "envelope_id": "still-there" })));
}

#[tokio::test]
async fn a_connection_never_greeted_is_given_up() {
    let mut running = running(one_connection(), Vec::new()).await;
    let mut mute = running.connected().await;
    for ping in 1..=3_u32 {
        let due = Timestamp::from_second(NOW).unwrap() + one_connection().ping_every * ping;
        running.clock.until_asleep_till(due).await;
        running.clock.advance_to(due);
        if ping < 3 {
            assert!(matches!(mute.frame().await, Message::Ping(_)));
        }
    }
    // However long it was waited for, it counts as a failure: the next one is not opened at once.
    let due = running.clock.until_asleep().await;
    assert!(due.duration_since(running.clock.now()) <= jiff::SignedDuration::from_secs(1));
    running.clock.advance_to(due);
    let _new = running.greeted().await;
}

#[tokio::test]
async fn failures_are_met_with_growing_pauses() {
    let trouble = json!({ "ok": false, "error": "internal_error" });
    let mut running = running(one_connection(), vec![trouble; 4]).await;
    let mut pauses = Vec::new();
    for _ in 0..4 {
        let due = running.clock.until_asleep().await;
        pauses.push(due.duration_since(running.clock.now()).as_secs_f64());
        running.clock.advance_to(due);
    }
    for (pause, step) in pauses.iter().zip([1.0, 2.0, 4.0, 8.0]) {
        assert!((step / 2.0..=step).contains(pause), "{pauses:?}");
    }
    let _link = running.greeted().await;
}

#[tokio::test]
async fn connections_that_break_young_are_met_with_growing_pauses_too() {
    let mut running = running(one_connection(), Vec::new()).await;
    let mut pauses = Vec::new();
    for reason in [None, Some("too_many_websockets"), Some("refresh_requested"), None] {
        let mut link = running.greeted().await;
        if let Some(reason) = reason {
            link.says(disconnect(reason)).await;
        }
        drop(link);
        running.until_state(SocketState::Connecting).await;
        let (now, due) = (running.clock.now(), running.clock.until_asleep().await);
        pauses.push(due.duration_since(now).as_secs_f64());
        running.clock.advance_to(due);
    }
    for (pause, step) in pauses.iter().zip([1.0, 2.0, 4.0, 8.0]) {
        assert!((step / 2.0..=step).contains(pause), "{pauses:?}");
    }
}

#[tokio::test]
async fn what_cannot_succeed_ends_the_receiver_and_says_why() {
    for code in
        ["invalid_auth", "not_authed", "account_inactive", "user_removed_from_team", "team_disabled", "missing_scope"]
    {
        let running = running(one_connection(), vec![json!({ "ok": false, "error": code })]).await;
        let fatal = Fatal::Token(code.to_owned());
        assert_eq!(running.receiving.await.unwrap(), Err(fatal.clone()), "{code}");
        assert_eq!(running.health.borrow().state, SocketState::Failed(fatal));
    }
    let running = running(one_connection(), vec![json!({ "ok": false, "error": "link_disabled" })]).await;
    assert_eq!(running.receiving.await.unwrap(), Err(Fatal::Disabled));
}

#[tokio::test]
async fn switching_socket_mode_off_ends_every_connection() {
    let settings = SocketSettings::default();
    let mut running = running(settings, Vec::new()).await;
    let mut first = running.greeted().await;
    running.clock.advance(settings.stagger);
    let mut second = running.greeted().await;
    running.until(|health| health.open == 2).await;
    first.says(disconnect("link_disabled")).await;
    assert_eq!(second.hears().await, None);
    assert_eq!(running.receiving.await.unwrap(), Err(Fatal::Disabled));
    assert_eq!(running.health.borrow().open, 0);
}

#[tokio::test]
async fn an_address_that_speaks_no_tls_is_a_failure_like_any_other() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("wss://{}/link/?ticket={TICKET}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        tokio::io::AsyncWriteExt::write_all(&mut stream, b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
    });
    let mut running = running(one_connection(), vec![json!({ "ok": true, "url": address })]).await;
    let pause = running.clock.until_due_by(running.clock.now() + Duration::from_secs(1)).await;
    running.clock.advance_to(pause);
    let _link = running.greeted().await;
}

#[tokio::test]
async fn a_rate_limit_on_opening_is_obeyed() {
    let limited = json!({ "ok": false, "error": "ratelimited" });
    let mut running = running(one_connection(), vec![limited]).await;
    let due = running.clock.until_asleep().await;
    assert_eq!(due, Timestamp::from_second(NOW + 30).unwrap());
    running.clock.advance_to(due);
    let _link = running.greeted().await;
}

/// Collects what is logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn no_ticket_token_or_word_is_logged_at_the_finest_level() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone()).finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    // One address to which nothing listens, then a good one.
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let first = json!({ "ok": true, "url": format!("ws://{closed}/link/?ticket={TICKET}") });
    let mut running = running(one_connection(), vec![first]).await;
    let pause = running.clock.until_due_by(running.clock.now() + Duration::from_secs(1)).await;
    running.clock.advance_to(pause);
    let mut link = running.greeted().await;
    link.says(command("private-words")).await;
    link.hears().await.unwrap();
    link.says(json!({ "envelope_id": "e", "type": "interactive", "payload": { "type": "private-words !" } })).await;
    link.hears().await.unwrap();
    running.stop.cancel();
    assert_eq!(link.hears().await, None);
    running.receiving.await.unwrap().unwrap();
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("connection greeted"), "{log}");
    for secret in [TICKET, "xapp-secret", "private-words !", "1.2.private-words"] {
        assert!(!log.contains(secret), "{secret}");
    }
}
