//! A screen in memory, for machines without one.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::Result;
use crate::process::{find, output, target_dir};
use crate::server::{self, Server};

/// A picture with fewer colours shows no text: nothing was painted yet.
const COLOURS_OF_A_PAINTED_WINDOW: u32 = 16;

/// A picture of a running window.
pub struct Picture {
    /// Where it is.
    pub path: PathBuf,
    /// How long after its start the window had text in it at the latest: pictures take a moment.
    pub painted_after: Duration,
}

/// A running virtual screen, of the size of the app's window.
pub struct VirtualDisplay {
    _server: Server,
    name: String,
}

impl VirtualDisplay {
    /// Starts a screen under a number that is free.
    pub fn start() -> Result<Self> {
        let program = find("Xvfb").ok_or("Xvfb is not installed")?;
        let (reader, writer) = std::io::pipe()?;
        let mut command = server::command(&program);
        // The server writes the number that it chose to its standard output, once it is ready.
        command
            .args(["-displayfd", "1", "-screen", "0", "1280x800x24"])
            .args(["-nolisten", "tcp", "-noreset"])
            .stdout(writer)
            .stderr(Stdio::null());
        let server = Server::start("Xvfb", &mut command)?;
        // The command holds our copy of the writing end, which would keep the pipe open.
        drop(command);
        let mut number = String::new();
        BufReader::new(reader).read_line(&mut number)?;
        if number.trim().is_empty() {
            return Err("Xvfb ended before it had a screen".into());
        }
        Ok(Self {
            _server: server,
            name: format!(":{}", number.trim()),
        })
    }

    /// What `DISPLAY` is set to.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Waits until the app, which was just started, painted something and stopped to change; keeps
    /// the picture.
    pub fn picture_of(&self, app: &mut Server) -> Result<Picture> {
        let path = target_dir().join("screenshot.png");
        let started = Instant::now();
        let mut painted_after = None;
        let mut before = String::new();
        app.wait_until(Duration::from_secs(30), || {
            let captured = self.capture(&path);
            let at = started.elapsed();
            let Ok(Some(signature)) = captured.and_then(|()| painted(&path)) else {
                return false;
            };
            painted_after.get_or_insert(at);
            let settled = signature == before;
            before = signature;
            settled
        })?;
        Ok(Picture {
            path,
            painted_after: painted_after.unwrap_or_default(),
        })
    }

    fn capture(&self, path: &Path) -> Result {
        let mut command = Command::new("import");
        command.args(["-window", "root"]).arg(path);
        output(command.env("DISPLAY", &self.name)).map(drop)
    }
}

/// Whether the system has a screen to show windows on.
pub fn is_there() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

/// The signature of a picture with something in it.
fn painted(path: &Path) -> Result<Option<String>> {
    let said = output(
        Command::new("identify")
            .args(["-format", "%k %#"])
            .arg(path),
    )?;
    let (colours, signature) = said.split_once(' ').ok_or("identify said nothing")?;
    let painted = colours.parse::<u32>()? >= COLOURS_OF_A_PAINTED_WINDOW;
    Ok(painted.then(|| signature.to_owned()))
}
