use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::*;
use crate::slack::fake_intake::FakeIntake;
use crate::slack::http::{BODY_LIMIT, BODY_TIME};
use crate::slack::intake::Ack;

const COMMAND: &str = "command=%2Fscope-backend&user_id=U1&trigger_id=1.2.3";

/// Sends bytes as they are and reads until the other side hangs up.
async fn raw(served: &Served, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(served.address).await.unwrap();
    let _refused_midway = stream.write_all(bytes).await;
    let mut answer = Vec::new();
    let _reset = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn the_largest_body_is_taken_and_one_byte_more_is_413() {
    let (intake, _taken) = FakeIntake::that(|_| Ack::Empty);
    let served = Served::new(intake).await;
    let fitting = format!("{COMMAND}&text={}", "x".repeat(BODY_LIMIT - COMMAND.len() - "&text=".len()));
    assert_eq!(fitting.len(), BODY_LIMIT);
    assert_eq!(served.signed(FORM, fitting.clone()).send().await.unwrap().status(), 200);
    assert_eq!(served.signed(FORM, format!("{fitting}x")).send().await.unwrap().status(), 413);
}

#[tokio::test]
async fn a_body_that_lies_about_its_length_is_cut_off() {
    let (intake, _taken) = FakeIntake::that(|_| Ack::Empty);
    let served = Served::new(intake).await;
    let declared = "POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-length: 99999999999\r\n\r\nabc";
    assert!(raw(&served, declared.as_bytes()).await.starts_with("HTTP/1.1 413"));
    let head = "POST /slack/events HTTP/1.1\r\nhost: x\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n";
    let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x10000));
    let endless = format!("{head}{}0\r\n\r\n", chunk.repeat(17));
    assert!(raw(&served, endless.as_bytes()).await.starts_with("HTTP/1.1 413"));
}

#[tokio::test]
async fn a_body_that_dawdles_is_408() {
    let (intake, _taken) = FakeIntake::that(|_| Ack::Empty);
    let served = Served::new(intake).await;
    let mut stream = TcpStream::connect(served.address).await.unwrap();
    stream.write_all(b"POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nabc").await.unwrap();
    served.clock.until_asleep().await;
    served.clock.advance(BODY_TIME);
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 408");
}

#[tokio::test]
async fn a_head_too_large_is_431_and_a_broken_one_400() {
    let (intake, _taken) = FakeIntake::that(|_| Ack::Empty);
    let served = Served::new(intake).await;
    let long = format!("POST /slack/events HTTP/1.1\r\nhost: x\r\nx: {}\r\n\r\n", "y".repeat(64 * 1024));
    assert!(raw(&served, long.as_bytes()).await.starts_with("HTTP/1.1 431"));
    let many: String = (0..100).map(|n| format!("x-{n}: y\r\n")).collect();
    let many = format!("POST /slack/events HTTP/1.1\r\n{many}\r\n");
    assert!(raw(&served, many.as_bytes()).await.starts_with("HTTP/1.1 431"));
    assert!(raw(&served, b"\x16\x03\x01 not http\r\n\r\n").await.starts_with("HTTP/1.1 400"));
}

#[tokio::test]
async fn an_idle_connection_is_closed() {
    let (intake, _taken) = FakeIntake::that(|_| Ack::Empty);
    let limits = ServeLimits { head_time: Duration::from_millis(100), ..ServeLimits::default() };
    let served = Served::with(intake, 16, limits).await;
    // Never a byte; half a head; a whole request and then nothing.
    let signature = verifier().signature(&NOW.to_string(), b"");
    let whole = format!(
        "POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\ncontent-type: {FORM}\r\n\
         x-slack-request-timestamp: {NOW}\r\nx-slack-signature: {signature}\r\n\r\n"
    );
    assert_eq!(raw(&served, b"").await, "");
    let _half = raw(&served, b"POST /slack/ev").await;
    assert!(raw(&served, whole.as_bytes()).await.starts_with("HTTP/1.1 400"));
}

#[tokio::test]
async fn when_too_much_is_in_hand_the_intake_says_what_to_answer() {
    let (intake, mut taken) = FakeIntake::full_saying(Ack::Body(json!({ "text": "busy" })));
    let served = Served::with(intake.clone(), 1, ServeLimits::default()).await;
    let first = tokio::spawn(served.signed(FORM, COMMAND).send());
    taken.recv().await.unwrap();
    let second = served.signed(FORM, COMMAND).send().await.unwrap();
    assert_eq!(said(second).await, (200, r#"{"text":"busy"}"#.to_owned()));
    intake.releases.add_permits(1);
    assert_eq!(first.await.unwrap().unwrap().status(), 200);
    intake.releases.add_permits(1);
    assert_eq!(said(served.signed(FORM, COMMAND).send().await.unwrap()).await, (200, String::new()));
}

#[tokio::test]
async fn a_handler_goes_on_when_slack_hangs_up() {
    let (intake, mut taken) = FakeIntake::holding(|_| Ack::Empty);
    let served = Served::new(intake.clone()).await;
    let request = tokio::spawn(served.signed(FORM, COMMAND).send());
    taken.recv().await.unwrap();
    request.abort();
    let _aborted = request.await;
    let edge = served.edge.clone();
    let finished = tokio::spawn(async move { edge.finished().await });
    intake.releases.add_permits(1);
    finished.await.unwrap();
    // The permit was used up by the handler that went on.
    assert_eq!(intake.releases.available_permits(), 0);
}

#[tokio::test]
async fn a_stop_lets_what_is_in_hand_finish_and_takes_nothing_more() {
    let (intake, mut taken) = FakeIntake::holding(|_| Ack::Empty);
    let served = Served::new(intake.clone()).await;
    let request = tokio::spawn(served.signed(FORM, COMMAND).send());
    taken.recv().await.unwrap();
    served.stop.cancel();
    // The drain's time-out sleeps on the clock only once nothing more is accepted.
    served.clock.until_asleep_till(served.clock.now() + ServeLimits::default().drain).await;
    assert!(TcpStream::connect(served.address).await.is_err());
    intake.releases.add_permits(1);
    assert_eq!(request.await.unwrap().unwrap().status(), 200);
    served.serving.await.unwrap();
}

#[tokio::test]
async fn a_stop_waits_no_longer_than_the_drain() {
    let (intake, mut taken) = FakeIntake::holding(|_| Ack::Empty);
    let served = Served::new(intake.clone()).await;
    let _request = tokio::spawn(served.signed(FORM, COMMAND).send());
    taken.recv().await.unwrap();
    served.stop.cancel();
    served.clock.until_asleep_till(served.clock.now() + ServeLimits::default().drain).await;
    served.clock.advance(ServeLimits::default().drain);
    served.serving.await.unwrap();
}
