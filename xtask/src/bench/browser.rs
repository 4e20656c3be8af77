//! A browser that goes from page to page and tells what each of them measured.

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::{process, tools, workspace};

/// How long a page may take to measure.
const PATIENCE: Duration = Duration::from_mins(2);

/// The address under which a page tells its figures.
const FIGURES: &str = "/figures";

/// What is served: by path, a file with its type.
pub(crate) type Files = HashMap<&'static str, (&'static str, Vec<u8>)>;

/// Opens each page once, and returns what it told, in the same order.
///
/// Each page comes from a host of its own, so that it gets a process of its own
/// and finds nothing warmed up by the one before. `flags` go to the browser.
pub(crate) fn visit(files: &Files, queries: &[String], flags: &[&str]) -> Result<Vec<Value>> {
    let listener = TcpListener::bind("127.0.0.1:0").context("cannot listen")?;
    let port = listener.local_addr()?.port();
    let pages: Vec<String> = queries
        .iter()
        .enumerate()
        .map(|(at, query)| format!("http://page{at}.localhost:{port}/?{query}"))
        .collect();
    let Some(first) = pages.first().cloned() else {
        return Ok(Vec::new());
    };
    let (sender, told) = channel();
    let mut next = pages.into_iter().skip(1);
    let files = files.clone();
    // It ends with the task: nobody asks it for anything after the last page.
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // A connection that ends early is asked for again.
            answer(stream, &files, &mut next, &sender).ok();
        }
    });
    let _browser = Browser::open(&first, flags)?;
    queries.iter().map(|query| figures(&told, query)).collect()
}

fn figures(told: &Receiver<Value>, query: &str) -> Result<Value> {
    let mut told = match told.recv_timeout(PATIENCE) {
        Ok(told) => told,
        Err(RecvTimeoutError::Timeout) => bail!("the page `{query}` told nothing"),
        Err(RecvTimeoutError::Disconnected) => bail!("the server of the pages has ended"),
    };
    if let Some(error) = told["error"].as_str() {
        bail!("the page `{query}` cannot measure: {error}");
    }
    if told["isolated"] != true {
        bail!("the browser gives the page `{query}` a coarse clock");
    }
    Ok(told["figures"].take())
}

/// Answers one request.
fn answer(
    mut stream: TcpStream,
    files: &Files,
    next: &mut impl Iterator<Item = String>,
    told: &Sender<Value>,
) -> Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    let mut reader = BufReader::new(&stream);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let target = line.split(' ').nth(1).unwrap_or_default();
    let path = target.split('?').next().unwrap_or_default().to_owned();
    let mut length = 0;
    loop {
        line.clear();
        if reader.read_line(&mut line)? <= 2 {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse()?;
        }
    }
    let (status, kind, body) = if path == FIGURES {
        let mut body = vec![0; length];
        reader.read_exact(&mut body)?;
        told.send(serde_json::from_slice(&body)?)?;
        let page = next.next().unwrap_or_default();
        ("200 OK", "text/plain", page.into_bytes())
    } else if let Some((kind, body)) = files.get(path.as_str()) {
        ("200 OK", *kind, body.clone())
    } else {
        ("404 Not Found", "text/plain", Vec::new())
    };
    // A page that is isolated from others may read the exact clock.
    write!(
        stream,
        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\
         cross-origin-opener-policy: same-origin\r\n\
         cross-origin-embedder-policy: require-corp\r\n\r\n",
        body.len()
    )?;
    stream.write_all(&body)?;
    Ok(())
}

/// A browser with a profile of its own, until it is dropped.
struct Browser {
    process: Child,
    profile: PathBuf,
}

impl Browser {
    fn open(address: &str, flags: &[&str]) -> Result<Self> {
        let program = tools::browser_program().context("a browser is missing")?;
        let profile = workspace::target().join(format!("bench/profile-{}", std::process::id()));
        fs::create_dir_all(&profile)?;
        let process = process::command(program)
            .args([
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--site-per-process",
            ])
            .args(flags)
            .arg(format!("--user-data-dir={}", profile.display()))
            .arg(address)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot start the browser")?;
        Ok(Self { process, profile })
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Asked, so that it ends its own processes as well.
        let id = self.process.id().to_string();
        if !cfg!(unix) || !process::succeeds(Command::new("kill").args(["-TERM", &id])) {
            self.process.kill().ok();
        }
        self.process.wait().ok();
        fs::remove_dir_all(&self.profile).ok();
    }
}

/// What the browser calls itself.
pub(crate) fn version() -> Result<String> {
    let program = tools::browser_program().context("a browser is missing")?;
    let output = Command::new(program).arg("--version").output()?.stdout;
    Ok(String::from_utf8_lossy(&output).trim().to_owned())
}
