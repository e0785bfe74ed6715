//! What the system must have: looked for, named, and installed.
//!
//! Windows and macOS bring all that the app needs. On Linux the web view and, for the tests, a
//! database server and a virtual display come from the distribution.

use std::process::Command;

use crate::Result;
use crate::process::{find, output, run};

/// What a command of xtask is about to do, and so what it needs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Build the app.
    Build,
    /// Show the app without a screen, and take its picture.
    Display,
    /// Start a database server.
    Database,
    /// Drive the app as a person would.
    Drive,
    /// Measure beside other programs.
    Measure,
}

struct Need {
    purpose: Purpose,
    why: &'static str,
    /// A line for `sh` that succeeds when the need is met.
    check: &'static str,
    /// The package on Debian and Ubuntu; of several, the first that the release has.
    debian: &'static [&'static str],
    /// What Fedora resolves to a package: a name, a file or a capability.
    fedora: &'static str,
}

const NEEDS: &[Need] = &[
    Need {
        purpose: Purpose::Build,
        why: "links programs",
        check: "command -v cc",
        debian: &["build-essential"],
        fedora: "gcc",
    },
    Need {
        purpose: Purpose::Build,
        why: "finds libraries",
        check: "command -v pkg-config",
        debian: &["pkg-config"],
        fedora: "/usr/bin/pkg-config",
    },
    Need {
        purpose: Purpose::Build,
        why: "shows what is in the window",
        check: "pkg-config --exists webkit2gtk-4.1",
        debian: &["libwebkit2gtk-4.1-dev"],
        fedora: "pkgconfig(webkit2gtk-4.1)",
    },
    Need {
        purpose: Purpose::Display,
        why: "is a screen in memory",
        check: "command -v Xvfb",
        debian: &["xvfb"],
        fedora: "/usr/bin/Xvfb",
    },
    Need {
        purpose: Purpose::Display,
        why: "takes pictures of the screen",
        check: "command -v import",
        debian: &["imagemagick"],
        fedora: "/usr/bin/import",
    },
    Need {
        purpose: Purpose::Display,
        why: "has letters to draw with",
        check: "fc-list | grep -q .",
        debian: &["fonts-dejavu-core"],
        fedora: "dejavu-sans-fonts",
    },
    Need {
        purpose: Purpose::Database,
        why: "is the shared database of the tests",
        check: "command -v mariadbd && command -v mariadb-install-db",
        debian: &["mariadb-server-core", "mariadb-server"],
        fedora: "mariadb-server",
    },
    Need {
        purpose: Purpose::Database,
        why: "tells the database its settings",
        check: "command -v my_print_defaults",
        debian: &["mariadb-client-core", "mariadb-client"],
        fedora: "/usr/bin/my_print_defaults",
    },
    Need {
        purpose: Purpose::Measure,
        why: "loads the same rows, to compare",
        check: "command -v sqlite3",
        debian: &["sqlite3"],
        fedora: "sqlite",
    },
    Need {
        purpose: Purpose::Drive,
        why: "drives what is in the window",
        check: "command -v WebKitWebDriver",
        debian: &["webkit2gtk-driver"],
        fedora: "/usr/bin/WebKitWebDriver",
    },
    Need {
        purpose: Purpose::Drive,
        why: "gives the focus to windows",
        check: "command -v openbox",
        debian: &["openbox"],
        fedora: "openbox",
    },
    Need {
        purpose: Purpose::Drive,
        why: "tells when there is a window manager",
        check: "command -v xprop",
        debian: &["x11-utils"],
        fedora: "/usr/bin/xprop",
    },
    Need {
        purpose: Purpose::Drive,
        why: "ends programs",
        check: "sh -c 'test -x /bin/kill || test -x /usr/bin/kill'",
        debian: &["procps"],
        fedora: "/usr/bin/kill",
    },
    Need {
        purpose: Purpose::Drive,
        why: "moves the mouse and presses keys",
        check: "command -v xdotool",
        debian: &["xdotool"],
        fedora: "xdotool",
    },
    Need {
        purpose: Purpose::Drive,
        why: "fills the clipboard",
        check: "command -v xclip",
        debian: &["xclip"],
        fedora: "xclip",
    },
    Need {
        purpose: Purpose::Drive,
        why: "is what files are dragged from",
        check: "/usr/bin/python3 -c 'import gi; gi.require_version(\"Gtk\", \"3.0\")'",
        debian: &["python3-gi"],
        fedora: "python3-gobject",
    },
    Need {
        purpose: Purpose::Drive,
        why: "is what files are dragged from",
        check: "/usr/bin/python3 -c 'import gi; gi.require_version(\"Gtk\", \"3.0\")'",
        debian: &["gir1.2-gtk-3.0"],
        fedora: "gtk3",
    },
];

