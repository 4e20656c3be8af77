//! What a journey needs: a server with the demo in it, a shop of a stranger,
//! and a driver for browsers. All on free ports, in a temporary folder.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpListener;

use crate::browser::{Browser, Driver};

/// A running stage. Everything on it ends when it is dropped.
pub(crate) struct Stage {
    server: Server,
    shop: String,
    driver: Driver,
}

impl Stage {
    /// Sets the stage up, with these settings of the site.
    pub(crate) async fn set(site: &[&str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let shop = format!("http://localhost:{}", listener.local_addr().unwrap().port());
        let server = Server::start(&shop, site);
        let chat = format!("http://localhost:{}", server.port());
        let settings = saluda_demo::Settings::new(&chat, "demo");
        tokio::spawn(async move { saluda_demo::serve(listener, settings).await });
        Self {
            server,
            shop,
            driver: Driver::start(),
        }
    }

    /// Sets the stage up with these triggers and none of the demo's, and without
    /// a pause between greetings.
    pub(crate) async fn with_triggers(triggers: &[Value]) -> Self {
        let free = ["--greeting-gap", "0s", "--greetings-per-visit", "none"];
        let stage = Self::set(&[&free[..], &["--greetings-per-day", "none"]].concat()).await;
        stage.publish(triggers);
        stage
    }

    /// Publishes these triggers, and pauses all others.
    pub(crate) fn publish(&self, triggers: &[Value]) {
        let listed = self.server.saluda(&["trigger", "list", "--site", "demo"]);
        let live = listed.lines().filter(|line| line.contains("\tlive"));
        for id in live.filter_map(|line| line.split('\t').next()) {
            self.server
                .saluda(&["trigger", "pause", "--site", "demo", id]);
        }
        self.import(triggers, &["--publish"]);
    }

    /// Saves these triggers as drafts.
    pub(crate) fn save(&self, triggers: &[Value]) {
        self.import(triggers, &[]);
    }

    fn import(&self, triggers: &[Value], how: &[&str]) {
        let file = self.server.folder.path().join("triggers.json");
        std::fs::write(&file, json!(triggers).to_string()).unwrap();
        let import = ["trigger", "import", "--site", "demo"];
        self.server
            .saluda(&[&import[..], how, &[file.to_str().unwrap()]].concat());
    }

    /// A link to a page of the shop that opens the explain panel there.
    pub(crate) fn explained(&self, path: &str) -> String {
        let page = self.shop(path);
        let link = ["trigger", "debug", "--site", "demo", "--page", &page];
        self.server.saluda(&link).trim().to_owned()
    }

    /// What was counted of a trigger: how many people saw it, opened it and
    /// replied.
    pub(crate) fn results(&self, trigger: &str) -> String {
        let listed = self.server.saluda(&["trigger", "list", "--site", "demo"]);
        let mut lines = listed.lines();
        let line = lines.find(|line| line.split('\t').next() == Some(trigger));
        let counts = line.unwrap().split('\t').skip(3);
        counts.collect::<Vec<_>>().join(", ")
    }

    /// Runs a command on the server's database and returns what it prints.
    pub(crate) fn saluda(&self, words: &[&str]) -> String {
        self.server.saluda(words)
    }

    /// A page of the shop.
    pub(crate) fn shop(&self, path: &str) -> String {
        format!("{}{path}", self.shop)
    }

    /// The desk.
    pub(crate) fn desk(&self) -> String {
        format!("http://localhost:{}/desk", self.server.port())
    }

    /// What pages of the shop are told of their site.
    pub(crate) fn config(&self) -> String {
        format!(
            "http://localhost:{}/api/sites/demo/config",
            self.server.port()
        )
    }

    /// What the server measures of itself.
    pub(crate) fn metrics(&self) -> String {
        format!("http://localhost:{}/metrics", self.server.port())
    }

    /// Where pages of the shop connect.
    pub(crate) fn visitor_socket(&self) -> String {
        format!("ws://localhost:{}/ws/visitor/demo", self.server.port())
    }

    /// A browser that knows nobody.
    pub(crate) async fn browser(&self) -> Browser {
        Browser::open(&self.driver).await
    }

    /// The mails that were sent, each as it lies in the folder for them.
    pub(crate) fn mails(&self) -> Vec<String> {
        let folder = std::fs::read_dir(self.server.folder.path().join("saluda.mail"));
        let files = folder.into_iter().flatten();
        let paths = files.map(|file| file.unwrap().path());
        paths
            .map(|path| std::fs::read_to_string(path).unwrap())
            .collect()
    }

    /// Starts the server anew with these lines of settings.
    pub(crate) fn configure(&mut self, lines: &str) {
        self.kill_server();
        std::fs::write(self.server.folder.path().join("saluda.toml"), lines).unwrap();
        self.restart_server();
    }

    /// Ends the server without a word of warning.
    pub(crate) fn kill_server(&mut self) {
        self.server.process.kill().unwrap();
        self.server.process.wait().unwrap();
    }

    /// Starts the server again, where it was.
    pub(crate) fn restart_server(&mut self) {
        let address = self.server.address.clone();
        self.server.serve(&address);
        assert_eq!(address, self.server.address);
    }
}

/// The server and its database.
struct Server {
    process: Child,
    address: String,
    folder: TempDir,
}

/// The folder with this test's binary holds the others too.
fn saluda(folder: &Path) -> Command {
    let test = std::env::current_exe().unwrap();
    let binary = test.ancestors().nth(2).unwrap().join("saluda");
    assert!(
        binary.exists(),
        "{} is missing: run `cargo xtask test browser`",
        binary.display()
    );
    let mut command = Command::new(binary);
    command.current_dir(folder);
    command
}

fn built() -> PathBuf {
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).join("../pkg/dist");
    assert!(
        built.join("manifest.json").exists(),
        "the widget is not built: run `cargo xtask test browser`"
    );
    built
}

