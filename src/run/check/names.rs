//! `scopebot check '#hiring' @recruiters`: the ids that the configuration wants, by the names that people know.

use crate::config::Access;
use crate::run::End;
use crate::slack::api::{ApiFailure, SlackApi};

/// Prints the ids of channels (`#name`), people and user groups (`@handle`).
pub(super) async fn look_up(access: &Access, names: &[String]) -> End {
    let api = match SlackApi::new(access.api_url.as_str(), &access.bot_token) {
        Ok(api) => api,
        Err(fault) => {
            eprintln!("Names cannot be looked up: {fault}");
            return End::Usage;
        }
    };
    match lines(&api, names).await {
        Ok(found) => {
            let mut end = End::Well;
            for (name, ids) in found {
                if ids.is_empty() {
                    eprintln!("{name}  nobody and nothing that the bot can see has this name");
                    end = End::Failed;
                } else {
                    println!("{name}  {}", ids.join(", "));
                }
            }
            end
        }
        Err(failure) => {
            eprintln!("Names cannot be looked up: {failure}. `scopebot check` says more.");
            End::Failed
        }
    }
}

/// Each name with every id that goes by it. Handles of people are not unique.
async fn lines(api: &SlackApi, names: &[String]) -> Result<Vec<(String, Vec<String>)>, ApiFailure> {
    let mut known: Vec<(String, String)> = Vec::new();
    if names.iter().any(|name| !name.starts_with('@')) {
        let channels = api.conversations_list(None).await?;
        known.extend(channels.into_iter().filter_map(|it| Some((format!("#{}", it.name?), it.id.to_string()))));
    }
    if names.iter().any(|name| !name.starts_with('#')) {
        let groups = api.usergroup_handles().await?;
        known.extend(groups.into_iter().map(|(id, handle)| (format!("@{handle}"), id.to_string())));
        let people = api.user_handles().await?;
        known.extend(people.into_iter().map(|(id, handle)| (format!("@{handle}"), id.to_string())));
    }
    let of = |name: &String| {
        let is = |found: &str| found.eq_ignore_ascii_case(name) || found.get(1..) == Some(name.as_str());
        let mut ids: Vec<String> = known.iter().filter(|(found, _)| is(found)).map(|(_, id)| id.clone()).collect();
        ids.dedup();
        (name.clone(), ids)
    };
    Ok(names.iter().map(of).collect())
}
