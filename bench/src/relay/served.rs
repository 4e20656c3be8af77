//! A server that was started, and what the system says of it.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use rustix::process::{Pid, Signal, kill_process};
use tokio::net::TcpStream;
use tokio::time::sleep;

/// What no server needs to start or to end.
const PATIENCE: Duration = Duration::from_mins(1);
/// How often is looked whether it has.
const LOOK: Duration = Duration::from_millis(1);
/// Parts of a second in which Linux counts what a process takes.
const TICKS: f64 = 100.0;

/// A command that runs on the core that servers have, if they have one.
pub(crate) fn command(core: Option<&str>, program: &Path) -> Command {
    let Some(core) = core else {
        return Command::new(program);
    };
    let mut command = Command::new("taskset");
    command.args(["-c", core]).arg(program);
    command
}

/// A port that nobody uses, below those that connections are given: a client that
/// tries one of those while its server is away may meet itself there.
pub(crate) fn free_port() -> Result<u16> {
    (21_000..32_000)
        .find(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok())
        .context("every port is taken")
}

/// A server of its own, ended when it is dropped.
pub(crate) struct Served {
    child: Child,
    pub(crate) port: u16,
    started: Instant,
}

impl Served {
    /// Starts a server and returns when it takes connections.
    pub(crate) async fn start(command: &mut Command, port: u16) -> Result<Self> {
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start `{}`", command.get_program().display()))?;
        let mut served = Self {
            child,
            port,
            started: Instant::now(),
        };
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port))
            .await
            .is_err()
        {
            if let Some(status) = served.child.try_wait()? {
                bail!(
                    "`{}` ended before it served: {status}",
                    command.get_program().display()
                );
            }
            served.is_in_time("serve")?;
            sleep(LOOK).await;
        }
        Ok(served)
    }

    /// How long ago it was started.
    pub(crate) fn age(&self) -> Duration {
        self.started.elapsed()
    }

    /// Asks it to end, and returns when it has.
    pub(crate) async fn stop(mut self) -> Result<()> {
        let pid = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        kill_process(pid.context("a process without a number")?, Signal::TERM)?;
        self.started = Instant::now();
        while self.child.try_wait()?.is_none() {
            self.is_in_time("end")?;
            sleep(LOOK).await;
        }
        Ok(())
    }

    fn is_in_time(&self, what: &str) -> Result<()> {
        anyhow::ensure!(
            self.age() < PATIENCE,
            "a server did not {what} within {} s",
            PATIENCE.as_secs()
        );
        Ok(())
    }

    /// Bytes of memory that it has.
    pub(crate) fn bytes(&self) -> Result<f64> {
        let status = self.said("status")?;
        let kilobytes: Option<f64> = status.lines().find_map(|line| {
            let size = line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB")?;
            size.parse().ok()
        });
        Ok(kilobytes.context("the system does not say how much memory it has")? * 1024.0)
    }

    /// How long it has had a processor, all its threads together.
    pub(crate) fn cpu(&self) -> Result<Duration> {
        let stat = self.said("stat")?;
        // Its name may hold anything, and ends with the last bracket.
        let (_, numbers) = stat.rsplit_once(") ").context("a process without a name")?;
        let mut numbers = numbers.split(' ').skip(11);
        let mut ticks = || numbers.next()?.parse::<f64>().ok();
        let (user, system) = ticks().zip(ticks()).context("a process without a time")?;
        Ok(Duration::from_secs_f64((user + system) / TICKS))
    }

    fn said(&self, file: &str) -> Result<String> {
        let path = format!("/proc/{}/{file}", self.child.id());
        fs::read_to_string(&path).with_context(|| format!("cannot read `{path}`"))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
