//! This server with one site and one agent, in a folder of its own.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::served::{self, Served};

/// The address of the site's pages.
pub(crate) const ORIGIN: &str = "https://shop.example";
/// The key of the site.
pub(crate) const KEY: &str = "shop";
const EMAIL: &str = "lucia@alba.example";
const PASSWORD: &str = "correct horse";
/// More than anyone posts here. So many more that no time is between two of them would
/// let each frame wait for the next millisecond of the server's timer.
const POSTS_PER_MINUTE: &str = "10000";

/// A folder with a database, which can be served again and again.
pub(crate) struct Shop {
    program: PathBuf,
    core: Option<String>,
    folder: PathBuf,
}

impl Shop {
    /// Makes the folder, the site and the agent.
    pub(crate) fn make(program: &Path, core: Option<&str>, folder: PathBuf) -> Result<Self> {
        std::fs::create_dir_all(&folder)?;
        let shop = Self {
            program: program.to_owned(),
            core: core.map(str::to_owned),
            folder,
        };
        shop.run(&["site", "add", KEY, "--key", KEY, "--origin", ORIGIN], "")?;
        let agent = ["agent", "add", EMAIL, "--name", "Lucía", "--site", KEY];
        shop.run(&[&agent[..], &["--password-stdin"]].concat(), PASSWORD)?;
        Ok(shop)
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.folder.join("saluda.db")
    }

    /// Serves it on a port of its own, and returns when it takes connections.
    pub(crate) async fn serve(&self) -> Result<Served> {
        self.serve_on(served::free_port()?).await
    }

    pub(crate) async fn serve_on(&self, port: u16) -> Result<Served> {
        let mut serve = self.command(served::command(self.core.as_deref(), &self.program));
        serve.args(["serve", "--log", "warn"]);
        serve.args(["--posts-per-minute", POSTS_PER_MINUTE]);
        serve.arg("--listen").arg(format!("127.0.0.1:{port}"));
        Served::start(&mut serve, port).await
    }

    /// A command that means this folder, whatever the environment says.
    fn command(&self, mut command: Command) -> Command {
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("SALUDA_") {
                command.env_remove(name);
            }
        }
        command.current_dir(&self.folder);
        command
    }

    fn run(&self, arguments: &[&str], input: &str) -> Result<()> {
        let mut process = self
            .command(Command::new(&self.program))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .context("cannot start the server's program")?;
        let mut stdin = process.stdin.take().context("a program without an input")?;
        stdin.write_all(input.as_bytes())?;
        drop(stdin);
        anyhow::ensure!(process.wait()?.success(), "`saluda {arguments:?}` failed");
        Ok(())
    }
}

/// Returns how long ago the server was started, once it has answered.
pub(crate) async fn answers(served: &Served) -> Result<Duration> {
    let answer = ask(served.port, "GET", "/health", "").await?;
    anyhow::ensure!(answer.starts_with("HTTP/1.1 200"), "not well: {answer}");
    Ok(served.age())
}

/// How many sockets of visitors the server holds.
pub(crate) async fn visitors(port: u16) -> Result<f64> {
    let answer = ask(port, "GET", "/metrics", "").await?;
    let line = r#"saluda_sockets{side="visitor"} "#;
    let number = answer.lines().find_map(|metric| metric.strip_prefix(line));
    Ok(number.context("sockets are not counted")?.parse()?)
}

/// Signs the agent in and returns the cookie.
pub(crate) async fn sign_in(port: u16) -> Result<String> {
    let body = format!(r#"{{"email":"{EMAIL}","password":"{PASSWORD}"}}"#);
    let answer = ask(port, "POST", "/api/session", &body).await?;
    let cookie = answer
        .lines()
        .find_map(|line| line.strip_prefix("set-cookie: "))
        .with_context(|| format!("no cookie in {answer}"))?;
    Ok(cookie.split(';').next().unwrap_or_default().to_owned())
}

/// Sends a request as the desk does, and returns the whole answer.
async fn ask(port: u16, method: &str, path: &str, body: &str) -> Result<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
    let request = format!(
        "{method} {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\n\
         origin: http://127.0.0.1:{port}\r\ncontent-type: application/json\r\n\
         connection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer)
}
