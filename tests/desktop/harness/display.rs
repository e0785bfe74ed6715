//! A screen in memory with a window manager, and the hands on its mouse and keyboard.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::process::{Background, run, wait_for};

/// The program that files are dragged from.
const DRAG_SOURCE: &str = include_str!("drag_source.py");

/// The screen is larger than any window of the tests.
const SCREEN: &str = "2000x1200x24";

/// What the app's windows are known by to the system.
const APP_CLASS: &str = "backstock-desktop";

/// A corner of the screen that the app's window does not reach.
const CORNER: (i32, i32) = (1930, 1130);

/// What goes on behind a closed window may take so long on a busy machine.
const LONG_WORK: Duration = Duration::from_secs(300);

/// A virtual screen.
pub struct Display {
    name: String,
    // Dropped in this order: the window manager before its screen.
    _window_manager: Background,
    _server: Background,
}

impl Display {
    /// Starts a screen under a number that is free, and a window manager on it.
    pub fn start() -> Self {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        let mut command = Background::command("Xvfb");
        // The server writes the number that it chose to its standard output, once it is ready.
        command.args(["-displayfd", "1", "-screen", "0", SCREEN]);
        // Without the last flag it starts anew when a program leaves it alone, and throws others out.
        command
            .args(["-nolisten", "tcp", "-noreset"])
            .stdout(writer);
        let server = Background::start(&mut command);
        // The command holds our copy of the writing end, which would keep the pipe open.
        drop(command);
        let mut number = String::new();
        let read = BufReader::new(reader).read_line(&mut number);
        assert!(read.is_ok_and(|length| length > 0), "Xvfb has no screen");

        let name = format!(":{}", number.trim());
        let mut openbox = Background::command("openbox");
        let window_manager = Background::start(openbox.env("DISPLAY", &name));
        let display = Self {
            name,
            _window_manager: window_manager,
            _server: server,
        };
        wait_for("the window manager", || {
            run(display
                .command("xprop")
                .args(["-root", "_NET_SUPPORTING_WM_CHECK"]))
            .filter(|said| said.contains("window id"))
        });
        display
    }

    /// What `DISPLAY` is set to.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Saves a picture of the app's window, as a person sees it: WebDriver's own pictures do not
    /// show what was not painted, and do not come while nothing is painted.
    pub fn picture_of_app(&self, path: &Path) {
        let window = wait_for("the app's window", || self.app_window());
        assert!(
            self.capture(&window, path).is_some(),
            "no picture of the window"
        );
    }

    /// Saves a picture of the whole screen, if there is one.
    pub fn capture_all(&self, path: &Path) -> Option<String> {
        self.capture("root", path)
    }

    fn capture(&self, window: &str, path: &Path) -> Option<String> {
        run(self.command("import").args(["-window", window]).arg(path))
    }

    /// Drags files from another window onto the middle of the app's.
    pub fn drop_files(&self, files: &[&Path]) {
        self.hold_files(files).drop_them();
    }

    /// Drags files from another window over the middle of the app's.
    pub fn hold_files(&self, files: &[&Path]) -> HeldFiles<'_> {
        let (x, y) = self.middle_of_app();
        let mut command = self.command("/usr/bin/python3");
        command.args(["-c", DRAG_SOURCE]);
        command.args([CORNER.0.to_string(), CORNER.1.to_string()]);
        let mut source = command
            .args(files)
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3 shows a window to drag from");
        let mut ready = String::new();
        let said = source.stdout.take().expect("its standard output");
        let read = BufReader::new(said).read_line(&mut ready);
        assert!(read.is_ok_and(|length| length > 0), "nothing to drag from");

