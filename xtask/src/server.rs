//! A program that runs beside ours and is ended with it.

use std::path::Path;
use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};

use crate::Result;
use crate::process;

/// A running program. Dropping it ends it: politely, then by force.
pub struct Server {
    name: &'static str,
    child: Child,
}

/// A command for a program that the system ends when this one dies, however it dies.
pub fn command(program: &Path) -> Command {
    match process::find("setpriv") {
        Some(setpriv) => {
            let mut command = Command::new(setpriv);
            command.args(["--pdeathsig", "TERM", "--"]).arg(program);
            command
        }
        None => Command::new(program),
    }
}

impl Server {
    /// Starts a program.
    pub fn start(name: &'static str, command: &mut Command) -> Result<Self> {
        let child = command
            .spawn()
            .map_err(|error| format!("cannot start {name}: {error}"))?;
        Ok(Self { name, child })
    }

    /// Whether the program ended by itself.
    pub fn exited(&mut self) -> Result<Option<ExitStatus>> {
        Ok(self.child.try_wait()?)
    }

    /// Waits for the program to end by itself.
    pub fn wait(&mut self) -> Result<ExitStatus> {
        Ok(self.child.wait()?)
    }

    /// Asks `ready` again and again until it says yes, the program dies or the time is over.
    pub fn wait_until(&mut self, limit: Duration, mut ready: impl FnMut() -> bool) -> Result {
        let start = Instant::now();
        while !ready() {
            if let Some(status) = self.exited()? {
                return Err(format!("{} ended early ({status})", self.name).into());
            }
            if start.elapsed() > limit {
                let seconds = limit.as_secs();
                return Err(format!("{} was not ready after {seconds} s", self.name).into());
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(())
    }

    fn end(&mut self) {
        let pid = self.child.id().to_string();
        if process::output(Command::new("kill").arg(&pid)).is_ok() {
            let asked = Instant::now();
            while asked.elapsed() < Duration::from_secs(10) {
                if !matches!(self.exited(), Ok(None)) {
                    return;
                }
                std::thread::sleep(Duration::from_millis(20));
            }
        }
        // A program that is gone already cannot be killed; either way it is over.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}
