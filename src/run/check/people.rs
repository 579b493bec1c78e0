//! Who could approve, and whether that is enough.

use std::collections::{BTreeMap, BTreeSet};

use crate::app::ports::{Registry, RegistryFault};
use crate::config::Settings;
use crate::domain::ids::UserId;
use crate::domain::person::{MEMBERS_KEPT, PersonKind};
use crate::slack::api::{Channel, SlackApi};
use crate::slack::ports::Ports;

use super::report::Report;

const NAME: &str = "approvers";

/// Approvers that are there, active and enough for the quorum; and who of them sees private hiring channels.
pub(super) async fn approvers(
    report: &mut Report,
    settings: &Settings,
    api: &SlackApi,
    ports: &Ports,
    channels: &[Channel],
) {
    let policy = &settings.policy;
    if !policy.asks_for_approval() {
        return report.fine(NAME, "nobody is asked, and every summary says so");
    }
    let quorum = policy.quorum as usize;
    let mut asked = Asked { report, ports, kinds: BTreeMap::new(), unknown: false };
    for id in &policy.approvers {
        asked.by_id(id).await;
    }
    for id in &policy.approver_groups {
        match ports.group(id).await {
            Ok(Some(group)) => match unfit(group.members.len()) {
                Some((what, remedy)) => asked.report.failed(NAME, format!("the user group {id} {what}"), remedy),
                None => asked.by_group(&group.members, quorum).await,
            },
            Ok(None) => asked.report.failed(
                NAME,
                format!("there is no user group {id}, or it is disabled"),
                "Enable it, or correct SCOPEBOT_APPROVERS.",
            ),
            Err(RegistryFault::Never(why)) => asked.report.failed(
                NAME,
                format!("the user group {id} cannot be read: {why}"),
                "Name people instead of the group: user groups take a paid plan and the scope usergroups:read.",
            ),
            Err(RegistryFault::Later { why, .. }) => asked.later(id.as_str(), &why),
        }
    }
    let (able, unknown) = (asked.able(), asked.unknown);
    enough(report, able.len(), quorum, unknown);
    for channel in channels.iter().filter(|channel| channel.is_private) {
        sees(report, api, channel, &able, quorum).await;
    }
}

/// What keeps a group of so many from approving, and the remedy.
fn unfit(members: usize) -> Option<(String, &'static str)> {
    match members {
        0 => Some(("is empty".to_owned(), "Put somebody into it, or name others.")),
        1..=MEMBERS_KEPT => None,
        _ => Some((
            format!("has {members} members; more than {MEMBERS_KEPT} count as nobody"),
            "Name a group of those who decide, or people.",
        )),
    }
}

/// What was asked of Slack so far.
struct Asked<'a> {
    report: &'a mut Report,
    ports: &'a Ports,
    kinds: BTreeMap<UserId, PersonKind>,
    unknown: bool,
}

impl Asked<'_> {
    /// Somebody named in the configuration has to be able to approve.
    async fn by_id(&mut self, id: &UserId) {
        let said = match self.ports.person(id).await {
            Ok(Some(person)) => {
                self.kinds.insert(id.clone(), person.kind);
                match person.kind {
                    PersonKind::Member => return,
                    PersonKind::Guest => "is a guest, or has not accepted the invitation",
                    PersonKind::Outsider => "is of another company",
                    PersonKind::Bot => "is a bot",
                    PersonKind::Deactivated => "is deactivated",
                }
            }
            Ok(None) => "is nobody that Slack knows",
            Err(RegistryFault::Never(why)) => {
                let seen = format!("{id} cannot be read: {why}");
                return self.report.failed(NAME, seen, "Give the bot the scope users:read.");
            }
            Err(RegistryFault::Later { why, .. }) => return self.later(id.as_str(), &why),
        };
        self.report.failed(
            NAME,
            format!("{id} {said}"),
            "Take them out of SCOPEBOT_APPROVERS: nobody else can approve by them.",
        );
    }

    /// The members of a group are asked for until there are more than enough: a big group would take a call each.
    async fn by_group(&mut self, members: &BTreeSet<UserId>, quorum: usize) {
        for id in members {
            if self.able().len() > quorum {
                return;
            }
            if self.kinds.contains_key(id) {
                continue;
            }
            match self.ports.person(id).await {
                Ok(person) => drop(self.kinds.insert(id.clone(), person.map_or(PersonKind::Outsider, |it| it.kind))),
                Err(fault) => return self.later(id.as_str(), &fault.to_string()),
            }
        }
    }

    fn later(&mut self, id: &str, why: &str) {
        self.unknown = true;
        self.report.unknown(NAME, format!("Slack does not say who {id} is: {why}"));
    }

    fn able(&self) -> BTreeSet<UserId> {
        self.kinds.iter().filter(|(_, kind)| **kind == PersonKind::Member).map(|(id, _)| id.clone()).collect()
    }
}

fn enough(report: &mut Report, able: usize, quorum: usize, unknown: bool) {
    const NAME: &str = "quorum";
    let needed = format!("{quorum} needed");
    if able > quorum {
        report.fine(NAME, format!("{needed}, at least {able} can approve"));
    } else if able == quorum {
        report.fine(NAME, format!("{needed}, {able} can approve; a scope of one of them cannot be approved"));
    } else if unknown {
        report.unknown(NAME, format!("{needed}, {able} can approve for certain"));
    } else {
        report.failed(
            NAME,
            format!("{needed}, {able} can approve"),
            "Name more approvers in SCOPEBOT_APPROVERS, or lower SCOPEBOT_QUORUM.",
        );
    }
}

/// Only who is in a private channel sees what is posted there.
async fn sees(report: &mut Report, api: &SlackApi, channel: &Channel, able: &BTreeSet<UserId>, quorum: usize) {
    let name = channel.name.as_deref().unwrap_or(channel.id.as_str());
    match api.conversations_members(&channel.id).await {
        Ok(members) => {
            let inside = members.iter().filter(|member| able.contains(member)).count();
            if inside >= quorum {
                report.fine(NAME, format!("{inside} of them are in the private #{name}"));
            } else {
                report.failed(
                    NAME,
                    format!("{inside} of them are in the private #{name}"),
                    format!("Invite approvers to #{name}: nobody else sees the summaries there."),
                );
            }
        }
        Err(failure) => report.unknown(NAME, format!("Slack does not say who is in #{name}: {failure}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_that_counts_as_nobody_is_said_to() {
        assert_eq!(unfit(1), None);
        assert_eq!(unfit(MEMBERS_KEPT), None);
        for (members, said) in
            [(0, "is empty"), (MEMBERS_KEPT + 1, "has 20001 members; more than 20000 count as nobody")]
        {
            assert_eq!(unfit(members).map(|(what, _)| what).as_deref(), Some(said));
        }
    }
}
