//! A browser, and how to find things in it as a person does: by what they are
//! and what they are called, also inside shadow roots.

use std::io::Write as _;
use std::mem::ManuallyDrop;
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::{Capabilities, WebDriver, WebElement};

use crate::stage::line;

/// What never takes this long on any machine.
const PATIENCE: Duration = Duration::from_mins(3);
/// How many ports a driver may try.
const PORTS: usize = 9;
/// How often a condition is looked at while it is waited for.
const LOOK_EVERY: Duration = Duration::from_millis(25);
/// Finds things; see the file.
const FIND: &str = include_str!("find.js");

/// Starts browsers.
pub(crate) struct Driver {
    process: Child,
    port: String,
}

impl Driver {
    pub(crate) fn start() -> Self {
        let mut started = (0..PORTS).filter_map(|_| Self::on_a_port());
        started.next().expect("chromedriver found no port")
    }

    /// None when the port was free for IPv4 and taken for IPv6: the driver asks
    /// for any of the former, and ends if it has not both.
    fn on_a_port() -> Option<Self> {
        let mut process = Command::new("chromedriver")
            .arg("--port=0")
            .stderr(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("chromedriver is missing: run `cargo xtask test browser`");
        let begin = "ChromeDriver was started successfully on port ";
        let Some(port) = line(&mut process, begin) else {
            let _ = process.wait();
            return None;
        };
        Some(Self {
            process,
            port: port.trim_end_matches('.').to_owned(),
        })
    }
}

impl Drop for Driver {
    /// Ends the browsers with it: a driver that is killed leaves them running.
    fn drop(&mut self) {
        let address = format!("127.0.0.1:{}", self.port);
        let asked = TcpStream::connect(&address).and_then(|mut stream| {
            write!(stream, "GET /shutdown HTTP/1.1\r\nhost: {address}\r\n\r\n")
        });
        if asked.is_err() {
            let _ = self.process.kill();
        }
        let _ = self.process.wait();
    }
}

/// One browser with a profile of its own.
pub(crate) struct Browser {
    // Its session ends with the driver's process. Ending it on drop would block
    // the thread that serves the shop, for which the browser may be waiting.
    driver: ManuallyDrop<WebDriver>,
    _profile: TempDir,
}

impl Browser {
    pub(crate) async fn open(driver: &Driver) -> Self {
        let profile = tempfile::tempdir().unwrap();
        let folder = format!("--user-data-dir={}", profile.path().display());
        let options = json!({
            "args": [
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1280,900",
                folder,
            ],
            "prefs": { "intl.accept_languages": "en-US" },
        });
        let mut wanted = Capabilities::new();
        wanted.set("browserName", "chrome").unwrap();
        wanted.set("goog:chromeOptions", options).unwrap();
        wanted
            .set("goog:loggingPrefs", json!({ "browser": "ALL" }))
            .unwrap();
        let address = format!("http://localhost:{}", driver.port);
        // Speaks to the driver without TLS. But it is built with what the server
        // needs, and then asks for a provider all the same; another test may have
        // been first.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Self {
            driver: ManuallyDrop::new(WebDriver::new(address, wanted).await.unwrap()),
            _profile: profile,
        }
    }

    pub(crate) fn driver(&self) -> &WebDriver {
        &self.driver
    }

    pub(crate) async fn go(&self, address: &str) {
        self.driver.goto(address).await.unwrap();
    }

    pub(crate) async fn reload(&self) {
        self.driver.refresh().await.unwrap();
    }

    /// Runs a script before any script of the pages that follow.
    pub(crate) async fn before_each_page(&self, script: &str) {
        let source = json!({ "source": script });
        self.driver
            .cdp()
            .send_raw("Page.addScriptToEvaluateOnNewDocument", source)
            .await
            .unwrap();
    }

