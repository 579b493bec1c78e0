//! What Chromium's driver can do beyond the standard: read the console, and speak to the developer tools.

use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use serde_json::Value;
use url::{ParseError, Url};

/// A command below the address of the session.
#[derive(Debug)]
pub struct Beyond {
    path: &'static str,
    body: Value,
}

impl Beyond {
    /// What the console has been told since it was last asked.
    pub fn console() -> Beyond {
        Beyond { path: "se/log", body: serde_json::json!({"type": "browser"}) }
    }

    /// A command of the developer tools.
    pub fn tools(command: &str, parameters: Value) -> Beyond {
        Beyond { path: "goog/cdp/execute", body: serde_json::json!({"cmd": command, "params": parameters}) }
    }
}

impl WebDriverCompatibleCommand for Beyond {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}
