//! The workspace on its first day. Everybody in it is plainly made up.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{App, Channel, ChannelKind, Group, Person, PersonKind, State, Team};

const TEAM: &str = "T0DEMO";
const PARTNER_TEAM: &str = "T0PARTNER";

const PEOPLE: &[(&str, &str, &str, &str, PersonKind)] = &[
    ("U0DEMOMARA", "mara", "Demo Manager Mara", "Engineering manager, payments", PersonKind::Member),
    ("U0DEMOMILO", "milo", "Demo Manager Milo", "Engineering manager, data", PersonKind::Member),
    ("U0DEMORHEA", "rhea", "Demo Recruiter Rhea", "Technical recruiter", PersonKind::Member),
    ("U0DEMORAVI", "ravi", "Demo Recruiter Ravi", "Technical recruiter", PersonKind::Member),
    ("U0DEMOOLGA", "olga", "Demo Outsider Olga", "Designer", PersonKind::Member),
    ("U0DEMOGUS", "gus", "Demo Guest Gus", "Contractor, a guest", PersonKind::Guest),
    ("U0DEMOSAM", "sam", "Demo Guest Sam", "A guest of one channel", PersonKind::SingleChannelGuest),
    ("U0DEMOPIA", "pia", "Demo Partner Pia", "Of another company", PersonKind::Stranger),
    ("U0DEMODORA", "dora", "Demo Leaver Dora", "Has left", PersonKind::Deactivated),
    ("U0DEMOROBO", "robo", "Demo Robot", "Another app", PersonKind::Bot),
];

/// Cast and channels, no messages; `now` is when the channels were made.
#[must_use]
pub fn first_day(now: Timestamp) -> State {
    let app = App::without_manifest();
    let mut people: BTreeMap<String, Person> = PEOPLE
        .iter()
        .map(|&(id, handle, name, title, kind)| {
            let team = if kind == PersonKind::Stranger { PARTNER_TEAM } else { TEAM };
            let person = Person {
                id: id.into(),
                handle: handle.into(),
                name: name.into(),
                title: title.into(),
                kind,
                team: team.into(),
                tz: "Europe/Amsterdam".into(),
                updated: now.as_second(),
            };
            (id.to_owned(), person)
        })
        .collect();
    let bot = Person {
        id: app.bot_user.clone(),
        handle: "app".into(),
        name: app.name.clone(),
        title: String::new(),
        kind: PersonKind::Bot,
        team: TEAM.into(),
        tz: "Europe/Amsterdam".into(),
        updated: now.as_second(),
    };
    people.insert(bot.id.clone(), bot);

    let everyone = ["mara", "milo", "rhea", "ravi", "olga"];
    let recruiters = Group {
        id: "S0DEMORECR".into(),
        handle: "recruiters".into(),
        name: "Demo recruiters".into(),
        members: ["U0DEMORHEA".to_owned(), "U0DEMORAVI".to_owned()].into(),
        disabled: false,
        updated: now.as_second(),
    };
    let mut state = State {
        team: Team {
            id: TEAM.into(),
            name: "Demo workspace".into(),
            domain: "demo".into(),
            enterprise: "E0DEMO".into(),
        },
        people,
        groups: [(recruiters.id.clone(), recruiters)].into(),
        channels: BTreeMap::new(),
        app,
        views: BTreeMap::new(),
        stacks: Vec::new(),
        homes: BTreeMap::new(),
        triggers: BTreeMap::new(),
        response_urls: BTreeMap::new(),
        scheduled: Vec::new(),
        serial: 0,
        last_ts_micros: 0,
    };
    let with =
        |more: &[&'static str]| -> Vec<&'static str> { everyone.iter().copied().chain(more.iter().copied()).collect() };
    for (id, name, kind, topic, members) in [
        ("C0DEMOGEN", "general", ChannelKind::Public, "Everybody", with(&["gus"])),
        (
            "C0DEMOHIRE",
            "hiring",
            ChannelKind::Public,
            "Open positions and their scopes",
            with(&["gus", "sam", "robo", "app"]),
        ),
        ("C0DEMORAND", "random", ChannelKind::Public, "Anything else", with(&[])),
        ("C0DEMOPART", "partner-hiring", ChannelKind::Public, "Shared with the partner company", with(&["pia", "app"])),
        ("C0DEMOLEAD", "leads", ChannelKind::Private, "Managers only", vec!["mara", "milo"]),
    ] {
        let mut channel = Channel::named(id, name, kind, now);
        channel.topic = topic.into();
        channel.shared = name == "partner-hiring";
        channel.members =
            members.iter().filter_map(|handle| state.person(handle).ok()).map(|person| person.id.clone()).collect();
        state.channels.insert(id.to_owned(), channel);
    }
    state
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_of_the_cast_is_plainly_made_up() {
        let state = first_day(Timestamp::UNIX_EPOCH);
        assert!(state.people.values().all(|person| person.name.starts_with("Demo ")));
        let hiring = state.channel("hiring").unwrap();
        assert_eq!(hiring.members.len(), 9);
        assert!(state.channels.values().filter(|channel| channel.shared).count() == 1);
    }
}
