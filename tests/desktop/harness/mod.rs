//! Drives the real app on a virtual screen, as a person would: its own window, mouse, keyboard,
//! native dialogs, files that are dropped.

mod database;
mod display;
mod page;
mod process;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::json;
use thirtyfour::{Capabilities, WebDriver};

pub use database::SharedDatabase;
use display::Display;
pub use display::HeldFiles;
pub use process::output_folder;
use process::{Background, free_port, wait_for};

/// How the system asks programs to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// A place on this machine where no server listens: no test asks the Internet for a picture.
const NOBODY: &str = "127.0.0.1:9";

/// What the app is started with.
struct Start {
    data_dir: PathBuf,
    scheme: Scheme,
    images_from: String,
}

/// The running app.
pub struct DesktopApp {
    /// Drives the page in the window.
    pub driver: WebDriver,
    start: Start,
    // Dropped in this order: the app before the screen that it is on.
    program: Option<Background>,
    display: Display,
}

impl DesktopApp {
    /// Starts the app on the data in a folder.
    pub async fn start(data_dir: &Path) -> Self {
        Self::start_with(data_dir, Scheme::Light).await
    }

    /// Starts the app as it looks on a system with a colour scheme.
    pub async fn start_with(data_dir: &Path, scheme: Scheme) -> Self {
        Self::started(Start {
            data_dir: data_dir.to_path_buf(),
            scheme,
            images_from: NOBODY.to_owned(),
        })
        .await
    }

    /// Starts the app on the data in a folder, with a server that has all pictures.
    pub async fn start_fetching(data_dir: &Path, server: SocketAddr) -> Self {
        Self::started(Start {
            data_dir: data_dir.to_path_buf(),
            scheme: Scheme::Light,
            images_from: server.to_string(),
        })
        .await
    }

    async fn started(start: Start) -> Self {
        let display = Display::start();
        let (program, driver) = launch(&display, &start).await;
        Self {
            driver,
            start,
            program: Some(program),
            display,
        }
    }

    /// Ends the app from one moment to the next, as a power cut would, and starts it again.
    pub async fn crash_and_restart(&mut self) {
        self.crash();
        self.restart().await;
    }

    /// Ends the app from one moment to the next.
    pub fn crash(&mut self) {
        self.program = None;
    }

    /// Starts the app again after it has ended.
    pub async fn restart(&mut self) {
        let (program, driver) = launch(&self.display, &self.start).await;
        // The old session went with its program; there is no server to end it with.
        let _ = std::mem::replace(&mut self.driver, driver).leak();
        self.program = Some(program);
    }

    /// Puts a picture on the system's clipboard, as another program would.
    pub fn copy_picture(&self, file: &Path) {
        self.display.copy_picture(file);
    }

    /// Drops files from another program onto the window.
    pub fn drop_files(&self, files: &[&Path]) {
        self.display.drop_files(files);
    }

    /// Answers the native file dialog called `title`.
    pub fn answer_file_dialog(&self, title: &str, path: &Path) {
        self.display.answer_file_dialog(title, path);
    }

    /// Closes the native dialog called `title` without an answer.
    pub fn cancel_dialog(&self, title: &str) {
        self.display.cancel_dialog(title);
    }

    /// Saves a picture of the window as `target/desktop/NAME.png`.
    pub fn picture(&self, name: &str) {
        self.picture_to(&picture_path(name));
    }

    /// Saves a picture of the window in a file.
    pub fn picture_to(&self, path: &Path) {
        self.display.picture_of_app(path);
    }

    /// What stands on the system's clipboard.
    pub fn clipboard(&self) -> String {
        self.display.clipboard()
    }

    /// What the system calls the window.
    pub fn title(&self) -> Option<String> {
        self.display.app_title()
    }

    /// Asks the window to close, as its button does.
    pub fn ask_to_close(&self) {
        self.display.ask_app_to_close();
    }

