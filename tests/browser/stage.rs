//! What a journey needs: a server with the demo in it, a shop of a stranger,
//! and a driver for browsers. All on free ports, in a temporary folder.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

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

    /// A page of the shop.
    pub(crate) fn shop(&self, path: &str) -> String {
        format!("{}{path}", self.shop)
    }

    /// The desk.
    pub(crate) fn desk(&self) -> String {
        format!("http://localhost:{}/desk", self.server.port())
    }

    /// Where pages of the shop connect.
    pub(crate) fn visitor_socket(&self) -> String {
        format!("ws://localhost:{}/ws/visitor/demo", self.server.port())
    }

    /// A browser that knows nobody.
    pub(crate) async fn browser(&self) -> Browser {
        Browser::open(&self.driver).await
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
    let mut lines = BufReader::new(process.stdout.take().unwrap())
        .lines()
        .map_while(Result::ok);
    let line = lines.find_map(|line| line.strip_prefix(begin).map(str::to_owned));
    std::thread::spawn(move || lines.for_each(drop));
    line.unwrap_or_else(|| panic!("no line begins with `{begin}`"))
}
