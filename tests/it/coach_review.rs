//! What the coach says at a review, and how it sorts and rewrites: tables of texts.

use scopebot::domain::answers::{Answer, Answers, Load, Question, Speed, SystemType, Team, Text};
use scopebot::domain::coach::{
    Blank, Case, Conflict, Overrides, Part, RewritePart, Rule, Severity, digest_of, load_of, speed_of,
};
use scopebot::domain::ids::SlackTime;
use scopebot::prompts::coach::{CoachFiles, CoachTools, coach_of};

fn tools() -> CoachTools {
    coach_of(&CoachFiles::embedded()).unwrap()
}

fn answers(given: &[Answer]) -> Answers {
    let mut answers = Answers::default();
    for answer in given {
        answers.set(answer.question(), Some(answer.clone()), SlackTime::default());
    }
    answers
}

fn words(question: Question, text: &str) -> Answer {
    Answer::Words(question, Text::parse(text, 300).unwrap())
}

fn system(text: &str) -> Answer {
    words(Question::System, text)
}

#[test]
fn what_only_looks_like_a_language_never_leads() {
    let coach = tools().coach;
    for text in [
        "We go live in March and need calm people",
        "Swift turnaround on refunds matters to the shops",
        "Guard rails around spending",
        "Plants across the rust belt report downtime",
        "Spring launch of the loyalty scheme",
        "We must react to events within a second",
        "Express checkout for returning guests",
        "Julia from finance explains the reports",
        "Survive node failures without losing a reading",
        "R&D wants it, the C-level pays for it",
        "What comes next is up to you",
        "No language preference, the queue matters",
        "Our Phoenix office runs the call centre",
        "Messages go through a broker, orders go to the warehouse",
    ] {
        let reading = coach.read(text);
        let asked: Vec<_> = reading.names.iter().filter(|name| name.part == Part::Stack).collect();
        assert!(!reading.language_first() && asked.is_empty(), "{text}: {asked:?}");
    }
}

#[test]
fn spellings_cases_and_scripts_of_names_lead() {
    let coach = tools().coach;
    for text in [
        "golang engineer",
        "node.js backend dev",
        "NODEJS DEVELOPER NEEDED",
        "Senior .NET engineer, remote",
        "C# wizard",
        "k8s person",
        "pythonista with 5 years",
        "Djnago developer",
        "Pyhton backend engineer",
        "Sr. Java Backend Engineer",
        "🚀 Rust developer 🚀",
        "• Kotlin\n• Spring Boot\n• AWS",
        "Kafka, Postgres, Redis, AWS",
        "Backend engineer (Python)",
        "Backend Engineer - Go",
        "Backend dev, Node/TS",
        "Разработчик Питон",
        "パイソン エンジニア",
        "爪哇 工程师",
        "Java-Entwickler gesucht",
    ] {
        assert!(coach.read(text).language_first(), "{text}: {:?}", coach.read(text).lead);
    }
}

#[test]
fn a_language_first_finding_quotes_the_words_and_gives_the_reason_and_goes_once_overridden() {
    let tools = tools();
    let given = answers(&[system("Senior Python dev for APIs, scalable")]);
    let findings = tools.coach.review(&given, &Overrides::default());
    let first = &findings[0];
    assert_eq!(
        (first.rule, first.severity, first.question),
        (Rule::LanguageFirst, Severity::Warning, Some(Question::System))
    );
    assert_eq!((first.quote.as_str(), first.start, first.end), ("Python", 7, 13));
    assert!(tools.words.why(first).contains("Python"));
    assert_eq!(findings.len(), 1, "one a sentence: {findings:?}");
    let overrides = Overrides::from_iter([(first.rule, first.digest())]);
    let after = tools.coach.review(&given, &overrides);
    assert!(after.iter().all(|finding| finding.rule != Rule::LanguageFirst), "{after:?}");
    assert_eq!(digest_of("Python"), digest_of("  PYTHON "));
}

#[test]
fn fast_is_no_fault_beside_a_number_or_a_band() {
    let coach = tools().coach;
    let vague = |given: &[Answer]| {
        coach.review(&answers(given), &Overrides::default()).iter().any(|finding| finding.rule == Rule::VagueScale)
    };
    let ledger = system("A fast ledger for refunds");
    assert!(vague(&[ledger.clone(), Answer::Load(Load::NotKnown), Answer::Speed(Speed::NotKnown)]));
    assert!(!vague(&[ledger.clone(), words(Question::Numbers, "40 refunds a minute")]));
    assert!(!vague(&[ledger, Answer::Load(Load::Ones)]));
}