impl Server {
    fn start(shop: &str, site: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let demo = ["demo", "--origin", shop];
        let set = [&["site", "set", "demo"], site].concat();
        for words in [&demo[..], &set[..]] {
            let status = saluda(folder.path())
                .args(words)
                .stdout(Stdio::null())
                .status()
                .unwrap();
            assert!(status.success(), "saluda {}", words.join(" "));
        }
        let (process, address) = serve(folder.path(), "127.0.0.1:0");
        Self {
            process,
            address,
            folder,
        }
    }

    /// Runs a command on the server's database and returns what it prints.
    fn saluda(&self, words: &[&str]) -> String {
        let output = saluda(self.folder.path()).args(words).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "saluda {words:?}: {said}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn port(&self) -> &str {
        self.address.rsplit(':').next().unwrap()
    }

    fn serve(&mut self, listen: &str) {
        (self.process, self.address) = serve(self.folder.path(), listen);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn serve(folder: &Path, listen: &str) -> (Child, String) {
    let mut process = saluda(folder)
        .args(["serve", "--listen", listen, "--log", "warn", "--assets"])
        .arg(built())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let line = first_line(&mut process, "listening on http://");
    (process, line)
}

/// What follows `begin` in the first line that begins so. Later lines are read
/// and dropped, so that the process never waits for a reader.
pub(crate) fn first_line(process: &mut Child, begin: &str) -> String {
    let line = line(process, begin);
    line.unwrap_or_else(|| panic!("no line begins with `{begin}`"))
}

/// The same of a process that may end without having said so.
pub(crate) fn line(process: &mut Child, begin: &str) -> Option<String> {
    let mut lines = BufReader::new(process.stdout.take().unwrap())
        .lines()
        .map_while(Result::ok);
    let line = lines.find_map(|line| line.strip_prefix(begin).map(str::to_owned));
    std::thread::spawn(move || lines.for_each(drop));
    line
}
