//! The real program as a child: started, watched through `/proc`, asked to end.

use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::clock::{Watch, nap};

/// How the bot is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Http,
    Socket,
}

impl Way {
    pub const BOTH: [Way; 2] = [Way::Http, Way::Socket];
    pub fn name(self) -> &'static str {
        match self {
            Way::Http => "HTTP",
            Way::Socket => "Socket Mode",
        }
    }
}

/// One side of a comparison: a program and what is set for it beyond the rest.
#[derive(Debug, Clone)]
pub struct Make {
    pub program: PathBuf,
    pub vars: Vec<(String, String)>,
    /// Run under valgrind, which counts instructions.
    pub is_counted: bool,
}

impl Make {
    /// The same, with its instructions counted.
    pub fn counted(self) -> Make {
        Make { is_counted: true, ..self }
    }
    fn command(&self) -> Command {
        if !self.is_counted {
            return Command::new(&self.program);
        }
        let mut command = Command::new("valgrind");
        command.args(["--tool=callgrind", "--callgrind-out-file=callgrind.%p"]).arg(&self.program);
        command
    }
}

/// Signs what goes over HTTP.
pub const SECRET: &str = "0123456789abcdef0123456789abcdef";
/// The hiring channel.
pub const CHANNEL: &str = "C0BENCHHIRE";
/// How many may approve.
pub const APPROVERS: usize = 20;

/// The id of an approver.
pub fn approver(n: usize) -> String {
    format!("U0APPROVE{:02}", n % APPROVERS)
}

/// A running bot. Dropping it kills it.
pub struct Bot {
    child: Child,
    dir: PathBuf,
    pub way: Way,
    pub address: SocketAddr,
    pub admin: SocketAddr,
    /// From the start of the process until `/readyz` said yes.
    pub ready_after: Duration,
}

/// What a process has used.
#[derive(Debug, Clone, Copy, Default)]
pub struct Used {
    pub processor: Duration,
    pub resident_kb: u64,
    /// Of that, what is no page of a file: the system cannot take it back.
    pub own_kb: u64,
    pub peak_kb: u64,
    pub threads: u64,
}

fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).unwrap()
}

impl Bot {
    /// Starts `scopebot serve` over the store in `dir` and waits until it is ready.
    pub async fn start(make: &Make, dir: &Path, api: &str, way: Way) -> Bot {
        let (address, admin) = (free_address(), free_address());
        let approvers: Vec<String> = (0..APPROVERS).map(approver).collect();
        let mut command = make.command();
        command
            .arg("serve")
            .current_dir(dir)
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("SLACK_BOT_TOKEN", "xoxb-1-2-bench")
            .env("SLACK_API_URL", api)
            .env("SCOPEBOT_HIRING_CHANNEL", CHANNEL)
            .env("SCOPEBOT_APPROVERS", approvers.join(","))
            .env("SCOPEBOT_ADMIN_LISTEN", admin.to_string())
            .env("SCOPEBOT_DATA_DIR", "data")
            .env("RUST_LOG", "warn")
            .envs(make.vars.iter().map(|(name, value)| (name, value)));
        match way {
            Way::Http => command.env("SLACK_SIGNING_SECRET", SECRET).env("SCOPEBOT_LISTEN", address.to_string()),
            Way::Socket => command.env("SLACK_APP_TOKEN", "xapp-1-A1-2-bench"),
        };
        let watch = Watch::start();
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        if let Some(said) = child.stderr.take() {
            std::thread::spawn(move || {
                let lines = BufReader::new(said).lines().map_while(Result::ok);
                for line in lines.filter(|line| std::env::args().any(|arg| arg == "--log") || line.contains("ERROR")) {
                    eprintln!("bot: {line}");
                }
            });
        }
        let mut bot = Bot { child, dir: dir.to_owned(), way, address, admin, ready_after: Duration::ZERO };
        while !bot.asked("/readyz").await.is_some_and(|answer| answer.starts_with("HTTP/1.1 200")) {
            assert!(bot.child.try_wait().unwrap().is_none(), "the bot ended before it was ready");
            assert!(watch.so_far() < Duration::from_secs(600), "the bot does not get ready");
            nap(Duration::from_millis(1)).await;
        }
        bot.ready_after = watch.so_far();
        bot
    }

