//! A terminal with a workspace: runs the real program and takes what it says.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value as Json;
use tempfile::TempDir;

use crate::support::{PASSWORD, tls_word};
use testing::Place;

/// A folder to work in, and a workspace somewhere.
pub struct Terminal {
    pub folder: TempDir,
    pub workspace: String,
}

/// What a command came to.
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    #[track_caller]
    pub fn json(&self, code: i32) -> Json {
        assert_eq!(self.code, code, "{}\n{}", self.out, self.err);
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }

    #[track_caller]
    pub fn refused(&self, code: i32, part: &str) {
        assert_eq!(self.code, code, "{}\n{}", self.out, self.err);
        assert!(
            self.err.lines().any(|line| line.starts_with("error: ")) && self.err.contains(part),
            "{}",
            self.err
        );
    }
}

impl Terminal {
    pub fn on(workspace: String, folder: TempDir) -> Self {
        Self { folder, workspace }
    }

    /// On a file that is not there yet.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let workspace = folder.path().join("shop.sqlite").display().to_string();
        Self::on(workspace, folder)
    }

    /// On a workspace that Ada owns.
    pub fn ready() -> Self {
        let terminal = Self::new();
        terminal.init().json(0);
        terminal
    }

    pub fn init(&self) -> Ran {
        self.run(&[
            "init",
            "--name",
            "Ada",
            "--email",
            "ada@example.com",
            "--json",
        ])
    }

    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_backstock"));
        command
            .env("BACKSTOCK_DATA_DIR", self.folder.path().join("data"))
            .env("BACKSTOCK_WORKSPACE", &self.workspace)
            .env("BACKSTOCK_USER", "ada@example.com")
            .env("BACKSTOCK_PASSWORD", PASSWORD)
            .env_remove("BACKSTOCK_MYSQL_PASSWORD")
            .stdin(Stdio::null());
        command
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        ran(self.command().args(args).output())
    }

    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        path.display().to_string()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }
}

pub fn ran(output: std::io::Result<Output>) -> Ran {
    let output = output.unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The workspace at a place, as the command line names it.
pub fn workspace_at(place: &Place) -> String {
    match place {
        Place::File(shop) => shop.path().join("shop.backstock").display().to_string(),
        Place::Server(at) => format!(
            "mysql://{}:{}@{}:{}/{}?tls={}",
            at.user,
            at.password,
            at.host,
            at.port,
            at.database,
            tls_word(at)
        ),
    }
}

/// A story on a file and, where there is one, on a server.
pub async fn on_each_workspace(story: impl Fn(&Terminal)) {
    for (_, place) in Place::fresh().await {
        let folder = tempfile::tempdir().unwrap();
        story(&Terminal::on(workspace_at(&place), folder));
        place.remove().await;
    }
}

/// Every file in a folder and the folders in it.
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| {
            if path.is_dir() {
                files_below(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}
