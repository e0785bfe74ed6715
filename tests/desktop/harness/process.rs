//! Programs that run beside a test and end with it.

use std::fs::{self, File};
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A program that runs, with all that it starts. Dropping it ends them.
pub struct Background {
    child: Child,
}

impl Background {
    /// A command that can be started in the background. The system ends it when the test dies;
    /// what it complains of goes to `target/desktop/logs`.
    pub fn command(program: &str) -> Command {
        let log = output_folder("logs").join(format!("{program}.log"));
        let log = File::options().create(true).append(true).open(log);
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "KILL", "--", program]);
        command.stdin(Stdio::null());
        command.stdout(Stdio::null());
        command.stderr(log.expect("a file for complaints"));
        command
    }

    /// Starts a command as the head of a group of its own.
    pub fn start(command: &mut Command) -> Self {
        let child = command.process_group(0).spawn();
        Self {
            child: child.unwrap_or_else(|error| panic!("cannot start {command:?}: {error}")),
        }
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        // The group's number is that of its head; the minus sign names the group.
        let group = format!("-{}", self.child.id());
        run(Command::new("kill").args(["-KILL", "--", &group]));
        // Collects what the killed program leaves; it cannot fail to be over.
        let _ = self.child.wait();
    }
}

/// Runs a program to its end; what it prints, when it succeeds.
pub fn run(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    let said = String::from_utf8_lossy(&output.stdout);
    output.status.success().then(|| said.trim().to_owned())
}

/// A port that nothing listens on.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("its number").port()
}

/// Asks again and again until there is an answer.
pub fn wait_for<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(
            start.elapsed() < Duration::from_secs(60),
            "{what} did not come"
        );
        std::thread::sleep(Duration::from_millis(30));
    }
}

/// A folder for what the tests leave behind: `target/desktop/NAME`.
pub fn output_folder(name: &str) -> PathBuf {
    let program = Path::new(env!("CARGO_BIN_EXE_backstock-desktop"));
    let target = program.ancestors().nth(2).unwrap_or(program);
    let folder = target.join("desktop").join(name);
    fs::create_dir_all(&folder).expect("a folder in target");
    folder
}