    /// What the operator's port answers.
    pub async fn asked(&self, path: &str) -> Option<String> {
        let mut stream = TcpStream::connect(self.admin).await.ok()?;
        let request = format!("GET {path} HTTP/1.1\r\nhost: bench\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.ok()?;
        Some(answer)
    }

    /// What it has used so far.
    pub fn used(&self) -> Used {
        let of = |file: &str| std::fs::read_to_string(format!("/proc/{}/{file}", self.child.id())).unwrap_or_default();
        let stat = of("stat");
        // The name may hold anything; what follows its bracket does not. Fields 14 and 15 are user and system time.
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<u64>().ok()).unwrap_or(0);
        let status = of("status");
        let kb = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or(0)
        };
        Used {
            // A tick is 10 ms on Linux, whatever the machine.
            processor: Duration::from_millis((ticks(11) + ticks(12)) * 10),
            resident_kb: kb("VmRSS:"),
            own_kb: kb("RssAnon:"),
            peak_kb: kb("VmHWM:"),
            threads: kb("Threads:"),
        }
    }

    /// Until the processor is left alone for a moment; what was begun behind the acknowledgements is done then, but for
    /// what waits for its time.
    pub async fn rests(&self) {
        let (mut before, mut still) = (self.used().processor, 0);
        for _ in 0..400 {
            nap(Duration::from_millis(50)).await;
            let now = self.used().processor;
            still = if now.saturating_sub(before) <= Duration::from_millis(10) { still + 1 } else { 0 };
            before = now;
            if still >= 4 {
                return;
            }
        }
    }

    /// Until the store has been read through behind the start, or is too large to wait for that.
    pub async fn has_read_through(&self) {
        for _ in 0..2400 {
            if self.asked("/readyz").await.is_some_and(|answer| answer.contains("\"scrub\"")) {
                return;
            }
            nap(Duration::from_millis(50)).await;
        }
    }

    /// Counts instructions anew, of a bot that is counted.
    pub fn counts_from_zero(&self) {
        self.control("-z");
    }
    /// Instructions since then; the counts by function are kept under this name.
    pub fn counted(&self, name: &str) -> u64 {
        self.control(&format!("--dump={name}"));
        let newest = std::fs::read_dir(&self.dir).unwrap().flatten().map(|entry| entry.path()).filter(|path| {
            let file = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            file.starts_with(&format!("callgrind.{}.", self.child.id()))
        });
        let newest = newest
            .max_by_key(|path| path.extension().and_then(|number| number.to_str()?.parse::<u64>().ok()).unwrap_or(0));
        let newest = newest.unwrap();
        std::fs::rename(&newest, self.counts_in(name)).unwrap();
        let text = std::fs::read_to_string(self.counts_in(name)).unwrap();
        let total = text.lines().find_map(|line| line.strip_prefix("totals: ")?.split(' ').next()?.parse().ok());
        total.unwrap()
    }
    /// Where the counts by function are kept.
    pub fn counts_in(&self, name: &str) -> PathBuf {
        std::env::temp_dir().join(format!("scopebot-{name}.callgrind"))
    }
    fn control(&self, wish: &str) {
        let id = self.child.id().to_string();
        let done = Command::new("callgrind_control").args([wish, &id]).stdout(Stdio::null()).status().unwrap();
        assert!(done.success(), "callgrind_control {wish}");
    }

    /// Asks it to end, as a service manager does, and waits.
    pub async fn end(mut self) {
        let asked = Command::new("kill").arg("-TERM").arg(self.child.id().to_string()).status().unwrap();
        assert!(asked.success());
        for _ in 0..3000 {
            if self.child.try_wait().unwrap().is_some() {
                return;
            }
            nap(Duration::from_millis(10)).await;
        }
        panic!("the bot does not end");
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        let _ended_already = self.child.kill();
        let _ended_already = self.child.wait();
    }
}
