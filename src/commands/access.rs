//! Who may give a command, and in which state of the session.

use domain::record::Permission;

/// Who may give a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anyone who can start the app: what happens before signing in.
    Anyone,
    /// Anyone who is signed in.
    SignedIn,
    /// Only people with this permission.
    Needs(Permission),
}

/// A command of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CommandInfo {
    /// Its name: `noun.verb`.
    pub name: &'static str,
    /// Who may give it.
    pub access: Access,
}

impl CommandInfo {
    /// Whether it works while the session is locked: to unlock, to leave, to go elsewhere.
    pub fn works_while_locked(&self) -> bool {
        let ways_out = ["app.state", "session.unlock", "session.sign_out"];
        ways_out.contains(&self.name) || self.name.starts_with("workspaces.")
    }

    /// Whether it works for a user who must choose a password of their own first.
    pub fn works_with_expired_password(&self) -> bool {
        let ways_on = ["account.change_password", "passwords.check", "session.lock"];
        self.works_while_locked() || ways_on.contains(&self.name)
    }
}