/// Installs what is missing for `purposes`, and says what and why.
pub fn ensure(purposes: &[Purpose]) -> Result {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let missing = missing(purposes);
    if missing.is_empty() {
        return Ok(());
    }
    let manager = Manager::of_this_system();
    println!("Missing on this system:");
    for need in &missing {
        println!("  {:<24} {}", manager.package(need), need.why);
    }
    manager.install(&missing)?;
    match self::missing(purposes).first() {
        None => Ok(()),
        Some(need) => Err(format!(
            "{} was installed, but `{}` still fails",
            manager.package(need),
            need.check
        )
        .into()),
    }
}

/// Whether this program may install and may not need to ask.
pub fn is_root() -> bool {
    cfg!(unix) && output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

fn missing(purposes: &[Purpose]) -> Vec<&'static Need> {
    NEEDS
        .iter()
        .filter(|need| purposes.contains(&need.purpose) && !is_met(need))
        .collect()
}

/// Servers are kept in folders that an ordinary user's search path lacks.
fn is_met(need: &Need) -> bool {
    let line = format!("PATH=\"$PATH:/usr/sbin:/usr/libexec\"; {}", need.check);
    output(Command::new("sh").args(["-c", &line])).is_ok()
}

/// Who installs packages here.
enum Manager {
    Apt,
    Dnf,
    Unknown,
}

impl Manager {
    fn of_this_system() -> Self {
        if find("apt-get").is_some() {
            Self::Apt
        } else if find("dnf").is_some() {
            Self::Dnf
        } else {
            Self::Unknown
        }
    }

    fn package(&self, need: &Need) -> &'static str {
        match self {
            Self::Dnf => need.fedora,
            Self::Unknown => need.debian[0],
            Self::Apt => need
                .debian
                .iter()
                .find(|name| is_offered(name))
                .unwrap_or(&need.debian[0]),
        }
    }

    fn install(&self, needs: &[&Need]) -> Result {
        match self {
            Self::Apt => {
                let options = ["-o", "DPkg::Lock::Timeout=300"];
                run(as_root("apt-get")?.args(options).arg("update"))?;
                // The lists are new: only now is it known which packages the release has.
                let packages = needs.iter().map(|need| self.package(need));
                run(as_root("apt-get")?
                    .args(options)
                    .args(["install", "--yes", "--no-install-recommends"])
                    .args(packages))
            }
            Self::Dnf => {
                let packages = needs.iter().map(|need| self.package(need));
                run(as_root("dnf")?
                    .args(["install", "--assumeyes"])
                    .args(packages))
            }
            Self::Unknown => Err(
                "this system has neither apt-get nor dnf; install what the list \
                 above names (the names are Debian's) and start again"
                    .into(),
            ),
        }
    }
}

fn is_offered(package: &str) -> bool {
    output(Command::new("apt-cache").args(["show", "--no-all-versions", package])).is_ok()
}

fn as_root(program: &str) -> Result<Command> {
    let is_root = is_root();
    if !is_root && find("sudo").is_none() {
        return Err(
            "installing needs sudo, and there is none; let somebody who may install what \
                    the list above names, and start again"
                .into(),
        );
    }
    let mut command = Command::new(if is_root { program } else { "sudo" });
    if !is_root {
        // sudo clears the environment, so the variable is given to it as an argument.
        command.args(["DEBIAN_FRONTEND=noninteractive", program]);
    }
    command.env("DEBIAN_FRONTEND", "noninteractive");
    Ok(command)
}
