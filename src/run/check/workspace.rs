//! What Slack says of the app: its tokens, its scopes, its clock, its channels.

use std::time::Duration;

use secrecy::ExposeSecret;

use crate::config::{History, Settings, Transport};
use crate::domain::ids::Timestamp;
use crate::domain::policy::Connect;
use crate::run::manifest::{HISTORY_SCOPES, SCOPES};
use crate::slack::api::{ApiFailure, Channel, Identity, SlackApi};

use super::report::Report;

/// More than this apart is a failure. Slack's signatures are good for five minutes.
const SKEW: Duration = Duration::from_secs(60);

/// The app-level token, and that it is of the app whose bot this is; with HTTP, what can be said of the signing secret.
pub(super) async fn app(report: &mut Report, settings: &Settings, api: &SlackApi, identity: &Identity) {
    const NAME: &str = "app token";
    let Transport::Socket { app_token } = &settings.slack.transport else {
        return report.unknown("signing secret", "only the first request from Slack shows whether it is right");
    };
    let asked = match api.with_token(app_token) {
        Ok(api) => api.offers_a_connection().await,
        Err(fault) => return report.failed(NAME, fault.to_string(), "Copy SLACK_APP_TOKEN again."),
    };
    match asked {
        Ok(()) => report.fine(NAME, "Slack offers a Socket Mode connection"),
        Err(failure) => {
            let remedy = match &failure {
                ApiFailure::Refused(refusal) if refusal.error == "missing_scope" => {
                    "Give the app-level token the scope connections:write (Basic Information)."
                }
                ApiFailure::Refused(refusal) if refusal.error == "forbidden_team" => {
                    "Switch Socket Mode on (Socket Mode), or use the signing secret instead of the app-level token."
                }
                ApiFailure::Refused(_) => "Create the app-level token again with the scope connections:write.",
                _ => "Run the check again; if that does not help, look at Slack's status page.",
            };
            return report.failed(NAME, format!("Slack offers no connection: {failure}"), remedy);
        }
    }
    const BOTH: &str = "one app";
    let of_token = app_in(app_token.expose_secret());
    let of_bot = match &identity.bot {
        Some(bot) => api.app_of_bot(bot).await.ok().flatten(),
        None => None,
    };
    match (of_token, of_bot) {
        (Some(token), Some(bot)) if token == bot => report.fine(BOTH, format!("both tokens are of {bot}")),
        (Some(token), Some(bot)) => report.failed(
            BOTH,
            format!("the bot token is of {bot}, the app-level token of {token}"),
            "Copy both tokens from the pages of one app.",
        ),
        _ => report.unknown(BOTH, "Slack does not say whether both tokens are of one app"),
    }
}

/// The app's id as an app-level token carries it: `xapp-1-A…-…`.
fn app_in(token: &str) -> Option<&str> {
    token.split('-').nth(2).filter(|id| id.starts_with('A') && id.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// Scopes granted against scopes needed.
pub(super) fn scopes(report: &mut Report, settings: &Settings, identity: &Identity) {
    const NAME: &str = "scopes";
    if identity.scopes.is_empty() {
        return report.unknown(NAME, "Slack does not name the token's scopes");
    }
    let history = if settings.history == History::Readable { HISTORY_SCOPES } else { &[] };
    let needed = SCOPES.iter().chain(history);
    let is_granted = |scope: &str| identity.scopes.iter().any(|granted| granted == scope);
    let missing: Vec<String> =
        needed.clone().filter(|(scope, _)| !is_granted(scope)).map(|(scope, why)| format!("{scope} ({why})")).collect();
    let beyond: Vec<&str> = identity
        .scopes
        .iter()
        .map(String::as_str)
        .filter(|granted| !needed.clone().any(|(scope, _)| scope == granted))
        .collect();
    if !missing.is_empty() {
        return report.failed(
            NAME,
            format!("lacks {}", missing.join(", ")),
            "Add them (OAuth & Permissions, Bot Token Scopes; or the manifest of `scopebot manifest`) and install the app again.",
        );
    }
    let seen = format!("{} needed, all granted", needed.count());
    let more = if beyond.is_empty() { String::new() } else { format!("; not needed: {}", beyond.join(", ")) };
    report.fine(NAME, seen + &more);
}

/// This machine's clock against Slack's.
pub(super) fn skew(report: &mut Report, theirs: Option<Timestamp>, ours: Timestamp) {
    const NAME: &str = "clock";
    let Some(theirs) = theirs else { return report.unknown(NAME, "Slack does not say what time it is") };
    let apart = ours.duration_since(theirs).unsigned_abs();
    let seen = format!("{} s apart from Slack's", apart.as_secs());
    if apart <= SKEW {
        report.fine(NAME, seen);
    } else {
        report.failed(NAME, seen, "Set the machine's clock by NTP: requests are refused when it is five minutes off.");
    }
}

/// The hiring channels; those that can take a summary come back.
pub(super) async fn channels(report: &mut Report, settings: &Settings, api: &SlackApi) -> Vec<Channel> {
    const NAME: &str = "hiring channel";
    let mut sound = Vec::new();
    for id in &settings.policy.hiring_channels {
        let channel = match api.conversations_info(id).await {
            Ok(channel) => channel,
            Err(failure) if failure.is_refused_with("channel_not_found") => {
                report.failed(
                    NAME,
                    format!("{id} is not there, or private and the bot is not in it"),
                    "Invite the bot (/invite @scopebot in the channel), or correct SCOPEBOT_HIRING_CHANNEL.",
                );
                continue;
            }
            Err(failure) => {
                report.failed(NAME, format!("{id} cannot be read: {failure}"), "Mend what stands above, or try again.");
                continue;
            }
        };
        let name = channel.name.as_deref().map_or_else(|| id.to_string(), |name| format!("#{name}"));
        if channel.is_archived {
            report.failed(NAME, format!("{name} is archived"), "Unarchive it, or set another SCOPEBOT_HIRING_CHANNEL.");
        } else if !channel.is_member {
            report.failed(NAME, format!("the bot is not in {name}"), format!("Type /invite @scopebot in {name}."));
        } else if channel.is_ext_shared && settings.policy.connect == Connect::Refused {
            report.failed(
                NAME,
                format!("{name} is shared with another company"),
                "Set another SCOPEBOT_HIRING_CHANNEL, or SCOPEBOT_CONNECT_CHANNELS=on if they may read every summary.",
            );
        } else {
            report.fine(NAME, format!("the bot is in {name}"));
            sound.push(channel);
        }
    }
    sound
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::check::report::Finding;

    #[test]
    fn an_app_level_token_carries_its_app() {
        for (token, app) in [
            ("xapp-1-A0123-456-abc", Some("A0123")),
            ("xapp-1-B0123-456", None),
            ("xapp-other", None),
            ("xapp-1-A$-456", None),
        ] {
            assert_eq!(app_in(token), app, "{token}");
        }
    }

    #[test]
    fn a_clock_may_be_a_minute_off_to_either_side() {
        let at = |second| Timestamp::from_second(second).unwrap();
        for (theirs, ours, fine) in [(1000, 1060, true), (1060, 1000, true), (1000, 1061, false), (1061, 1000, false)] {
            let mut report = Report::default();
            skew(&mut report, Some(at(theirs)), at(ours));
            assert_eq!(report.failures() == 0, fine, "{theirs} {ours}");
        }
        let mut report = Report::default();
        skew(&mut report, None, at(0));
        assert_eq!(report.rows()[0].finding, Finding::Unknown);
    }
}
