//! Where a shared workspace lives: the address of a MySQL or MariaDB server.

use std::fmt;
use std::path::PathBuf;

use sqlx::mysql::{MySqlConnectOptions, MySqlSslMode};

/// How the connection is protected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tls {
    /// Not at all.
    Off,
    /// Encrypted when the server can.
    Preferred,
    /// Encrypted, whatever certificate the server has.
    Required,
    /// Encrypted, with a certificate for this very host that this machine trusts.
    Verify,
    /// Encrypted, with a certificate signed by the authority in this PEM file.
    VerifyCa {
        /// The authority's certificate.
        path: PathBuf,
    },
}

/// The address of a shared workspace.
#[derive(Clone, PartialEq, Eq)]
pub struct MySqlAddress {
    /// Name or number of the machine.
    pub host: String,
    /// Its port, usually 3306.
    pub port: u16,
    /// The database.
    pub database: String,
    /// The database user.
    pub user: String,
    /// The user's password; never shown.
    pub password: String,
    /// How the connection is protected.
    pub tls: Tls,
}

impl fmt::Debug for MySqlAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MySqlAddress")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("database", &self.database)
            .field("user", &self.user)
            .field("tls", &self.tls)
            .finish_non_exhaustive()
    }
}

impl MySqlAddress {
    /// The driver's form of the address.
    pub(super) fn options(&self) -> MySqlConnectOptions {
        let options = MySqlConnectOptions::new()
            .host(&self.host)
            .port(self.port)
            .username(&self.user)
            .database(&self.database);
        let options = match self.password.as_str() {
            "" => options,
            password => options.password(password),
        };
        match &self.tls {
            Tls::Off => options.ssl_mode(MySqlSslMode::Disabled),
            Tls::Preferred => options.ssl_mode(MySqlSslMode::Preferred),
            Tls::Required => options.ssl_mode(MySqlSslMode::Required),
            Tls::Verify => options.ssl_mode(MySqlSslMode::VerifyIdentity),
            Tls::VerifyCa { path } => options.ssl_mode(MySqlSslMode::VerifyCa).ssl_ca(path),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MySqlAddress, Tls};

    #[test]
    fn a_printed_address_keeps_the_password_to_itself() {
        let address = MySqlAddress {
            host: "db.example".into(),
            port: 3306,
            database: "shop".into(),
            user: "ada".into(),
            password: "hunter2".into(),
            tls: Tls::Required,
        };
        let printed = format!("{address:?}");
        assert!(
            printed.contains("db.example") && !printed.contains("hunter2"),
            "{printed}"
        );
    }
}
