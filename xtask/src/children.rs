//! The programs a task leaves running: started together, ended together.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::process;
use crate::run::Event;

/// How long a program may take to say that it serves.
const START: Duration = Duration::from_mins(1);
/// How long a program may take to end when asked to.
const END: Duration = Duration::from_secs(5);

/// A program that runs until it is dropped.
pub(crate) struct Running {
    child: Child,
    /// Tells the program from one of the same name that was replaced.
    pub(crate) number: u32,
}

impl Running {
    /// Starts a program and waits until it prints that it serves.
    ///
    /// From then on its output goes to the terminal, and its end arrives as
    /// [`Event::Ended`].
    pub(crate) fn start(
        name: &'static str,
        command: &mut Command,
        events: &Sender<Event>,
    ) -> Result<Self> {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start `{}`", process::shown(command)))?;
        let output = child.stdout.take().context("the program has no output")?;
        let number = child.id();
        let running = Self { child, number };
        let (serving, served) = std::sync::mpsc::channel();
        let events = events.clone();
        thread::spawn(move || {
            follow(output, &serving);
            // Nobody listens any more once the task itself ends.
            drop(serving);
            events.send(Event::Ended { name, number }).ok();
        });
        wait(name, &served)?;
        Ok(running)
    }

    /// Ends the program and returns when it has ended.
    pub(crate) fn stop(&mut self) {
        // Asked first, so that a server can finish what it is writing. After
        // Ctrl-C in a terminal it has been asked already; twice is harmless.
        if cfg!(unix) && matches!(self.child.try_wait(), Ok(None)) {
            process::succeeds(process::command("kill").args(["-TERM", &self.number.to_string()]));
        }
        let start = Instant::now();
        while cfg!(unix) && start.elapsed() < END {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            thread::sleep(Duration::from_millis(20));
        }
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Waits for the line; the sender is dropped when the program ends without it.
fn wait(name: &str, served: &Receiver<()>) -> Result<()> {
    use std::sync::mpsc::RecvTimeoutError::{Disconnected, Timeout};
    match served.recv_timeout(START) {
        Ok(()) => Ok(()),
        Err(Disconnected) => bail!("the {name} ended before it served; its own words are above"),
        Err(Timeout) => bail!(
            "the {name} did not say `listening on …` within {} s",
            START.as_secs()
        ),
    }
}

fn follow(output: ChildStdout, serving: &Sender<()>) {
    for line in BufReader::new(output).lines().map_while(Result::ok) {
        if line.starts_with("listening on ") {
            serving.send(()).ok();
        } else {
            println!("{line}");
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop();
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = process::command("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn a_program_that_serves_runs_until_it_is_stopped() {
        let (sender, events) = channel();
        let mut command = shell("echo listening on http://127.0.0.1:1; exec sleep 600");
        let mut running = Running::start("server", &mut command, &sender).unwrap();
        assert!(events.try_recv().is_err(), "it should still run");
        running.stop();
        let ended = events.recv_timeout(END).unwrap();
        assert!(
            matches!(ended, Event::Ended { name: "server", number } if number == running.number)
        );
    }

    #[test]
    fn a_program_that_ends_before_it_serves_is_named() {
        let (sender, _events) = channel();
        let error = Running::start("server", &mut shell("echo no"), &sender)
            .map(drop)
            .unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("the server ended before it served"),
            "{error}"
        );
    }
}