        let (from_x, from_y) = (CORNER.0 + 30, CORNER.1 + 30);
        self.mouse_to(from_x, from_y);
        self.hands(&["mousedown", "1"]);
        // A drag begins when the mouse moved a little with its button down.
        for step in 1..=6 {
            self.mouse_to(from_x - 4 * step, from_y - 4 * step);
        }
        for (x, y) in [(x + 60, y + 60), (x + 20, y + 20), (x, y)] {
            self.mouse_to(x, y);
        }
        sleep(Duration::from_millis(200));
        HeldFiles {
            display: self,
            source,
        }
    }

    /// Waits for the file dialog called `title` and answers it with a path.
    pub fn answer_file_dialog(&self, title: &str, path: &Path) {
        self.wait_for_focus(title);
        self.copy(&path.to_string_lossy());
        // Pasted, because letters that are typed while the entry opens are lost.
        self.hands(&["key", "ctrl+l"]);
        sleep(Duration::from_millis(200));
        self.hands(&["key", "ctrl+v"]);
        sleep(Duration::from_millis(400));
        self.hands(&["key", "Return"]);
        self.wait_until_gone(title);
    }

    /// Waits for the dialog called `title` and closes it without an answer.
    pub fn cancel_dialog(&self, title: &str) {
        self.wait_for_focus(title);
        self.hands(&["key", "Escape"]);
        self.wait_until_gone(title);
    }

    fn wait_for_focus(&self, title: &str) {
        wait_for(&format!("a focused window called \"{title}\""), || {
            let window = self.window(title)?;
            let focused = run(self.command("xdotool").arg("getwindowfocus"))?;
            (focused == window).then_some(())
        });
    }

    fn wait_until_gone(&self, title: &str) {
        wait_for(&format!("the end of the window \"{title}\""), || {
            self.window(title).is_none().then_some(())
        });
    }

    fn window(&self, title: &str) -> Option<String> {
        let exactly = format!("^{title}$");
        let mut command = self.command("xdotool");
        let found = run(command.args(["search", "--onlyvisible", "--name", &exactly]))?;
        found.lines().next_back().map(ToOwned::to_owned)
    }

    /// The app's window, whatever it is called: the oldest of those that it shows.
    fn app_window(&self) -> Option<String> {
        let mut command = self.command("xdotool");
        let found = run(command.args(["search", "--onlyvisible", "--class", APP_CLASS]))?;
        let windows = found.lines().filter_map(|line| line.parse::<u64>().ok());
        windows.min().map(|window| window.to_string())
    }

    /// Asks the app's window to close: by the keys of the window manager, which asks as its button does.
    pub fn ask_app_to_close(&self) {
        let window = wait_for("the app's window", || self.app_window());
        self.hands(&["windowfocus", "--sync", &window]);
        self.hands(&["key", "alt+F4"]);
    }

    /// Whether the app's window is to be seen.
    pub fn shows_app(&self) -> bool {
        self.app_window().is_some()
    }

    /// Waits until the app's program on this screen has ended: a hidden window says nothing of that.
    pub fn wait_until_app_ended(&self) {
        let start = Instant::now();
        while self.has_app() {
            assert!(start.elapsed() < LONG_WORK, "the app does not end");
            sleep(Duration::from_millis(100));
        }
    }

    /// Whether a program of the app runs on this screen.
    fn has_app(&self) -> bool {
        let screen = format!("DISPLAY={}", self.name);
        let processes = std::fs::read_dir("/proc").expect("the processes");
        processes.flatten().any(|process| {
            let file = |name| std::fs::read(process.path().join(name)).unwrap_or_default();
            // The system cuts the names of programs.
            let name = file("comm");
            let is_app =
                !name.is_empty() && APP_CLASS.as_bytes().starts_with(name.trim_ascii_end());
            is_app
                && file("environ")
                    .split(|byte| *byte == 0)
                    .any(|of| of == screen.as_bytes())
        })
    }

    /// What the app's window is called.
    pub fn app_title(&self) -> Option<String> {
        let window = self.app_window()?;
        run(self.command("xdotool").args(["getwindowname", &window]))
    }

    /// What stands on the clipboard, once something does.
    pub fn clipboard(&self) -> String {
        wait_for("a text on the clipboard", || {
            let mut command = self.command("xclip");
            run(command.args(["-selection", "clipboard", "-out"])).filter(|text| !text.is_empty())
        })
    }

    /// Puts a picture on the clipboard.
    pub fn copy_picture(&self, file: &Path) {
        let mut command = self.command("xclip");
        command.args(["-selection", "clipboard", "-t", "image/png", "-in"]);
        let copied = command.arg(file).status().expect("xclip starts");
        assert!(copied.success(), "xclip takes {}", file.display());
    }

    /// Drags the mouse with its button down, as far as it is from one place in the app's window to
    /// another.
    pub fn drag(&self, from: (i32, i32), to: (i32, i32)) {
        let window = wait_for("the app's window", || self.app_window());
        // Told by the window itself: what it says of its place counts its frame twice.
        let move_to = |(x, y): (i32, i32)| {
            let place = [x.to_string(), y.to_string()];
            self.hands(&["mousemove", "--window", &window, &place[0], &place[1]]);
            sleep(Duration::from_millis(40));
        };
        move_to(from);
        self.hands(&["mousedown", "1"]);
        for step in 1..=8 {
            let along = |from: i32, to: i32| from + (to - from) * step / 8;
            move_to((along(from.0, to.0), along(from.1, to.1)));
        }
        self.hands(&["mouseup", "1"]);
    }

    fn middle_of_app(&self) -> (i32, i32) {
        let window = wait_for("the app's window", || self.app_window());
        let mut command = self.command("xdotool");
        let said = run(command.args(["getwindowgeometry", "--shell", &window]));
        let said = said.expect("the window's place");
        let value = |name: &str| -> i32 {
            let line = said.lines().find_map(|line| line.strip_prefix(name));
            let number = line.and_then(|number| number.parse().ok());
            number.unwrap_or_else(|| panic!("{name} in {said}"))
        };
        (
            value("X=") + value("WIDTH=") / 2,
            value("Y=") + value("HEIGHT=") / 2,
        )
    }

    fn copy(&self, text: &str) {
        let mut command = self.command("xclip");
        let clipboard = command
            .args(["-selection", "clipboard"])
            .stdin(Stdio::piped())
            .spawn();
        let mut clipboard = clipboard.expect("xclip starts");
        let mut entry = clipboard.stdin.take().expect("its standard input");
        entry.write_all(text.as_bytes()).expect("xclip reads");
        drop(entry);
        clipboard.wait().expect("xclip goes to the background");
    }

    fn mouse_to(&self, x: i32, y: i32) {
        self.hands(&["mousemove", &x.to_string(), &y.to_string()]);
        sleep(Duration::from_millis(40));
    }

    fn hands(&self, arguments: &[&str]) {
        let done = run(self.command("xdotool").args(arguments));
        assert!(done.is_some(), "xdotool {arguments:?} failed");
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env("DISPLAY", &self.name);
        command
    }
}

/// Files that are dragged over a window.
pub struct HeldFiles<'a> {
    display: &'a Display,
    source: Child,
}

impl HeldFiles<'_> {
    /// Lets them go.
    pub fn drop_them(mut self) {
        self.display.hands(&["mouseup", "1"]);
        // The other program hands the names over while the drop is handled.
        sleep(Duration::from_millis(500));
        self.source.kill().expect("the drag's source ends");
        self.source.wait().expect("the drag's source ends");
        // A mouse that rests in the middle would bring up hints of whatever comes to lie below it.
        self.display.mouse_to(CORNER.0, CORNER.1);
    }
}
