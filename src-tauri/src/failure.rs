//! The end of the program that nobody asked for: it says why before it goes.
//!
//! The message is shown by a second process, because the event loop of the first may be what broke.

use std::ffi::OsStr;
use std::panic;
use std::process::Command;

use rfd::{MessageButtons, MessageDialog, MessageLevel};

/// The argument that makes this program show a message and do nothing else.
const REPORT: &str = "--report-failure";

/// The message to show, when this process was started to show one.
pub fn to_report() -> Option<String> {
    let mut arguments = std::env::args_os().skip(1);
    let reports = arguments.next().as_deref() == Some(OsStr::new(REPORT));
    let message = arguments.next().filter(|_| reports)?;
    Some(message.to_string_lossy().into_owned())
}

/// Shows a message and waits until it is closed.
pub fn show(message: &str) {
    MessageDialog::new()
        .set_level(MessageLevel::Error)
        .set_title("Backstock")
        .set_description(message)
        .set_buttons(MessageButtons::Ok)
        .show();
}

/// Tells a person why the program ends.
#[expect(
    clippy::print_stderr,
    reason = "a start from a terminal is answered there"
)]
pub fn report(message: &str) {
    eprintln!("{message}");
    if !has_screen() {
        return;
    }
    if let Ok(program) = std::env::current_exe() {
        // It is said above, too; there is nobody left to tell that this failed.
        let _ = Command::new(program).args([REPORT, message]).spawn();
    }
}

/// Makes a panic that ends the program say so. Elsewhere it ends one task, whose caller is told.
pub fn report_panics() {
    let print = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        print(panic);
        if std::thread::current().name() == Some("main") {
            report(&format!(
                "Backstock had to stop because of a defect. What was saved is safe; start it again \
                 to go on.\n\nFor a report: {panic}"
            ));
        }
    }));
}

fn has_screen() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}
