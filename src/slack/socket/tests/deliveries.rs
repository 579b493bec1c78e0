use super::*;
use crate::slack::fake_intake::FakeIntake;
use crate::slack::intake::Ack;
use crate::slack::payload::Inbound;

fn ack(id: &str) -> Option<Value> {
    Some(json!({ "envelope_id": id }))
}

#[tokio::test]
async fn a_delivery_is_acknowledged_by_its_id_with_what_the_intake_says() {
    let (intake, mut taken) = FakeIntake::that(|inbound| match inbound {
        Inbound::SlashCommand(_) => Ack::Body(json!({ "text": "hello" })),
        _ => Ack::Body(json!({ "text": "to an event nothing can be said" })),
    });
    let mut running = Running::new(intake).await;
    let mut link = running.greeted().await;
    link.says(command("one")).await;
    assert_eq!(link.hears().await, Some(json!({ "envelope_id": "one", "payload": { "text": "hello" } })));
    link.says(reaction("two")).await;
    assert_eq!(link.hears().await, ack("two"));
    let kinds = [taken.recv().await.unwrap().kind(), taken.recv().await.unwrap().kind()];
    assert_eq!(kinds, ["slash_command", "reaction_added"]);
}

#[tokio::test]
async fn what_is_not_taken_now_is_not_acknowledged() {
    let (intake, _taken) = FakeIntake::that(|inbound| match inbound {
        Inbound::SlashCommand(_) => Ack::Empty,
        _ => Ack::NotNow,
    });
    let mut running = Running::new(intake).await;
    let mut link = running.greeted().await;
    link.says(reaction("never")).await;
    link.says(command("after")).await;
    assert_eq!(link.hears().await, ack("after"));
}

#[tokio::test]
async fn a_slow_handler_holds_up_neither_others_nor_the_pong() {
    let (intake, mut taken) = FakeIntake::holding(|_| Ack::Empty);
    let mut running = Running::new(intake.clone()).await;
    let mut link = running.greeted().await;
    for id in ["one", "two", "three"] {
        link.says(command(id)).await;
    }
    for _ in 0..3 {
        taken.recv().await.unwrap();
    }
    link.0.send(Message::Ping(b"are you there".as_slice().into())).await.unwrap();
    assert_eq!(link.frame().await, Message::Pong(b"are you there".as_slice().into()));
    intake.releases.add_permits(3);
    let mut acknowledged = Vec::new();
    for _ in 0..3 {
        acknowledged.push(link.hears().await.unwrap()["envelope_id"].as_str().unwrap().to_owned());
    }
    acknowledged.sort();
    assert_eq!(acknowledged, ["one", "three", "two"]);
}

#[tokio::test]
async fn when_full_an_event_is_left_and_a_person_is_told() {
    for (when_full, said) in [
        (Ack::NotNow, None),
        (Ack::Body(json!({ "text": "busy" })), Some(json!({ "envelope_id": "two", "payload": { "text": "busy" } }))),
    ] {
        let (intake, mut taken) = FakeIntake::full_saying(when_full);
        let mut running = Running::with(intake.clone(), 1, one_connection(), Vec::new()).await;
        let mut link = running.greeted().await;
        link.says(command("one")).await;
        taken.recv().await.unwrap();
        link.says(command("two")).await;
        if said.is_some() {
            assert_eq!(link.hears().await, said);
        }
        // An unknown kind needs no place: its acknowledgement shows that "two" has been dealt with.
        link.says(json!({ "envelope_id": "three", "type": "tomorrow", "payload": {} })).await;
        assert_eq!(link.hears().await, ack("three"));
        intake.releases.add_permits(1);
        assert_eq!(link.hears().await, ack("one"));
        assert!(taken.try_recv().is_err());
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_acknowledged_and_what_is_no_envelope_passed_over() {
    let (intake, mut taken) = FakeIntake::that(|_| Ack::Empty);
    let mut running = Running::new(intake).await;
    let mut link = running.greeted().await;
    for text in ["not JSON", "{}", r#"{"type":"events_api","payload":{}}"#, "[1,2"] {
        link.0.send(Message::text(text)).await.unwrap();
    }
    link.0.send(Message::binary(vec![0, 159, 146, 150])).await.unwrap();
    link.says(json!({ "envelope_id": "no payload", "type": "interactive" })).await;
    assert_eq!(link.hears().await, ack("no payload"));
    link.says(json!({ "envelope_id": "half", "type": "slash_commands", "payload": { "command": "/x" } })).await;
    assert_eq!(link.hears().await, ack("half"));
    assert!(taken.try_recv().is_err());
}

#[tokio::test]
async fn a_panic_of_a_handler_leaves_the_connection_alone() {
    let (intake, _taken) = FakeIntake::that(|inbound| match inbound {
        Inbound::SlashCommand(_) => panic!("of the handler"),
        _ => Ack::Empty,
    });
    let mut running = Running::new(intake).await;
    let mut link = running.greeted().await;
    link.says(command("panics")).await;
    link.says(reaction("after")).await;
    assert_eq!(link.hears().await, ack("after"));
}

#[tokio::test]
async fn a_stop_finishes_what_is_in_hand_sends_its_acknowledgement_and_closes() {
    let (intake, mut taken) = FakeIntake::holding(|_| Ack::Empty);
    let mut running = Running::new(intake.clone()).await;
    let mut link = running.greeted().await;
    link.says(command("in-hand")).await;
    taken.recv().await.unwrap();
    running.stop.cancel();
    running.until_state(SocketState::Stopping).await;
    running.clock.until_asleep_till(running.clock.now() + one_connection().drain).await;
    link.says(command("too-late")).await;
    link.0.send(Message::Ping(b"x".as_slice().into())).await.unwrap();
    assert_eq!(link.frame().await, Message::Pong(b"x".as_slice().into()));
    intake.releases.add_permits(1);
    assert_eq!(link.hears().await, ack("in-hand"));
    assert_eq!(link.hears().await, None);
    assert_eq!(running.receiving.await.unwrap(), Ok(()));
    assert_eq!(running.health.borrow().state, SocketState::Stopped);
    assert!(taken.try_recv().is_err());
}

#[tokio::test]
async fn a_stop_waits_no_longer_than_the_drain() {
    let (intake, mut taken) = FakeIntake::holding(|_| Ack::Empty);
    let mut running = Running::new(intake).await;
    let mut link = running.greeted().await;
    link.says(command("forever")).await;
    taken.recv().await.unwrap();
    running.stop.cancel();
    running.clock.until_asleep_till(running.clock.now() + one_connection().drain).await;
    running.clock.advance(one_connection().drain);
    assert_eq!(link.hears().await, None);
    // The handler itself is given the drain once more, after its connection.
    running.clock.until_asleep_till(running.clock.now() + one_connection().drain).await;
    running.clock.advance(one_connection().drain);
    assert_eq!(running.receiving.await.unwrap(), Ok(()));
}
