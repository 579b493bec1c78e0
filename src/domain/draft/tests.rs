use proptest::prelude::*;

use super::*;

fn window(name: &str) -> WindowId {
    WindowId::parse(name).unwrap()
}
fn words(text: &str) -> Answer {
    Answer::parse(Question::System, text).unwrap().unwrap()
}
fn numbers(text: &str) -> Answer {
    Answer::parse(Question::Numbers, text).unwrap().unwrap()
}
/// A keystroke in the system field (empty: cleared), beside nothing else.
fn key(name: &str, at: u64, text: &str) -> Save {
    let acted = Some((Question::System, Answer::parse(Question::System, text).unwrap()));
    Save { window: window(name), at: SlackTime(at), acted, shown: vec![] }
}
/// A report of something else, or a submission, that shows these answers.
fn shows(name: &str, at: u64, shown: &[Answer]) -> Save {
    Save { window: window(name), at: SlackTime(at), acted: None, shown: shown.to_vec() }
}
fn opened(names: &[&str], begin: &[Answer]) -> Draft {
    let mut draft = Draft::default();
    for answer in begin {
        draft.answers.set(answer.question(), Some(answer.clone()), SlackTime(0));
    }
    for name in names {
        draft.open(window(name), SlackTime(100));
    }
    draft
}
fn system(draft: &Draft) -> Option<&str> {
    draft.answers.words(Question::System)
}

/// Windows A and B were given "old"; then these reports arrive, in this order; the draft says this in the end.
#[test]
fn reports_of_two_windows_end_as_the_design_says() {
    let old = || vec![words("old")];
    let new = || vec![words("new")];
    let table: Vec<(&str, Vec<Save>, Option<&str>)> = vec![
        ("the last act wins", vec![key("A", 110, "a"), key("B", 120, "b")], Some("b")),
        ("also when the older arrives last", vec![key("B", 120, "b"), key("A", 110, "a")], Some("b")),
        ("keystrokes out of order", vec![key("A", 112, "abc"), key("A", 111, "ab"), key("A", 110, "a")], Some("abc")),
        (
            "what B was given and still shows is no change",
            vec![key("A", 110, "new"), shows("B", 120, &old())],
            Some("new"),
        ),
        ("what B changes is one, acted on or not", vec![key("A", 110, "a"), shows("B", 120, &new())], Some("new")),
        (
            "what A reported and still shows is no change",
            { vec![key("A", 110, "a"), key("B", 120, "b"), shows("A", 130, &[words("a")])] },
            Some("b"),
        ),
        (
            "a field of B's that is older than A's act is dropped",
            vec![key("A", 130, "a"), shows("B", 120, &new())],
            Some("a"),
        ),
        ("acting on nothing clears", vec![key("A", 110, "")], None),
        ("an older clearing is dropped", vec![key("A", 110, "a"), key("B", 105, "")], Some("a")),
        ("an older word does not come back after a clearing", vec![key("A", 110, ""), key("A", 109, "o")], None),
        ("absence clears nothing", vec![shows("A", 110, &[numbers("7")]), shows("B", 120, &[])], Some("old")),
        (
            "a window that shows the old does not undo a clearing",
            vec![key("A", 110, ""), shows("B", 120, &old())],
            None,
        ),
        ("a window nobody knows speaks for its act", vec![key("X", 110, "x")], Some("x")),
        ("and for nothing else", vec![shows("X", 110, &new())], Some("old")),
        ("a window nobody knows may not speak of the past", vec![key("A", 110, "a"), key("X", 109, "x")], Some("a")),
        ("redelivery", vec![key("A", 110, "a"), key("B", 120, "b"), key("A", 110, "a")], Some("b")),
        ("typed back to what it was", vec![key("A", 110, "ol"), key("A", 111, "old")], Some("old")),
    ];
    for (what, saves, expected) in table {
        let mut draft = opened(&["A", "B"], &old());
        for save in &saves {
            draft.merge(save);
        }
        assert_eq!(system(&draft), expected, "{what}");
    }
}

#[test]
fn a_late_keystroke_does_not_undo_what_its_own_window_showed_since() {
    let mut draft = opened(&["A"], &[words("old")]);
    // At 120 the window shows "old" still or again; the keystroke of 110 comes after it.
    let acted = Some((Question::Numbers, Some(numbers("7"))));
    draft.merge(&Save { window: window("A"), at: SlackTime(120), acted, shown: vec![words("old"), numbers("7")] });
    assert_eq!(draft.merge(&key("A", 110, "older")), Merged::Same);
    assert_eq!(system(&draft), Some("old"));
}

#[test]
fn a_submission_stamped_ahead_of_slack_s_clock_blocks_no_keystroke_in_what_it_left_alone() {
    let mut draft = opened(&["A"], &[words("old")]);
    draft.merge(&shows("A", 500, &[words("old")]));
    draft.merge(&key("A", 400, "typed after Back"));
    assert_eq!(system(&draft), Some("typed after Back"));
}