#[test]
fn contradictions_are_found_and_doubts_are_silence() {
    let coach = tools().coach;
    let cases = |given: &[Answer]| -> Vec<Case> {
        coach.review(&answers(given), &Overrides::default()).iter().map(|finding| finding.case).collect()
    };
    let lag = system("REST API, but most of the work is Kafka consumer lag, replay and event ordering");
    assert!(
        cases(&[lag.clone(), Answer::SystemType(SystemType::RestApi)]).contains(&Case::TypeAgainstWords)
            || cases(&[lag]).contains(&Case::TwoTypes)
    );
    let nine = system("Ledger for refunds; you join nine other backend engineers");
    assert!(cases(&[nine, Answer::Team(Team::Solo)]).contains(&Case::TeamAgainstWords));
    let front = system("Ledger for refunds, you plus one frontend dev");
    assert!(!cases(&[front, Answer::Team(Team::Solo)]).contains(&Case::TeamAgainstWords));
    let alone = system("Ledger for refunds. You work alone.");
    assert!(cases(&[alone, Answer::Team(Team::Larger)]).contains(&Case::TeamAgainstWords));
    assert_eq!(
        cases(&[system("Ledger for refunds"), Answer::SystemType(SystemType::RestApi), Answer::Team(Team::Solo)]),
        []
    );
}

#[test]
fn words_and_band_that_disagree_are_a_conflict_with_the_words_band() {
    let coach = tools().coach;
    let given = answers(&[system("Ledger, 40k events/s"), Answer::Load(Load::Ones)]);
    let Some(Conflict::Load { chosen, words_say, quote }) = coach.sheet(&given).conflict() else {
        panic!("no conflict")
    };
    assert_eq!((chosen, words_say, quote.as_str()), (Load::Ones, Load::TensOfThousands, "40k events/s"));
    // A day's average may lie one band below the busy moment.
    assert_eq!(
        coach.sheet(&answers(&[system("Ledger, 2 million events a day"), Answer::Load(Load::Hundreds)])).conflict(),
        None
    );
    assert_eq!(
        coach.sheet(&answers(&[system("Ledger, p99 < 50 ms"), Answer::Speed(Speed::Under100Ms)])).conflict(),
        None
    );
    assert!(coach.sheet(&answers(&[system("Ledger, p99 < 50 ms"), Answer::Speed(Speed::Hours)])).conflict().is_some());
    assert_eq!(coach.sheet(&answers(&[system("A ledger"), Answer::Speed(Speed::Hours)])).conflict(), None);
}

#[test]
fn quantities_become_bands() {
    let coach = tools().coach;
    for (text, speed, load) in [
        ("a few hundred requests a day", None, Some(Load::Rare)),
        ("20k rps", None, Some(Load::TensOfThousands)),
        ("p99 < 50 ms", Some(Speed::Under100Ms), None),
        ("2 TB nightly", None, None),
        ("millions of events a day", None, Some(Load::Tens)),
        ("answers within a minute", Some(Speed::Under1Min), None),
        ("sub-second", Some(Speed::Under1S), None),
        ("single-digit milliseconds", Some(Speed::Under10Ms), None),
        ("must finish in two hours", Some(Speed::Hours), None),
        ("from 100 to 10k rps", None, Some(Load::TensOfThousands)),
    ] {
        let reading = coach.read(text);
        assert!(reading.scale_stated(), "{text}");
        assert_eq!(reading.quantities.iter().find_map(speed_of), speed, "{text}: {:?}", reading.quantities);
        assert_eq!(reading.quantities.iter().find_map(load_of), load, "{text}: {:?}", reading.quantities);
    }
    assert_eq!(coach.read("p99.9 below 20 ms").quantities[0].percentile, Some(999));
}

#[test]
fn free_text_is_sorted_into_fields() {
    let coach = tools().coach;
    let python = coach.sort("Senior Python dev asap");
    assert_eq!((python.parked, python.sentence, python.system_type), (vec!["Python".to_owned()], None, None));
    let ledger = coach.sort("streaming ledger, 40k events/s");
    assert_eq!(ledger.system_type, Some(SystemType::EventPipeline));
    assert_eq!(ledger.load, Some(Load::TensOfThousands));
    assert_eq!(ledger.sentence.as_deref(), Some("streaming ledger, 40k events/s"));
    assert_eq!(ledger.numbers.as_deref(), Some("40k events/s"));
    let users = coach.sort("now 300 users, in summer maybe 5000");
    assert_eq!(users.numbers.as_deref(), Some("now 300 users, in summer maybe 5000"));
    assert_eq!((users.sentence, users.load), (None, None));
    let soft = coach.sort("Go engineer for our telemetry ingest - 20k trackers - joins two other backend engineers");
    assert_eq!(soft.parked, ["Go"]);
    assert_eq!(soft.team, Some(Team::OneOrTwo));
    assert!(soft.sentence.unwrap().starts_with("telemetry ingest"));
    let bracket = coach.sort("Payments Backend Engineer (Node.js)");
    assert_eq!(bracket.sentence.as_deref(), Some("Payments Backend Engineer"));
}

