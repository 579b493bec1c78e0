use super::*;
use crate::domain::policy::{Connect, Guests};

fn user(name: &str) -> UserId {
    UserId::parse(name).unwrap()
}

fn asking(people: &[&str]) -> Policy {
    Policy {
        approvers: people.iter().map(|name| user(name)).collect(),
        approver_groups: [].into(),
        quorum: 1,
        reactions: [].into(),
        hiring_channels: vec![],
        guests: Guests::Refused,
        connect: Connect::Refused,
        draft_life: std::time::Duration::ZERO,
        reminder_before: std::time::Duration::ZERO,
        nudge_after: None,
        closed_kept: None,
    }
}

fn word(entitlement: &Entitlement) -> &'static str {
    match entitlement {
        Entitlement::Yes(_) => "yes",
        Entitlement::No(why) => why.key(),
        Entitlement::NotKnown => "not_known",
    }
}

/// Every combination of what is known; the author is UADA.
const TABLE: &str = "
who    kind        | listed          | not listed      | groups unread
URITA  Member      | yes             | not_an_approver | not_known
URITA  Guest       | guest           | guest           | guest
URITA  Outsider    | outsider        | outsider        | outsider
URITA  Bot         | bot             | bot             | bot
URITA  Deactivated | deactivated     | deactivated     | deactivated
URITA  unread      | not_known       | not_known       | not_known
UADA   Member      | author          | author          | author
UADA   Guest       | guest           | guest           | guest
UADA   unread      | author          | author          | author
";

#[test]
fn only_a_listed_member_who_is_not_the_author_is_entitled() {
    let kinds = [
        ("Member", Some(PersonKind::Member)),
        ("Guest", Some(PersonKind::Guest)),
        ("Outsider", Some(PersonKind::Outsider)),
        ("Bot", Some(PersonKind::Bot)),
        ("Deactivated", Some(PersonKind::Deactivated)),
        ("unread", None),
    ];
    for line in TABLE.trim().lines().skip(1) {
        let (head, cells) = line.split_once('|').unwrap();
        let [who, kind] = head.split_whitespace().collect::<Vec<_>>()[..] else { panic!("{line}") };
        let kind = kinds.iter().find(|(name, _)| *name == kind).unwrap().1;
        let read_at = Timestamp::UNIX_EPOCH;
        let person = kind.map(|kind| Person { id: user(who), kind, read_at });
        for (listed, expected) in [Listed::Yes, Listed::No, Listed::Unknown].into_iter().zip(cells.split('|')) {
            let standing = Standing { listed, person: person.clone() };
            let found = entitled(&user(who), &user("UADA"), &asking(&["URITA"]), &standing);
            assert_eq!(word(&found), expected.trim(), "{line}: {listed:?}");
            if let Entitlement::Yes(proof) = found {
                assert_eq!(proof.person(), &user(who));
            }
        }
    }
}

#[test]
fn where_nobody_is_asked_nobody_is_entitled_and_bots_stay_bots() {
    let nobody = asking(&[]);
    let person = |kind| Some(Person { id: user("URITA"), kind, read_at: Timestamp::UNIX_EPOCH });
    for (person, expected) in [
        (None, "nobody_asked"),
        (person(PersonKind::Member), "nobody_asked"),
        (person(PersonKind::Guest), "nobody_asked"),
        (person(PersonKind::Bot), "bot"),
        (person(PersonKind::Deactivated), "deactivated"),
    ] {
        let standing = Standing { listed: Listed::Yes, person };
        assert_eq!(word(&entitled(&user("URITA"), &user("UADA"), &nobody, &standing)), expected);
    }
}

#[test]
fn the_row_of_another_person_is_no_knowledge() {
    let person = Some(Person { id: user("UROB"), kind: PersonKind::Member, read_at: Timestamp::UNIX_EPOCH });
    let standing = Standing { listed: Listed::Yes, person };
    assert_eq!(entitled(&user("URITA"), &user("UADA"), &asking(&["URITA"]), &standing), Entitlement::NotKnown);
}

#[test]
fn the_oldest_marks_taken_back_are_forgotten_first_and_nothing_else() {
    let mark = |at, weight| Standmark { at: SlackTime(at), revision: Revision(1), weight };
    let mut approval = Approval {
        quorum: 1,
        reactions: [].into(),
        since: Revision(1),
        fence: None,
        marks: [
            ((user("UA"), Source::Button), mark(5, Weight::Taken)),
            ((user("UB"), Source::Button), mark(1, Weight::Taken)),
            ((user("UC"), Source::Button), mark(0, Weight::Undecided)),
            ((user("UD"), Source::Button), mark(0, Weight::Counts(Entitled(user("UD"))))),
        ]
        .into(),
        told: [].into(),
        changes_asked: [].into(),
        approved_at: None,
    };
    approval.forget_taken(1);
    let left: Vec<&str> = approval.marks.keys().map(|(who, _)| who.as_str()).collect();
    assert_eq!(left, ["UA", "UC", "UD"]);
}