#[test]
fn typing_counts_though_the_opening_was_stamped_ahead_of_slack_s_clock() {
    let mut draft = opened(&["A"], &[words("old")]);
    draft.merge(&key("A", 50, "new"));
    assert_eq!(system(&draft), Some("new"));
}

#[test]
fn a_mend_stands_against_the_windows_that_still_show_the_old() {
    let mut draft = opened(&["A", "B"], &[words("old")]);
    draft.mend(&window("A"), words("mended"), SlackTime(200));
    assert_eq!(draft.generation, 1);
    for name in ["A", "B"] {
        assert_eq!(
            draft.merge(&shows(name, 300, &[words("old")])),
            if name == "A" { Merged::Changed } else { Merged::Same }
        );
        draft.mend(&window("A"), words("mended"), SlackTime(310));
    }
    assert_eq!(system(&draft), Some("mended"));
    assert_eq!(draft.merge(&shows("A", 320, &[words("mended")])), Merged::Same);
    assert_eq!(draft.merge(&key("A", 190, "typed before")), Merged::Same);
    assert_eq!(draft.merge(&shows("B", 330, &[words("changed in B")])), Merged::Changed);
}

#[test]
fn a_window_opened_is_remembered_and_the_longest_silent_is_forgotten() {
    let names: Vec<String> = (0..WINDOWS_KEPT).map(|number| format!("W{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut draft = opened(&names, &[]);
    draft.merge(&key("W0", 200, "a"));
    draft.open(window("LAST"), SlackTime(1));
    let kept: Vec<&str> = draft.windows.iter().map(|window| window.id.as_str()).collect();
    let expected = [&names[..1], &names[2..], &["LAST"]].concat();
    assert_eq!(kept, expected, "the newest stays, however its clock stands");
    draft.open(window("LAST"), SlackTime(300));
    assert_eq!(draft.windows.len(), WINDOWS_KEPT);
}

#[test]
fn the_fingerprint_tells_answers_apart_and_forgets_how_they_came() {
    let mut first = opened(&[], &[words("a"), numbers("b")]);
    let second = opened(&["A"], &[numbers("b"), words("a")]);
    assert_eq!(first.fingerprint(), second.fingerprint());
    assert_ne!(first.fingerprint(), opened(&[], &[words("b"), numbers("a")]).fingerprint());
    first.answers.set(Question::Numbers, None, SlackTime(9));
    assert_eq!(first.fingerprint(), opened(&[], &[words("a")]).fingerprint());
}

/// What people do in two windows, in the order of Slack's clock; each act is reported once it is done, with all that
/// the window then shows.
#[derive(Debug, Clone)]
enum Act {
    Type { window: usize, field: usize, text: &'static str },
    Submit { window: usize },
}

const FIELDS: [Question; 3] = [Question::System, Question::Numbers, Question::Language];
const NAMES: [&str; 2] = ["A", "B"];

fn act() -> impl Strategy<Value = Act> {
    let text = prop_oneof![Just(""), Just("a"), Just("ab"), Just("b"), Just("given")];
    prop_oneof![
        6 => (0..2usize, 0..3usize, text).prop_map(|(window, field, text)| Act::Type { window, field, text }),
        1 => (0..2usize).prop_map(|window| Act::Submit { window }),
    ]
}

/// The naive reading: a field holds what was last typed into it anywhere, whichever window that was; and what each
/// window shows in the end.
fn naive(acts: &[Act]) -> ([String; 3], [[&'static str; 3]; 2]) {
    let mut fields = ["given", "", ""].map(str::to_owned);
    let mut screens = [["given", "", ""]; 2];
    for act in acts {
        if let Act::Type { window, field, text } = act {
            fields[*field] = (*text).to_owned();
            screens[*window][*field] = text;
        }
    }
    (fields, screens)
}

/// The reports of these acts, in Slack's order.
fn reports(acts: &[Act]) -> Vec<Save> {
    let mut screens = [["given", "", ""], ["given", "", ""]];
    let mut saves = Vec::new();
    for (step, act) in acts.iter().enumerate() {
        let (window_index, acted) = match act {
            Act::Type { window, field, text } => {
                screens[*window][*field] = text;
                (*window, Some((FIELDS[*field], Answer::parse(FIELDS[*field], text).unwrap())))
            }
            Act::Submit { window } => (*window, None),
        };
        let shown = FIELDS.iter().zip(screens[window_index]);
        let shown = shown.filter_map(|(question, text)| Answer::parse(*question, text).unwrap()).collect();
        saves.push(Save { window: window(NAMES[window_index]), at: SlackTime(1_000 + step as u64), acted, shown });
    }
    saves
}

/// An order of arrival: each report is delayed by so much; some come twice.
fn arrivals(saves: &[Save], delays: &[(u8, bool)]) -> Vec<Save> {
    let mut arrivals = Vec::new();
    for (index, save) in saves.iter().enumerate() {
        let (delay, twice) = delays.get(index).copied().unwrap_or((0, false));
        arrivals.push((index + usize::from(delay), save.clone()));
        if twice {
            arrivals.push((index + usize::from(delay) + 3, save.clone()));
        }
    }
    arrivals.sort_by_key(|(when, _)| *when);
    arrivals.into_iter().map(|(_, save)| save).collect()
}

/// Each window is heard in its own order, the two in any; some reports come again right after.
fn interleaved(saves: &[Save], turns: &[(usize, bool)]) -> Vec<Save> {
    let mut queues: [std::collections::VecDeque<&Save>; 2] = Default::default();
    for save in saves {
        queues[usize::from(save.window.as_str() == NAMES[1])].push_back(save);
    }
    let mut heard = Vec::new();
    for (turn, twice) in turns.iter().chain(std::iter::repeat_n(&(0, false), saves.len())) {
        let next = queues[*turn].pop_front().or_else(|| queues[1 - turn].pop_front());
        heard.extend(next.cloned());
        if *twice {
            heard.extend(next.cloned());
        }
    }
    assert!(queues.iter().all(|queue| queue.is_empty()), "everything is heard");
    heard
}

fn holds(draft: &Draft) -> [String; 3] {
    FIELDS.map(|field| draft.answers.words(field).unwrap_or_default().to_owned())
}

proptest! {
    #[test]
    fn two_windows_end_with_what_was_typed_last_whichever_is_heard_first(
        acts in prop::collection::vec(act(), 1..30),
        turns in prop::collection::vec((0..2usize, any::<bool>()), 80),
    ) {
        let mut draft = opened(&NAMES, &[words("given")]);
        for save in interleaved(&reports(&acts), &turns) {
            draft.merge(&save);
        }
        prop_assert_eq!(holds(&draft), naive(&acts).0);
    }

    #[test]
    fn one_window_ends_with_what_was_typed_last_in_any_order_of_arrival(
        acts in prop::collection::vec(act(), 1..30),
        delays in prop::collection::vec((0u8..6, any::<bool>()), 30),
    ) {
        let acts: Vec<Act> = acts.into_iter().map(|act| match act {
            Act::Type { field, text, .. } => Act::Type { window: 0, field, text },
            Act::Submit { .. } => Act::Submit { window: 0 },
        }).collect();
        let mut draft = opened(&NAMES, &[words("given")]);
        for save in arrivals(&reports(&acts), &delays) {
            draft.merge(&save);
        }
        prop_assert_eq!(holds(&draft), naive(&acts).0);
    }

    #[test]
    fn two_windows_in_any_order_of_arrival_end_with_what_one_of_them_shows(
        acts in prop::collection::vec(act(), 1..30),
        delays in prop::collection::vec((0u8..6, any::<bool>()), 30),
    ) {
        let mut draft = opened(&NAMES, &[words("given")]);
        for save in arrivals(&reports(&acts), &delays) {
            draft.merge(&save);
        }
        let (_, screens) = naive(&acts);
        for (field, held) in holds(&draft).into_iter().enumerate() {
            let shown = screens.iter().any(|screen| screen[field] == held);
            prop_assert!(shown, "field {}: {:?}, on no screen of {:?}", field, held, screens);
        }
    }

    #[test]
    fn a_report_delivered_again_changes_nothing(
        acts in prop::collection::vec(act(), 1..30),
        delays in prop::collection::vec((0u8..6, Just(false)), 30),
    ) {
        let mut draft = opened(&NAMES, &[words("given")]);
        let arrivals = arrivals(&reports(&acts), &delays);
        for (index, save) in arrivals.iter().enumerate() {
            draft.merge(save);
            let before = draft.clone();
            // A submission carries the bot's time; whether it came before is known by its key (`store::SeenKey`).
            for again in arrivals[..=index].iter().filter(|again| again.acted.is_some() || *again == save) {
                prop_assert_eq!(draft.merge(again), Merged::Same);
            }
            prop_assert_eq!(&draft, &before);
        }
    }

    #[test]
    fn a_lost_report_is_made_good_by_the_next_of_its_window(
        texts in prop::collection::vec(prop_oneof![Just("a"), Just("ab"), Just("b")], 2..10),
        lost in prop::collection::vec(any::<bool>(), 10),
    ) {
        let acts: Vec<Act> = texts.iter().map(|text| Act::Type { window: 0, field: 0, text }).collect();
        let mut saves = reports(&acts);
        let all = saves.len();
        saves.retain(|save| !lost[(save.at.0 - 1_000) as usize]);
        let shown = vec![words(texts.last().unwrap())];
        saves.push(shows("A", 1_000 + all as u64, &shown));
        let mut draft = opened(&NAMES, &[words("given")]);
        for save in &saves {
            draft.merge(save);
        }
        prop_assert_eq!(system(&draft), texts.last().copied());
    }
}
