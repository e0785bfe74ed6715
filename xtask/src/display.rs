//! A screen in memory, for machines without one.

use std::collections::HashSet;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::Result;
use crate::process::{find, output, target_dir};
use crate::server::{self, Server};

/// The size of the screen: that of the app's window when it opens for the first time.
const SIZE: (usize, usize) = (1280, 800);

/// A picture with fewer colours shows no text: nothing was painted yet.
const COLOURS_OF_A_PAINTED_WINDOW: usize = 16;

/// So many points change when a caret blinks.
const CARET: usize = 200;

/// After so long without a change a window is ready.
const STILL: Duration = Duration::from_millis(1200);

/// How long a window took to show something, and to be done with it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settled {
    /// Until there was text in it.
    pub painted: Duration,
    /// Until nothing changed any more but a caret: it can be used.
    pub ready: Duration,
}

/// A running virtual screen, of the size of the app's window.
pub struct VirtualDisplay {
    _server: Server,
    name: String,
    /// The file that the screen's memory is.
    memory: PathBuf,
}

impl VirtualDisplay {
    /// Starts a screen under a number that is free.
    pub fn start() -> Result<Self> {
        let program = find("Xvfb").ok_or("Xvfb is not installed")?;
        let folder = target_dir().join(format!("xtask/screen-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        let (reader, writer) = std::io::pipe()?;
        let mut command = server::command(&program);
        // The server writes the number that it chose to its standard output, once it is ready.
        command
            .args(["-displayfd", "1", "-screen", "0"])
            .arg(format!("{}x{}x24", SIZE.0, SIZE.1))
            .args(["-nolisten", "tcp", "-noreset", "-fbdir"])
            .arg(&folder)
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
            memory: folder.join("Xvfb_screen0"),
        })
    }

    /// What `DISPLAY` is set to.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Waits until the window shows something and is still, counted from now.
    pub fn settle(&self, app: &mut Server) -> Result<Settled> {
        let started = Instant::now();
        let (mut painted, mut ready) = (None, Duration::ZERO);
        let mut before = Vec::new();
        app.wait_until(Duration::from_secs(60), || {
            let (Ok(now), at) = (std::fs::read(&self.memory), started.elapsed()) else {
                return false;
            };
            if is_changed(&before, &now) {
                ready = at;
            }
            before = now;
            if painted.is_none() && is_painted(&before) {
                painted = Some(at);
            }
            painted.is_some() && at > ready + STILL
        })?;
        Ok(Settled {
            painted: painted.unwrap_or_default(),
            ready,
        })
    }

    /// Keeps what the screen shows; says where.
    pub fn picture(&self) -> Result<PathBuf> {
        let path = target_dir().join("screenshot.png");
        let mut command = Command::new("import");
        command.args(["-window", "root"]).arg(&path);
        output(command.env("DISPLAY", &self.name))?;
        Ok(path)
    }
}

impl Drop for VirtualDisplay {
    fn drop(&mut self) {
        // The screen goes with its server; an empty folder that stays does no harm.
        if let Some(folder) = self.memory.parent() {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

/// Whether the system has a screen to show windows on.
pub fn is_there() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

/// The points of a screen's memory; what stands before them describes the screen.
fn points(memory: &[u8]) -> impl Iterator<Item = &[u8]> {
    let first = memory.len().saturating_sub(SIZE.0 * SIZE.1 * 4);
    memory[first..].chunks_exact(4)
}

/// Whether more changed than a caret.
fn is_changed(before: &[u8], now: &[u8]) -> bool {
    let changed = points(before)
        .zip(points(now))
        .filter(|(before, now)| before != now);
    before.len() != now.len() || changed.count() > CARET
}

/// Whether there is text on the screen: its edges have many colours.
fn is_painted(memory: &[u8]) -> bool {
    let mut colours = HashSet::new();
    points(memory).any(|point| {
        colours.insert(point);
        colours.len() >= COLOURS_OF_A_PAINTED_WINDOW
    })
}

#[cfg(test)]
mod tests {
    use super::{is_changed, is_painted};

    #[test]
    fn a_caret_is_no_change_and_one_colour_is_no_picture() {
        let blank = vec![7; 40_000];
        let mut caret = blank.clone();
        caret[..400].fill(0);
        let mut text = blank.clone();
        for (place, byte) in text.iter_mut().enumerate() {
            *byte = u8::try_from(place % 251).unwrap_or_default();
        }
        assert!(!is_changed(&blank, &caret) && is_changed(&blank, &text));
        assert!(is_changed(&[], &blank), "the screen comes to be");
        assert!(!is_painted(&blank) && is_painted(&text));
    }
}
