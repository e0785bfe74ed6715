//! The unexpected end of the program: it says why before it goes.
//!
//! The message is shown by a second process, because the event loop of the first may be what broke.

use std::panic;
use std::process::Command;

use rfd::{MessageButtons, MessageDialog, MessageLevel};

use crate::platform;

/// The argument that makes this program show a failure and do nothing else.
const SHOW: &str = "--show-failure";

/// What a person is told.
pub struct Failure {
    title: String,
    message: String,
}

/// The failure to show, when this process was started to show one.
pub fn to_show() -> Option<Failure> {
    let arguments = std::env::args_os().map(|argument| argument.to_string_lossy().into_owned());
    let arguments: Vec<String> = arguments.skip(1).collect();
    match arguments.as_slice() {
        [flag, title, message] if flag == SHOW => Some(Failure {
            title: title.clone(),
            message: message.clone(),
        }),
        _ => None,
    }
}

impl Failure {
    /// Shows the failure until it is closed. Without a display it was told on the terminal only.
    pub fn show(&self) {
        if platform::has_display() {
            MessageDialog::new()
                .set_level(MessageLevel::Error)
                .set_title(&self.title)
                .set_description(&self.message)
                .set_buttons(MessageButtons::Ok)
                .show();
        }
    }
}

/// Tells a person why the program ends.
#[expect(
    clippy::print_stderr,
    reason = "who started it on a terminal is told there"
)]
pub fn report(title: &str, message: &str) {
    eprintln!("{title}: {message}");
    if let Ok(program) = std::env::current_exe() {
        // It was told above; no place is left to tell that this failed.
        let _ = Command::new(program).args([SHOW, title, message]).spawn();
    }
}

/// Makes a panic that ends the program say so. Elsewhere it ends one task, whose caller is told.
pub fn report_panics() {
    let print = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        print(panic);
        if std::thread::current().name() == Some("main") {
            let message = format!(
                "This is a defect. What was saved is safe; start Backstock again to go on.\n\n\
                 For a report: {panic}"
            );
            report("Backstock had to stop", &message);
        }
    }));
}
