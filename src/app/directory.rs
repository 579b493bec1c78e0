//! What the bot knows of people, user groups and channels: rows with an age, filled at start, refreshed behind
//! requests and by Slack's events. Whoever decides reads rows; nobody waits for Slack inside a request.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::domain::approval::{Listed, Standing};
use crate::domain::ids::{ChannelId, GroupId, Timestamp, UserId};
use crate::domain::person::{Channel, ChannelState, DirectoryRow, Group, MEMBERS_KEPT, Person, PersonKind};
use crate::store::Change;

use super::intent::Stale;
use super::ports::RegistryFault;
use super::reply::Reply;
use super::{App, Depth, Trouble};

/// Approvers read ahead; others are read when they act.
const APPROVERS_READ: usize = 200;
/// A row is fresh this long; approvals are decided by fresh rows only.
pub(super) const FRESH: Duration = Duration::from_secs(15 * 60);

impl App {
    fn is_fresh(&self, read_at: Timestamp) -> bool {
        let age = self.0.clock.now().duration_since(read_at);
        Duration::try_from(age).map_or(true, |age| age < FRESH)
    }

    /// What is known of somebody who wishes to approve.
    pub(super) async fn standing(&self, who: &UserId) -> Result<Standing, Trouble> {
        let home = &self.0.home;
        let person = self.0.store.person(home, who).await?.filter(|person| self.is_fresh(person.read_at));
        let mut listed = if self.0.policy.approvers.contains(who) { Listed::Yes } else { Listed::No };
        if listed == Listed::No {
            for id in &self.0.policy.approver_groups {
                match self.0.store.group(home, id).await?.filter(|group| self.is_fresh(group.read_at)) {
                    Some(group) if group.members.contains(who) => {
                        listed = Listed::Yes;
                        break;
                    }
                    Some(_) => {}
                    None => listed = Listed::Unknown,
                }
            }
        }
        Ok(Standing { listed, person })
    }

    /// Asks Slack who somebody is, and for the user groups that are not fresh. The rows are for the caller's commit.
    pub(super) async fn learn(&self, who: &UserId) -> Result<Vec<DirectoryRow>, RegistryFault> {
        let now = self.0.clock.now();
        let found = self.0.registry.person(who).await?;
        // Whom Slack does not know is nobody: there is no one to approve, and no one to tell.
        let person = found.unwrap_or(Person { id: who.clone(), kind: PersonKind::Deactivated, read_at: now });
        let mut rows = vec![DirectoryRow::Person(person)];
        for id in &self.0.policy.approver_groups {
            let known = self.0.store.group(&self.0.home, id).await.ok().flatten();
            if !known.is_some_and(|group| self.is_fresh(group.read_at)) {
                rows.push(DirectoryRow::Group(self.read_group(id).await?));
            }
        }
        Ok(rows)
    }

    /// A user group; one that Slack does not show has no members.
    async fn read_group(&self, id: &GroupId) -> Result<Group, RegistryFault> {
        let now = self.0.clock.now();
        Ok(match self.0.registry.group(id).await {
            Ok(Some(group)) if group.members.len() <= MEMBERS_KEPT => group,
            Ok(Some(group)) => {
                tracing::error!(group.id = %id, members = group.members.len(), limit = MEMBERS_KEPT, "a user group is too large for approvers; nobody is an approver by it");
                Group { members: Default::default(), ..group }
            }
            Ok(None) => Group { id: id.clone(), members: Default::default(), read_at: now },
            Err(RegistryFault::Never(why)) => {
                tracing::error!(group.id = %id, error = %why, "a user group cannot be read; nobody is an approver by it");
                Group { id: id.clone(), members: Default::default(), read_at: now }
            }
            Err(later) => return Err(later),
        })
    }

    /// Reads everything that the configuration names: approvers, their groups, hiring channels. Done at start and
    /// again before the rows grow old.
    pub async fn fill_directory(&self) {
        let policy = &self.0.policy;
        for id in &policy.hiring_channels {
            self.read_again(Stale::Channel(id.clone())).await;
        }
        for id in &policy.approver_groups {
            self.read_row(&Stale::Group(id.clone())).await;
        }
        let mut people = policy.approvers.clone();
        for id in &policy.approver_groups {
            let group = self.0.store.group(&self.0.home, id).await.ok().flatten();
            people.extend(group.into_iter().flat_map(|group| group.members));
        }
        // Of very large groups the first are enough to say whether anybody could approve.
        for id in people.into_iter().take(APPROVERS_READ) {
            self.read_row(&Stale::Person(id)).await;
        }
    }

    /// The hiring channel as last read; one never read counts as ready until Slack says otherwise.
    pub(super) async fn channel(&self, id: &ChannelId) -> Result<Channel, Trouble> {
        let known = self.0.store.channel(&self.0.home, id).await?;
        if !known.as_ref().is_some_and(|channel| self.is_fresh(channel.read_at)) {
            self.refresh_behind(Stale::Channel(id.clone()));
        }
        Ok(known.unwrap_or_else(|| Channel {
            id: id.clone(),
            name: String::new(),
            state: ChannelState::Ready,
            shared: false,
            read_at: self.0.clock.now(),
        }))
    }