    /// Whether the window is to be seen.
    pub fn is_open(&self) -> bool {
        self.display.shows_app()
    }

    /// Waits until the app has ended by itself.
    pub fn wait_until_ended(&self) {
        self.display.wait_until_app_ended();
    }

    /// Drags the mouse from one place of the page to another.
    pub fn drag(&self, from: (i32, i32), to: (i32, i32)) {
        self.display.drag(from, to);
    }

    /// Begins to drag files over the window, and holds them there.
    pub fn hold_files(&self, files: &[&Path]) -> HeldFiles<'_> {
        self.display.hold_files(files)
    }
}

impl Drop for DesktopApp {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let test = std::thread::current()
                .name()
                .unwrap_or("test")
                .replace("::", "-");
            let path = picture_path(&format!("failed-{test}"));
            if self.display.capture_all(&path).is_some() {
                // When even that cannot be written, there is no other place to tell.
                let _ = writeln!(std::io::stderr(), "A picture: {}", path.display());
            }
        }
        // Ends the driver and the app, and with them the session that `driver` would wait for.
        self.program = None;
        let _ = self.driver.clone().leak();
    }
}

/// Starts the app under WebKit's driver; the driver's process is the head of the group.
async fn launch(display: &Display, start: &Start) -> (Background, WebDriver) {
    let Start {
        data_dir, scheme, ..
    } = start;
    // The driver is spoken to in plain http; the client asks for a provider all the same, and one that is
    // there already is as good.
    rustls::crypto::ring::default_provider()
        .install_default()
        .ok();
    let port = free_port();
    let own = |folder: &str| data_dir.join("home").join(folder);
    let mut command = Background::command("WebKitWebDriver");
    command
        .arg(format!("--port={port}"))
        .env("DISPLAY", display.name())
        .env_remove("WAYLAND_DISPLAY")
        .env("GDK_BACKEND", "x11")
        .env(
            "GTK_THEME",
            if *scheme == Scheme::Dark {
                "Adwaita:dark"
            } else {
                "Adwaita"
            },
        )
        .env("TAURI_AUTOMATION", "true")
        .env("TAURI_WEBVIEW_AUTOMATION", "true")
        .env("BACKSTOCK_DATA_DIR", data_dir)
        .env("BACKSTOCK_IMAGES_FROM", &start.images_from)
        .env("XDG_DATA_HOME", own("data"))
        .env("XDG_CONFIG_HOME", own("config"))
        .env("XDG_CACHE_HOME", own("cache"))
        // Neither a message bus nor accessibility services are started for a test.
        .env("DBUS_SESSION_BUS_ADDRESS", "disabled:")
        .env("NO_AT_BRIDGE", "1")
        .envs([("LANG", "en_US.UTF-8"), ("TZ", "UTC")]);
    let program = Background::start(&mut command);
    wait_for("WebKitWebDriver", || is_ready(port).then_some(()));

    let mut wanted = Capabilities::new();
    let binary = env!("CARGO_BIN_EXE_backstock-desktop");
    let options = json!({ "binary": binary, "args": [] });
    wanted
        .set("webkitgtk:browserOptions", options)
        .expect("the options are JSON");
    let driver = WebDriver::builder(format!("http://127.0.0.1:{port}"), wanted)
        .request_timeout(Duration::from_secs(60))
        .await;
    (
        program,
        driver.unwrap_or_else(|error| panic!("the app does not start: {error}")),
    )
}

/// Whether the driver answers; until it does, a session would be refused.
fn is_ready(port: u16) -> bool {
    let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)) else {
        return false;
    };
    let request = "GET /status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let mut answer = [0; 12];
    stream
        .set_read_timeout(Some(Duration::from_secs(5)))
        .is_ok()
        && stream.write_all(request.as_bytes()).is_ok()
        && stream.read_exact(&mut answer).is_ok()
        && answer.ends_with(b"200")
}

fn picture_path(name: &str) -> PathBuf {
    output_folder("").join(format!("{name}.png"))
}
