//! A server of its own for each test, on a free port, in a temporary folder.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// The address of the pages of both sites.
pub(crate) const ORIGIN: &str = "https://shop.example";
pub(crate) const PASSWORD: &str = "correct horse";
const LOG: &str = "server.log";
/// What never takes this long on any machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running server with the sites `shop` and `school`, Lucía at both and Rui
/// at the school alone.
pub(crate) struct Server {
    process: Child,
    address: String,
    /// Where sockets connect, if something lies between.
    line: Option<String>,
    folder: TempDir,
    flags: Vec<&'static str>,
}

fn saluda(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_saluda"));
    command.current_dir(folder);
    command
}

fn run(command: &mut Command, input: &str) {
    let mut process = command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdin = process.stdin.take().unwrap();
    stdin.write_all(input.as_bytes()).unwrap();
    drop(stdin);
    assert!(process.wait().unwrap().success(), "{command:?}");
}

impl Server {
    pub(crate) fn start() -> Self {
        Self::with(&[])
    }

    /// One that is served with these flags.
    pub(crate) fn with(flags: &[&'static str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for key in ["shop", "school"] {
            let add = ["site", "add", key, "--key", key, "--origin", ORIGIN];
            run(saluda(folder.path()).args(add), "");
        }
        for (email, name, sites) in [
            ("lucia@alba.example", "Lucía Marín", vec!["shop", "school"]),
            ("rui@alba.example", "Rui Santos", vec!["school"]),
        ] {
            let mut add = saluda(folder.path());
            add.args(["agent", "add", email, "--name", name, "--password-stdin"]);
            for site in sites {
                add.args(["--site", site]);
            }
            run(&mut add, PASSWORD);
        }
        let (process, address) = serve(folder.path(), "127.0.0.1:0", flags);
        Self {
            process,
            address,
            line: None,
            folder,
            flags: flags.to_vec(),
        }
    }

    /// Imports and publishes a trigger on the site `shop`, from beside the
    /// server.
    pub(crate) fn publish(&self, form: &str) {
        let folder = self.folder.path();
        std::fs::write(folder.join("trigger.json"), form).unwrap();
        let import = [
            "trigger",
            "import",
            "trigger.json",
            "--site",
            "shop",
            "--publish",
        ];
        run(saluda(folder).args(import), "");
    }

    /// Runs a command beside the server, in its folder. Returns whether it
    /// succeeded and everything it said.
    pub(crate) fn command(&self, line: &str) -> (bool, String) {
        let mut command = saluda(self.folder.path());
        let output = command.args(line.split(' ')).output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8(said).unwrap())
    }

    /// Where the server and its commands run.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What it logged, over all its lives.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.folder().join(LOG)).unwrap_or_default()
    }

    /// Where it listens, `127.0.0.1:PORT`.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Where sockets connect.
    pub(crate) fn socket_address(&self) -> &str {
        self.line.as_ref().unwrap_or(&self.address)
    }

    /// Lets sockets connect by another address from now on.
    pub(crate) fn reach_by(&mut self, line: &str) {
        self.line = Some(line.to_owned());
    }

    /// Ends the process without a word of warning.
    pub(crate) fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Starts it again at the same address.
    pub(crate) fn restart(&mut self) {
        let (process, address) = serve(self.folder.path(), &self.address, &self.flags);
        self.process = process;
        assert_eq!(address, self.address);
    }

    /// Asks again until it is so: what others see of the server follows a moment
    /// after what it did.
    pub(crate) fn wait_until(&self, what: &str, mut is_so: impl FnMut() -> bool) {
        let begin = Instant::now();
        while !is_so() {
            assert!(
                begin.elapsed() < PATIENCE,
                "{} waited for: {what}",
                self.address
            );
            std::thread::yield_now();
        }
    }

    /// Signs in and returns the cookie.
    pub(crate) fn sign_in(&self, email: &str) -> String {
        let body = format!(r#"{{"email":"{email}","password":"{PASSWORD}"}}"#);
        let answer = self.request("POST", "/api/session", "", &body);
        let cookie = answer
            .lines()
            .find_map(|line| line.strip_prefix("set-cookie: "))
            .unwrap_or_else(|| panic!("no cookie in {answer}"));
        cookie.split(';').next().unwrap().to_owned()
    }

    /// Sends a request of the desk and returns the whole answer.
    pub(crate) fn request(&self, method: &str, path: &str, cookie: &str, body: &str) -> String {
        let own = format!("origin: http://{}\r\ncookie: {cookie}\r\n", self.address);
        self.send(method, path, &own, body)
    }

    /// Sends a request of a tool and returns the whole answer.
    pub(crate) fn request_with_token(
        &self,
        method: &str,
        path: &str,
        token: &str,
        body: &str,
    ) -> String {
        let bearer = format!("authorization: Bearer {token}\r\n");
        self.send(method, path, &bearer, body)
    }

    /// Sends a request with these headers and returns the whole answer.
    pub(crate) fn send(&self, method: &str, path: &str, headers: &str, body: &str) -> String {
        let address = &self.address;
        let mut stream = TcpStream::connect(address).unwrap();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nhost: {address}\r\n{headers}\
             content-type: application/json\r\nconnection: close\r\n\
             content-length: {}\r\n\r\n{body}",
            body.len()
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the server said:\n{}", self.log());
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn serve(folder: &Path, listen: &str, flags: &[&str]) -> (Child, String) {
    let log = File::options()
        .create(true)
        .append(true)
        .open(folder.join(LOG));
    let mut process = saluda(folder)
        .args(["serve", "--listen", listen])
        .args(flags)
        .stderr(log.unwrap())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(process.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let address = line
        .trim()
        .strip_prefix("listening on http://")
        .unwrap_or_else(|| panic!("the server said `{line}`"))
        .to_owned();
    (process, address)
}
