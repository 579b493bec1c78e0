//! Debian's Chromium and its driver, in a fresh profile.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::demo::found;
use super::wire::Beyond;

/// Left by tests/run where it could not install a browser: the one reason to go without.
const WITHOUT: &str = "target/without-browser";

/// Starts of the driver before a test gives up.
const ATTEMPTS: usize = 10;

/// What the page is looked at with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// A desk, light.
    Light,
    /// A desk, dark, as the system says.
    Dark,
    /// A phone held upright, light.
    Phone,
    /// A phone held upright, dark.
    DarkPhone,
}

impl Look {
    fn width_and_height(self) -> (u32, u32) {
        match self {
            Look::Light | Look::Dark => (1280, 800),
            Look::Phone | Look::DarkPhone => (390, 844),
        }
    }

    fn scheme(self) -> &'static str {
        match self {
            Look::Light | Look::Phone => "light",
            Look::Dark | Look::DarkPhone => "dark",
        }
    }
}

/// A browser with one window; both end with this value.
pub struct Browser {
    driver: Child,
    port: u16,
    pub client: Client,
    _profile: TempDir,
}

impl Browser {
    /// Opens one; `None` where there is none and tests/run has said so.
    pub async fn open() -> Option<Browser> {
        let (driver, port) = match driver() {
            Ok(started) => started,
            Err(why) => {
                let told = Path::new(env!("CARGO_MANIFEST_DIR")).join(WITHOUT);
                assert!(
                    told.exists(),
                    "No browser to look at the page with ({why}). Debian: chromium, chromium-driver."
                );
                eprintln!("NOT CHECKED: the page in a browser ({why})");
                return None;
            }
        };
        let profile = tempfile::tempdir().unwrap();
        let wishes = wishes(profile.path());
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(wishes.as_object().unwrap().clone());
        let client = builder.connect(&format!("http://127.0.0.1:{port}")).await.unwrap();
        Some(Browser { driver, port, client, _profile: profile })
    }

    /// Size and colours of what follows.
    pub async fn looks(&self, look: Look) {
        let (width, height) = look.width_and_height();
        let phone = matches!(look, Look::Phone | Look::DarkPhone);
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone});
        self.tools("Emulation.setDeviceMetricsOverride", size).await;
        let features = json!({"features": [
            {"name": "prefers-color-scheme", "value": look.scheme()},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]});
        self.tools("Emulation.setEmulatedMedia", features).await;
    }

    pub async fn tools(&self, command: &str, parameters: Value) -> Value {
        self.client.issue_cmd(Beyond::tools(command, parameters)).await.unwrap()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Asked to go, the driver takes its browser along; killed, it would leave it behind.
        let asked = TcpStream::connect(("127.0.0.1", self.port)).and_then(|mut line| {
            line.write_all(b"GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        });
        if asked.is_err() {
            let _ = self.driver.kill();
        }
        let _ = self.driver.wait();
    }
}

/// The driver and its port; why not, where it or the browser is missing.
fn driver() -> Result<(Child, u16), String> {
    let here = |program: &str| {
        let asked = Command::new(program).arg("--version").stdin(Stdio::null()).output();
        asked.map_err(|why| format!("{program}: {why}"))
    };
    here("chromium").and(here("chromedriver"))?;
    for _ in 0..ATTEMPTS {
        let command = Command::new("chromedriver").arg("--port=0").stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
        let mut driver = command.map_err(|why| format!("chromedriver: {why}"))?;
        let lines = BufReader::new(driver.stdout.take().unwrap()).lines().map_while(Result::ok);
        let port =
            found(lines, |line| Some(line.split_once("successfully on port ")?.1.trim_end_matches('.').to_owned()));
        if let Some(port) = port.and_then(|port| port.parse().ok()) {
            return Ok((driver, port));
        }
        // It takes a port that is free by IPv4 and ends when that one is not free by IPv6.
        let _ = driver.wait();
    }
    panic!("the driver finds no free port");
}

/// The browser asked for: no network of its own, everything that the console says kept.
fn wishes(profile: &Path) -> Value {
    let arguments = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-crash-reporter",
        "--disable-breakpad",
        "--no-proxy-server",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
        "--force-color-profile=srgb",
        "--lang=en-GB",
        &format!("--user-data-dir={}", profile.display()),
    ];
    json!({
        "browserName": "chrome",
        "goog:chromeOptions": {"args": arguments},
        "goog:loggingPrefs": {"browser": "ALL"},
        "timeouts": {"script": 120_000, "pageLoad": 120_000},
    })
}