    /// Runs a script in the page and returns what it returns.
    pub(crate) async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        let done = self.driver.execute(script, arguments).await;
        done.unwrap_or_else(|error| panic!("{error}\nin: {script}"))
            .json()
            .clone()
    }

    /// Runs a script that calls its last argument when it is done.
    pub(crate) async fn run_async(&self, script: &str, arguments: Vec<Value>) -> Value {
        let done = self.driver.execute_async(script, arguments).await;
        done.unwrap_or_else(|error| panic!("{error}\nin: {script}"))
            .json()
            .clone()
    }

    /// Waits until `look` finds something.
    pub(crate) async fn wait<T>(
        &self,
        waiting_for: &str,
        mut look: impl AsyncFnMut() -> Option<T>,
    ) -> T {
        let begun = Instant::now();
        loop {
            if let Some(found) = look().await {
                return found;
            }
            if begun.elapsed() > PATIENCE {
                let log = self.log().await;
                let text = self.text().await;
                panic!(
                    "waited in vain for {waiting_for}\nthe page shows:\n{text}\nand says:\n{log}"
                );
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// The visible thing of this role whose name is or begins with `name`.
    pub(crate) async fn find(&self, role: &str, name: &str) -> WebElement {
        self.wait(&format!("{role} `{name}`"), async || {
            self.look(role, name).await
        })
        .await
    }

    /// The same, if it is there now.
    pub(crate) async fn look(&self, role: &str, name: &str) -> Option<WebElement> {
        let script = format!("{FIND}\nreturn find(arguments[0], arguments[1]);");
        let found = self
            .driver
            .execute(script, vec![json!(role), json!(name)])
            .await
            .ok()?;
        found.element().ok()
    }

    /// Waits until it is gone.
    pub(crate) async fn misses(&self, role: &str, name: &str) {
        self.wait(&format!("{role} `{name}` to go"), async || {
            self.look(role, name).await.is_none().then_some(())
        })
        .await;
    }

    /// Finds and clicks, as a person does: whatever lies above it is hit
    /// instead, and that is an error. What was replaced by its like between the
    /// look and the click is looked for again.
    pub(crate) async fn click(&self, role: &str, name: &str) {
        self.wait(&format!("{role} `{name}` to click"), async || {
            let target = self.look(role, name).await?;
            match target.click().await {
                Ok(()) => Some(()),
                Err(error) if matches!(*error, WebDriverErrorInner::StaleElementReference(_)) => {
                    None
                }
                Err(error) => panic!("could not click {role} `{name}`: {error}"),
            }
        })
        .await;
    }

    /// Scrolls until it is in the middle, then clicks: something may lie above
    /// the edge of the page.
    pub(crate) async fn scroll_and_click(&self, role: &str, name: &str) {
        let target = self.find(role, name).await;
        let scroll = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
        let target = vec![target.to_json().unwrap()];
        self.run(scroll, target).await;
        self.click(role, name).await;
    }

    /// Finds a field and types.
    pub(crate) async fn write(&self, name: &str, text: &str) {
        let field = self.find("textbox", name).await;
        field.send_keys(text).await.unwrap();
    }

    /// Waits until a text can be seen.
    pub(crate) async fn sees(&self, text: &str) {
        self.wait(&format!("the words `{text}`"), async || {
            self.text().await.contains(text).then_some(())
        })
        .await;
    }

    /// Everything that can be read on the page.
    pub(crate) async fn text(&self) -> String {
        let script = format!("{FIND}\nreturn words();");
        match self.driver.execute(script, vec![]).await {
            Ok(text) => text.json().as_str().unwrap_or_default().to_owned(),
            Err(error) => format!("(no page: {error})"),
        }
    }

    /// What the page said to its console.
    pub(crate) async fn log(&self) -> String {
        let log = self.driver.get_log("browser").await;
        log.map_or_else(
            |error| format!("(no log: {error})"),
            |entries| {
                entries
                    .iter()
                    .map(|entry| format!("{} {}", entry.level, entry.message))
                    .collect::<Vec<_>>()
                    .join("\n")
            },
        )
    }
}
