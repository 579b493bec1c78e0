//! The files of the coach as they come with the bot.

/// `prompts/lexicon/*.toml`, by name below the prompts folder.
pub const LEXICON: &[(&str, &str)] = &[
    ("lexicon/languages.toml", include_str!("../../prompts/lexicon/languages.toml")),
    ("lexicon/linguist.toml", include_str!("../../prompts/lexicon/linguist.toml")),
    ("lexicon/frameworks.toml", include_str!("../../prompts/lexicon/frameworks.toml")),
    ("lexicon/runtimes.toml", include_str!("../../prompts/lexicon/runtimes.toml")),
    ("lexicon/libraries.toml", include_str!("../../prompts/lexicon/libraries.toml")),
    ("lexicon/infrastructure.toml", include_str!("../../prompts/lexicon/infrastructure.toml")),
    ("lexicon/vendors.toml", include_str!("../../prompts/lexicon/vendors.toml")),
];

/// `prompts/vocabulary/*.toml`, by name below the prompts folder.
pub const VOCABULARY: &[(&str, &str)] = &[
    ("vocabulary/jobs.toml", include_str!("../../prompts/vocabulary/jobs.toml")),
    ("vocabulary/systems.toml", include_str!("../../prompts/vocabulary/systems.toml")),
    ("vocabulary/flow.toml", include_str!("../../prompts/vocabulary/flow.toml")),
    ("vocabulary/scale.toml", include_str!("../../prompts/vocabulary/scale.toml")),
    ("vocabulary/team.toml", include_str!("../../prompts/vocabulary/team.toml")),
    ("vocabulary/tongues.toml", include_str!("../../prompts/vocabulary/tongues.toml")),
];
