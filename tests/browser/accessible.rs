//! axe-core over what is on the page: nothing serious, nothing critical.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::desk::Desk;

/// Where tests/run installs it from npm.
const AXE: &str = "target/axe/node_modules/axe-core/axe.min.js";
/// Left by tests/run where npm or its registry was out of reach.
const WITHOUT: &str = "target/without-axe";

const LOOKS: usize = 3;

/// What slides in is judged when it has arrived: on its way it is hidden from screen readers.
const RUN: &str = "const done = arguments[0];\
    const moving = document.getAnimations().filter((one) => one.effect?.getTiming().iterations !== Infinity);\
    Promise.allSettled(moving.map((one) => one.finished)).then(() =>\
    window.axe.run(document, {resultTypes: ['violations']})).then((found) => done(found.violations), (why) => done(String(why)))";

impl Desk {
    /// Holds what is seen now to axe-core's rules of serious and critical impact.
    pub async fn is_accessible(&self, what: &str) {
        let top = Path::new(env!("CARGO_MANIFEST_DIR"));
        let Ok(axe) = fs::read_to_string(top.join(AXE)) else {
            assert!(top.join(WITHOUT).exists(), "axe-core is not here: npm install --prefix target/axe axe-core");
            eprintln!("NOT CHECKED: accessibility of {what} (axe-core could not be installed)");
            return;
        };
        // The driver puts it in past the page's content security policy, which forbids foreign scripts.
        self.browser.client.execute(&axe, vec![]).await.unwrap();
        // What is drawn anew while axe looks is no longer in the page when it asks for its text: a fault is there at every look.
        let mut said = self.grave(what).await;
        for _ in 1..LOOKS {
            if said.is_empty() {
                break;
            }
            said = self.grave(what).await;
        }
        assert!(said.is_empty(), "{what}: {} findings\n{}", said.len(), said.join("\n"));
    }

    async fn grave(&self, what: &str) -> Vec<String> {
        let found = self.browser.client.execute_async(RUN, vec![]).await.unwrap();
        let found = found.as_array().unwrap_or_else(|| panic!("axe-core did not run on {what}: {found}"));
        let grave =
            found.iter().filter(|each| each["impact"] == json!("serious") || each["impact"] == json!("critical"));
        grave.map(words_of).collect()
    }
}

fn words_of(finding: &Value) -> String {
    let places = finding["nodes"].as_array().map(Vec::as_slice).unwrap_or_default().iter();
    let places: Vec<String> =
        places.take(5).map(|node| format!("  {} {}", node["html"], node["failureSummary"])).collect();
    format!("{} ({}): {}\n{}", finding["id"], finding["impact"], finding["help"], places.join("\n"))
}
