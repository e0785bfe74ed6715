//! A private MariaDB server: own data directory, own port, gone when it is dropped.

use std::fs::{self, File};
use std::io::Read;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::Result;
use crate::process::{find, run_logged, target_dir};
use crate::server::{self, Server};

/// The variable that tells tests and benches where the server is.
pub const ADDRESS_VARIABLE: &str = "BACKSTOCK_TEST_MYSQL";

/// A running server.
pub struct MariaDb {
    // Fields are dropped in this order: the server ends before its files go.
    _server: Server,
    _files: Files,
    port: u16,
}

/// What a server for tests need not do: nothing is kept over a failure of the power, and no table needs a
/// file of its own.
const FOR_TESTS: [&str; 4] = [
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-flush-method=nosync",
    "--innodb-doublewrite=0",
    "--innodb-file-per-table=0",
];

impl MariaDb {
    /// Makes an empty data directory and starts a server on it, as shops run theirs.
    pub fn start() -> Result<Self> {
        Self::start_with(&[])
    }

    /// The same for tests, which make and remove a database each.
    pub fn start_for_tests() -> Result<Self> {
        Self::start_with(&FOR_TESTS)
    }

    fn start_with(options: &[&str]) -> Result<Self> {
        let folder = target_dir().join(format!("xtask/mariadb-{}", std::process::id()));
        let files = Files::create(folder)?;
        let log = files.0.join("log");
        let data = files.0.join("data");
        install(&data, &log)?;

        let port = free_port()?;
        let mut command = mariadbd()?;
        command
            .arg(joined("--datadir=", &data))
            .arg(joined("--tmpdir=", &files.0.join("tmp")))
            .arg(joined("--socket=", &socket()))
            .arg(joined("--pid-file=", &files.0.join("pid")))
            .arg(format!("--port={port}"))
            .args([
                "--bind-address=127.0.0.1",
                "--character-set-server=utf8mb4",
                "--collation-server=utf8mb4_unicode_ci",
            ])
            .args(options)
            .stdout(File::options().append(true).open(&log)?)
            .stderr(File::options().append(true).open(&log)?);
        let mut server = Server::start("MariaDB", &mut command)?;
        server
            .wait_until(Duration::from_secs(60), || greets(port))
            .map_err(|error| format!("{error}\n{}", said(&log)))?;
        Ok(Self {
            _server: server,
            _files: files,
            port,
        })
    }

    /// How to reach the server: `root`, without a password.
    pub fn address(&self) -> String {
        format!("mysql://root@127.0.0.1:{}", self.port)
    }
}

/// The server's folder; dropping it removes it.
struct Files(PathBuf);

impl Files {
    fn create(folder: PathBuf) -> Result<Self> {
        fs::create_dir_all(folder.join("tmp"))?;
        Ok(Self(folder))
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        // Nothing depends on it: what stays behind lies in `target`.
        let _ = fs::remove_dir_all(&self.0);
        let _ = fs::remove_file(socket());
    }
}

fn install(data: &Path, log: &Path) -> Result {
    let program = find("mariadb-install-db").ok_or("mariadb-install-db is not installed")?;
    let mut command = Command::new(program);
    command
        .arg("--no-defaults")
        .args(as_root())
        .args(["--auth-root-authentication-method=normal", "--skip-test-db"]);
    command.arg(joined("--datadir=", data));
    run_logged(&mut command, log).map_err(|error| format!("{error}\n{}", said(log)).into())
}

fn mariadbd() -> Result<Command> {
    let program = find("mariadbd").ok_or("mariadbd is not installed")?;
    let mut command = server::command(&program);
    command.arg("--no-defaults").args(as_root());
    Ok(command)
}

/// The server refuses to run as root unless it is told to.
fn as_root() -> Option<&'static str> {
    crate::packages::is_root().then_some("--user=root")
}

/// Short, because the path of a socket may have about a hundred characters only.
fn socket() -> PathBuf {
    std::env::temp_dir().join(format!("backstock-{}.sock", std::process::id()))
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// A server that is ready says so first: MySQL's protocol begins with a greeting.
fn greets(port: u16) -> bool {
    let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)) else {
        return false;
    };
    let waits = stream.set_read_timeout(Some(Duration::from_secs(5)));
    waits.is_ok() && stream.read_exact(&mut [0; 5]).is_ok()
}

fn joined(flag: &str, path: &Path) -> String {
    format!("{flag}{}", path.display())
}

fn said(log: &Path) -> String {
    fs::read_to_string(log).unwrap_or_default()
}
