//! Where the coach has nothing to say: what the definitions leave out, and words that only sound like a fault.

use scopebot::domain::coach::{Case, Coach, Rule};
use scopebot::prompts::coach::{CoachFiles, coach_of};

fn coach() -> Coach {
    coach_of(&CoachFiles::embedded()).unwrap().coach
}

#[test]
fn what_the_definitions_leave_out_is_left_out() {
    let coach = coach();
    for (text, why) in [
        ("Train a churn model on our subscription history, hand over the notebook", "training alone serves nothing"),
        ("train and fine-tune our pricing model", "training alone serves nothing"),
    ] {
        assert_eq!(coach.read(text).system_type(), None, "{why}: {text}");
    }
    let head_count = coach.read("we are a 12-person company building payroll software");
    assert!(!head_count.scale_stated(), "a head count is no scale: {:?}", head_count.quantities);
    let talkative = coach.read("We're a 30-person startup, you report to the CTO and talk to sales a lot");
    assert_eq!(talkative.team, None, "a company's head count is no team");
    for text in ["Fortran or Cobol, anything goes, we teach", "Java? PHP? Whatever you like.", "Ruby? PHP? your pick"] {
        assert!(!coach.read(text).language_first(), "waved away: {text}");
    }
    let purpose =
        coach.read("An API in Go that hands out parking permits to 60 towns' apps, maybe 15 requests a second");
    assert!(!purpose.language_first(), "its purpose is stated: {:?}", purpose.lead);
}

#[test]
fn the_pace_of_people_and_firms_is_no_vague_scale() {
    let coach = coach();
    let vague = |text: &str| {
        coach
            .findings_in(&coach.read(text))
            .into_iter()
            .find(|finding| finding.rule == Rule::VagueScale)
            .map(|finding| finding.quote)
    };
    for text in [
        "We are a fast-growing fintech",
        "we are growing fast",
        "Fast-paced environment, fast learner wanted",
        "orders of a fast food chain",
        "the team moves fast",
        "high performance culture",
        "a quick call first",
    ] {
        assert_eq!(vague(text), None, "{text}");
    }
    for text in ["fast queries over the archive", "A ledger that must be fast, in a fast-growing firm"] {
        assert_eq!(vague(text).as_deref(), Some("fast"), "{text}");
    }
}

#[test]
fn an_api_that_is_a_stream_by_its_work_contradicts_itself() {
    let coach = coach();
    let two_types =
        |text: &str| coach.findings_in(&coach.read(text)).iter().any(|finding| finding.case == Case::TwoTypes);
    for text in [
        "REST API with consumer lag and replay",
        "a REST API; you'll tune consumer lag, partitions and replays",
        "REST API for the shop, watch consumer lag and replay from Kafka offsets",
        "CRUD API, mostly consumer lag, offsets and replay of topics",
    ] {
        assert!(two_types(text), "{text}");
    }
    for text in [
        "REST API for bookings, push notifications to the app",
        "Booking API for our web shop; it publishes events",
        "REST API over our archive of sensor readings",
        "event pipeline with a small REST API beside it",
    ] {
        assert!(!two_types(text), "{text}");
    }
}

#[test]
fn who_is_alone_among_others_of_another_trade_or_gone_is_no_contradiction() {
    let coach = coach();
    let rules =
        |text: &str| -> Vec<Rule> { coach.findings_in(&coach.read(text)).iter().map(|finding| finding.rule).collect() };
    for text in [
        "Ticket API for the pools app, two devs (iOS, Android) whom you'd serve, and you'd be the only one on the server.",
        "Two juniors will look up to you. No seniors yet.",
        "you inherit the code from the two devs who left, nobody else knows it",
        "nobody here will ask you to invert a binary tree on a whiteboard",
        "A booking API; a team of five, all full-stack",
    ] {
        assert_eq!(rules(text), [], "{text}");
    }
    assert_eq!(rules("Booking API, you'd be the only one, beside nine backend engineers"), [Rule::Contradiction]);
}

#[test]
fn how_often_something_comes_is_a_scale_and_no_bound_on_an_answer() {
    let coach = coach();
    let sorted = coach.sort("event ingest: 20k sensors, one reading every 10 s");
    assert_eq!((sorted.speed, sorted.load), (None, None));
    assert_eq!(sorted.numbers.as_deref(), Some("20k sensors, every 10 s"));
    assert!(coach.read("a measurement every 200 ms").scale_stated());
}

#[test]
fn what_is_sorted_into_fields_leaves_a_whole_sentence() {
    let coach = coach();
    for (text, alone) in [
        ("nightly settlement, 2 TB nightly, joins two others", "nightly settlement"),
        ("a ledger for a backend team of 8", "a ledger"),
        ("Kafka pipeline at 50k events/s in Go, team of five", "Kafka pipeline in Go"),
        ("streaming ledger, 40k events/s", "streaming ledger"),
    ] {
        assert_eq!(coach.sentence_alone(&coach.sort(text)).as_deref(), Some(alone), "{text}");
    }
}

#[test]
fn what_is_run_on_a_product_is_a_system_and_not_a_stack() {
    let coach = coach();
    for text in [
        "Kafka metrics pipeline",
        "Prometheus metrics pipeline for our turbines",
        "Kafka Connect cluster between Oracle and Elasticsearch",
        "Kafka Streams topology for order events",
        "Cassandra ring for meter readings",
        "OpenTelemetry collector fleet",
        "BigQuery exports every hour",
    ] {
        assert!(!coach.read(text).language_first(), "{text}");
    }
    for text in
        ["Kafka Streams developer", "Kafka Connect, Debezium, Oracle", "experience with Kafka Connect", "Cassandra"]
    {
        assert!(coach.read(text).language_first(), "{text}");
    }
}
