//! The API answers as its OpenAPI document says, whatever it is asked: thousands of
//! requests made of the document, and none of them is a fault of the server.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc;

use anyhow::{Context as _, Result};

use super::browser::SELECTION;
use crate::cargo::cargo;
use crate::children::Running;
use crate::run::{EMAIL, PASSWORD, SITE};
use crate::{process, tools, workspace};

/// What must hold of every answer.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
     response_headers_conformance,response_schema_conformance,unsupported_method";

/// What a token may be for.
const SCOPES: [&str; 6] = [
    "triggers:read",
    "triggers:write",
    "triggers:publish",
    "results:read",
    "site:read",
    "site:write",
];

/// The tests of one endpoint would end the session of all the others.
const SIGN_OUT: &str = "sign_out";

pub(super) fn run() -> Result<()> {
    let schemathesis = tools::python_packages("tests/api")?.join("schemathesis");
    process::run(
        cargo()
            .arg("build")
            .args(SELECTION)
            .args(["--bin", "saluda"]),
    )?;
    let folder = workspace::target().join("api");
    // What an earlier run left is not what this one begins with.
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let demo = ["demo", "--origin", "http://localhost"];
    process::run_quietly(saluda(&folder).args(demo))?;
    let token = token(&folder)?;

    let port = free_port()?;
    let (events, _ended) = mpsc::channel();
    let listen = format!("127.0.0.1:{port}");
    let mut serve = saluda(&folder);
    serve.args(["serve", "--listen", &listen, "--log", "error"]);
    let _server = Running::start("server", &mut serve, &events)?;
    let own = format!("http://{listen}");
    let cookie = sign_in(&listen, &own)?;
    for headers in [
        vec![format!("Authorization: Bearer {token}")],
        vec![format!("Cookie: {cookie}"), format!("Origin: {own}")],
    ] {
        let mut ask = Command::new(&schemathesis);
        ask.current_dir(&folder)
            .arg("--config-file")
            .arg(workspace::path("tests/api/schemathesis.toml"))
            .args(["run", &format!("{own}/api/openapi.json")])
            .args(headers.iter().flat_map(|header| ["-H", header]))
            .args(["--checks", CHECKS, "--exclude-operation-id", SIGN_OUT])
            .args(["--phases", "examples,coverage,fuzzing"])
            .args(["--max-examples", "15", "--seed", "7", "--no-color"])
            .args(["--suppress-health-check", "all"]);
        process::run_quietly(&mut ask)?;
    }
    Ok(())
}

/// The server's program, with what it keeps in a folder of its own.
fn saluda(folder: &Path) -> Command {
    let program: PathBuf = workspace::target().join("debug/saluda");
    let mut command = process::command(program);
    command.current_dir(folder);
    command
}

/// A token that is for everything a token can be for.
fn token(folder: &Path) -> Result<String> {
    let mut make = saluda(folder);
    make.args(["agent", "token", EMAIL, "--name", "API"]);
    make.args(SCOPES.iter().flat_map(|scope| ["--scope", scope]));
    let output = make.output().context("cannot start the server's program")?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no port is free")?;
    Ok(listener.local_addr()?.port())
}

/// Signs in at the desk, and returns the cookie.
fn sign_in(listen: &str, own: &str) -> Result<String> {
    let body = format!(r#"{{"email":"{EMAIL}","password":"{PASSWORD}"}}"#);
    let mut stream = TcpStream::connect(listen)?;
    write!(
        stream,
        "POST /api/session HTTP/1.1\r\nhost: {listen}\r\norigin: {own}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let set = answer
        .lines()
        .find_map(|line| line.strip_prefix("set-cookie: "));
    let cookie = set.and_then(|set| set.split(';').next());
    let cookie = cookie.with_context(|| format!("`{SITE}` lets nobody sign in: {answer}"))?;
    Ok(cookie.to_owned())
}