#[test]
fn a_rewrite_uses_what_was_said_and_leaves_blanks_for_the_rest() {
    let tools = tools();
    let rewrite = tools.coach.rewrite(&answers(&[system("Python developer for our billing ledger")])).unwrap();
    assert_eq!(rewrite.parts, [RewritePart::Said("billing ledger".to_owned())]);
    let bare = tools
        .coach
        .rewrite(&answers(&[system("Python developer"), Answer::SystemType(SystemType::EventPipeline)]))
        .unwrap();
    assert_eq!(bare.blanks().collect::<Vec<_>>(), [Blank::Flow, Blank::Consumer]);
    let text = tools.words.rewrite(&bare);
    assert_eq!(
        text, "Takes in [what flows through it] for [who uses it]",
        "the chosen type leads the sentence already"
    );
    assert!(tools.words.has_blank(&text));
    assert!(!tools.words.has_blank("A real-time event pipeline that takes in swipes for the fraud desk"));
    assert_eq!(tools.coach.rewrite(&answers(&[system("A ledger")])), None);
}

#[test]
fn the_other_rules_find_what_they_are_for() {
    let coach = tools().coach;
    let rules =
        |text: &str| -> Vec<Rule> { coach.findings_in(&coach.read(text)).iter().map(|finding| finding.rule).collect() };
    for (text, rule) in [
        ("Ledger for refunds, 300 a day. Two LeetCode rounds.", Rule::AlgorithmTest),
        ("Ledger for refunds, 300 a day, plus some React UI work", Rule::TwoRoles),
        ("Full-stack owner of the refund desk, 300 refunds a day", Rule::TwoRoles),
        ("Ledger for refunds, 300 a day, tightly coupled to the shop", Rule::Coupling),
        ("Highly scalable ledger for refunds", Rule::VagueScale),
    ] {
        assert!(rules(text).contains(&rule), "{text}: {:?}", rules(text));
    }
    for text in [
        "Ledger for refunds, 300 a day. No LeetCode, no whiteboard tests.",
        "API for our React app: refunds, 300 a day",
        "Ledger for refunds, 300 a day. You work with one front-end developer.",
    ] {
        assert_eq!(rules(text), [], "{text}");
    }
}

#[test]
fn an_empty_and_a_copied_answer_are_told() {
    let coach = tools().coach;
    let cases = |given: &[Answer]| -> Vec<Case> {
        coach.review(&answers(given), &Overrides::default()).iter().map(|finding| finding.case).collect()
    };
    assert_eq!(cases(&[system("A scalable backend system, some APIs")]).first(), Some(&Case::EmptyAnswer));
    let twice = [system("Ledger for refunds"), words(Question::Title, "ledger for refunds")];
    assert_eq!(cases(&twice), [Case::CopiedAnswer]);
}

#[test]
fn text_that_is_not_english_raises_names_of_languages_alone() {
    let coach = tools().coach;
    let found =
        |text: &str| -> Vec<Rule> { coach.findings_in(&coach.read(text)).iter().map(|finding| finding.rule).collect() };
    assert_eq!(
        found("Wir suchen einen Java-Entwickler für skalierbare Dienste, LeetCode inklusive"),
        [Rule::LanguageFirst]
    );
    assert_eq!(found("Wir brauchen jemanden für die nächtliche Abrechnung, fast und scalable"), []);
}

#[test]
fn title_words_are_the_system_in_few_words() {
    let coach = tools().coach;
    let title = |text: &str| coach.sheet(&answers(&[system(text)])).title_words();
    assert_eq!(title("A streaming ledger for refunds").as_deref(), Some("streaming ledger"));
    assert_eq!(title("Python developer"), None);
    assert_eq!(title("Something with computers"), None);
}

#[test]
fn front_end_work_is_named_by_work_and_not_by_the_client() {
    let coach = tools().coach;
    let names = |text: &str| coach.sheet(&answers(&[system(text)])).names_front_end().map(|evidence| evidence.quote);
    assert_eq!(names("Booking API and some React UI").as_deref(), Some("UI"));
    assert_eq!(names("Booking API for the iOS app and our web app"), None);
}

#[test]
fn what_is_no_engineering_team_is_none() {
    let coach = tools().coach;
    for text in [
        "You've built and led teams of 8 engineers before",
        "Someone who has been part of a 20-engineer org",
        "Our data scientists train the models, you serve them",
        "We are a 25-person startup",
        "Backend Engineer - Core Platform Team",
        "The ops team of six answers phones with it",
        "1,200 service engineers read it on their phones",
        "A platform for 300 engineers",
        "Sales team of nine",
        "you enjoy working with other engineers",
        "able to work independently and on your own",
        "senior enough to work alone",
        "I need three Java developers and two QA engineers",
        "we had two developers, both left",
        "team player, remote team, great team spirit",
    ] {
        assert_eq!(coach.read(text).team, None, "{text}");
    }
}
