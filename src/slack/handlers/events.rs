//! What happens in the workspace, as intents.

use super::directory::{changed, gone_stale};
use super::{Ignored, Read};
use crate::app::intent::{Reacted, Trace, TraceKind, What};
use crate::domain::approval::Gesture;
use crate::domain::ids::{SlackTime, Timestamp};
use crate::slack::installation::Installation;
use crate::slack::mark::mark_in;
use crate::slack::payload::{Event, Happening, HomeTab, MarkedMessage, Reaction};
use crate::store::Place;

pub(super) fn happened(event: &Event, here: &Installation, now: Timestamp) -> Read {
    if !event.origin.is_for(&here.home) {
        return Err(Ignored::OtherInstallation);
    }
    match &event.happening {
        Happening::ReactionAdded(reaction) => reacted(reaction, Gesture::Given, event, here),
        Happening::ReactionRemoved(reaction) => reacted(reaction, Gesture::Taken, event, here),
        Happening::AppHomeOpened(opened) if opened.user == here.bot => Err(Ignored::Own),
        Happening::AppHomeOpened(opened) if opened.tab == HomeTab::Home => Ok(What::HomeOpened(opened.user.clone())),
        Happening::MetadataPosted(marked) => trace(marked, TraceKind::Posted, event, here, now),
        Happening::MetadataUpdated(marked) => trace(marked, TraceKind::Updated, event, here, now),
        Happening::UserChanged(user) => changed(crate::slack::ports::person_row(user, here, now)),
        Happening::GroupCreated(group) | Happening::GroupUpdated(group) => super::directory::group(group, now),
        Happening::GroupMembersChanged { group, .. } => gone_stale(crate::app::intent::Stale::Group(group.clone())),
        Happening::MemberJoined(membership) | Happening::MemberLeft(membership) => {
            super::directory::membership(membership, here)
        }
        Happening::ChannelChanged { channel, change } => super::directory::channel(channel, change),
        Happening::TokensRevoked { bots, .. } if bots.contains(&here.bot) => {
            tracing::error!("Slack has revoked the bot's token: install the app again");
            Err(Ignored::TakenAway)
        }
        Happening::AppUninstalled => {
            tracing::error!("the app was uninstalled from this workspace: nothing can be posted");
            Err(Ignored::TakenAway)
        }
        Happening::AppRateLimited { .. } => {
            tracing::warn!("Slack drops events of this workspace, since there are too many");
            Err(Ignored::NoConcern)
        }
        Happening::MetadataDeleted(marked) => trace(marked, TraceKind::Deleted, event, here, now),
        Happening::AppHomeOpened(_) | Happening::MessagePosted(_) | Happening::TokensRevoked { .. } => {
            Err(Ignored::NoConcern)
        }
    }
}

fn reacted(reaction: &Reaction, gesture: Gesture, event: &Event, here: &Installation) -> Read {
    if reaction.user == here.bot {
        return Err(Ignored::Own);
    }
    // Without Slack's own time it cannot be said which text the reaction was made for.
    let Some(at) = event.at else { return Err(Ignored::NotOurs) };
    Ok(What::Reacted(Reacted {
        person: reaction.user.clone(),
        place: Place { channel: reaction.channel.clone(), ts: reaction.ts.clone() },
        emoji: reaction.emoji().to_owned(),
        gesture,
        at,
        author: reaction.item_user.clone(),
    }))
}

/// A message with the bot's mark. Any app may write the mark, so it counts only on the bot's own message.
fn trace(marked: &MarkedMessage, kind: TraceKind, event: &Event, here: &Installation, now: Timestamp) -> Read {
    let own_user = marked.user.as_ref() == Some(&here.bot);
    let own_app = marked.user.is_none() && marked.app.is_some() && marked.app == event.origin.app;
    let Some(mark) = mark_in(&marked.metadata).filter(|_| own_user || own_app) else {
        return Err(Ignored::NotOurs);
    };
    Ok(What::TraceSeen(Trace {
        place: Place { channel: marked.channel.clone(), ts: marked.ts.clone() },
        scope: mark.scope,
        row: mark.row,
        piece: mark.piece,
        revision: mark.revision,
        at: event.at.unwrap_or_else(|| SlackTime::of(now)),
        kind,
    }))
}