    /// How many people could approve a scope of this author: listed members who are not the author. `None` while not
    /// everything is known.
    pub(super) async fn approvers_for(&self, author: &UserId) -> Result<Option<usize>, Trouble> {
        let (able, all_known) = self.able_approvers(author).await?;
        let able = able.len();
        Ok(if all_known || able >= self.0.policy.quorum as usize { Some(able) } else { None })
    }

    /// Who could approve a scope of this author, as far as is known, and whether everything is.
    pub(super) async fn able_approvers(&self, author: &UserId) -> Result<(BTreeSet<UserId>, bool), Trouble> {
        let mut people = self.0.policy.approvers.clone();
        let mut all_known = true;
        for id in &self.0.policy.approver_groups {
            match self.0.store.group(&self.0.home, id).await? {
                Some(group) => people.extend(group.members),
                None => all_known = false,
            }
        }
        people.remove(author);
        let mut able = BTreeSet::new();
        for id in people {
            match self.0.store.person(&self.0.home, &id).await? {
                Some(person) if person.kind == PersonKind::Member => drop(able.insert(id)),
                Some(_) => {}
                None => all_known = false,
            }
        }
        Ok((able, all_known))
    }

    /// Sees to it that the directory tells who somebody is, as well as Slack does: for what is shown behind the answer.
    pub(super) async fn know(&self, who: &UserId) -> Result<(), Trouble> {
        let Standing { listed, person } = self.standing(who).await?;
        if person.is_none() {
            self.read_row(&Stale::Person(who.clone())).await;
        }
        if listed == Listed::Unknown {
            for group in self.0.policy.approver_groups.clone() {
                self.read_row(&Stale::Group(group)).await;
            }
        }
        Ok(())
    }

    /// Has Slack asked behind the answer who somebody is, where nobody knows.
    pub(super) async fn known_soon(&self, who: &UserId) -> Result<(), Trouble> {
        if self.0.store.person(&self.0.home, who).await?.is_none() {
            self.refresh_behind(Stale::Person(who.clone()));
        }
        Ok(())
    }

    /// Refreshes a row after the answer.
    pub(super) fn refresh_behind(&self, stale: Stale) {
        let app = self.clone();
        self.behind(async move { app.read_again(stale).await });
    }

    /// Reads a row again, and with a user group the members that are not known, so that a review can count who could
    /// approve.
    pub(super) async fn read_again(&self, stale: Stale) {
        self.read_row(&stale).await;
        if let Stale::Group(id) = stale {
            let group = self.0.store.group(&self.0.home, &id).await.ok().flatten();
            for member in group.into_iter().flat_map(|group| group.members).take(APPROVERS_READ) {
                let known = self.0.store.person(&self.0.home, &member).await.ok().flatten();
                if !known.is_some_and(|person| self.is_fresh(person.read_at)) {
                    self.read_row(&Stale::Person(member)).await;
                }
            }
            self.0.rounds.wish(Depth::Known);
        }
    }

    pub(super) async fn read_row(&self, stale: &Stale) {
        let read = match stale {
            Stale::Person(id) => self.0.registry.person(id).await.map(|found| found.map(DirectoryRow::Person)),
            Stale::Group(id) => self.read_group(id).await.map(|group| Some(DirectoryRow::Group(group))),
            Stale::Channel(id) => self.0.registry.channel(id).await.map(|channel| Some(DirectoryRow::Channel(channel))),
        };
        match read {
            Ok(Some(row)) => {
                if let Err(trouble) = self.directory_changed(vec![row]).await {
                    tracing::error!(error = %trouble, "a directory row was not kept");
                }
            }
            Ok(None) => {}
            Err(fault) => tracing::warn!(what = ?stale, error = %fault, "Slack did not say who is who"),
        }
    }

    pub(super) async fn directory_changed(&self, rows: Vec<DirectoryRow>) -> Result<Reply, Trouble> {
        let mut moved = false;
        for row in &rows {
            moved = moved || self.moves(row).await?;
        }
        self.authors_seen(&rows).await?;
        self.commit(Change { directory: rows, ..self.change() }).await?;
        if moved {
            self.0.rounds.wish(Depth::Known);
        }
        Ok(Reply::Done)
    }

    /// Whether this row may change what stands in the way of some posted scope.
    async fn moves(&self, row: &DirectoryRow) -> Result<bool, Trouble> {
        let (store, home) = (&self.0.store, &self.0.home);
        Ok(match row {
            DirectoryRow::Channel(channel) => {
                store.channel(home, &channel.id).await?.is_none_or(|known| known.state != channel.state)
            }
            DirectoryRow::Person(person) => {
                store.person(home, &person.id).await?.is_some_and(|known| known.kind != person.kind)
            }
            DirectoryRow::Preference(_) => false,
            DirectoryRow::Group(group) => {
                let listed = self.0.policy.approver_groups.contains(&group.id);
                listed && store.group(home, &group.id).await?.is_none_or(|known| known.members != group.members)
            }
        })
    }

    pub(super) async fn directory_stale(&self, stale: Stale) -> Result<Reply, Trouble> {
        self.refresh_behind(stale);
        Ok(Reply::Done)
    }
}
