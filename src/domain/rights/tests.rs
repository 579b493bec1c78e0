use crate::domain::ids::{Home, ScopeId, TeamId, Timestamp};
use crate::domain::policy::Connect;

use super::*;

fn user(name: &str) -> UserId {
    UserId::parse(name).unwrap()
}

fn policy(guests: Guests) -> Policy {
    Policy {
        approvers: [].into(),
        approver_groups: [].into(),
        quorum: 1,
        reactions: [].into(),
        hiring_channels: vec![],
        guests,
        connect: Connect::Refused,
        draft_life: std::time::Duration::ZERO,
        reminder_before: std::time::Duration::ZERO,
        nudge_after: None,
        closed_kept: None,
    }
}

#[test]
fn the_author_alone_may_edit() {
    let id = ScopeId::parse("01J00000000000000000000000").unwrap();
    let home = Home::Team(TeamId::parse("THOME").unwrap());
    let scope = Scope::fresh(id, home, user("UADA"), Timestamp::UNIX_EPOCH);
    assert_eq!(may_edit(&user("UADA"), &scope), Ok(()));
    // Equal beginnings are not equal people.
    for other in ["URITA", "UAD", "UADA2", "WADA"] {
        assert_eq!(may_edit(&user(other), &scope), Err(Refusal::NotYours), "{other}");
    }
}

#[test]
fn members_open_scopes_guests_where_allowed_and_nobody_from_outside() {
    use PersonKind::*;
    let table = [
        (None, true, true),
        (Some(Member), true, true),
        (Some(Guest), false, true),
        (Some(Outsider), false, false),
        (Some(Bot), false, false),
        (Some(Deactivated), false, false),
    ];
    for (kind, by_default, with_guests) in table {
        assert_eq!(may_open(kind, &policy(Guests::Refused)), by_default, "{kind:?}");
        assert_eq!(may_open(kind, &policy(Guests::Allowed)), with_guests, "{kind:?} where guests are allowed");
    }
}

#[test]
fn a_scope_is_given_to_members_and_taken_over_from_leavers() {
    use PersonKind::*;
    for kind in [Guest, Outsider, Bot, Deactivated] {
        assert_eq!(may_be_given(Some(kind)), Err(Refusal::NotAMember), "{kind:?}");
        assert_eq!(may_take_over(Some(kind), Some(Deactivated)), Err(Refusal::NotAMember), "{kind:?}");
    }
    assert_eq!((may_be_given(Some(Member)), may_be_given(None)), (Ok(()), Err(Refusal::NotKnownYet)));
    for author in [None, Some(Member), Some(Guest)] {
        assert_eq!(may_take_over(Some(Member), author), Err(Refusal::AuthorStays), "{author:?}");
    }
    assert_eq!(may_take_over(Some(Member), Some(Deactivated)), Ok(()));
    assert_eq!(may_take_over(None, Some(Deactivated)), Err(Refusal::NotKnownYet));
}
