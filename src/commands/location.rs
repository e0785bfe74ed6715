//! Where a workspace's data is, and what people are told of it.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use domain::error::{Error, Result};
use domain::values::WorkspaceId;
use store::{MySqlAddress, Tls};

/// Where a workspace's data is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WorkspaceKind {
    /// A file on this machine.
    Local,
    /// A MySQL or MariaDB database.
    Shared,
}

/// How the connection to a shared workspace is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TlsMode {
    /// Encrypted, and the server's certificate is checked.
    Verify,
    /// Encrypted, whatever certificate the server shows.
    #[default]
    Required,
    /// Not encrypted: only for a server on this machine or a trusted network.
    Off,
}

/// A workspace that this machine knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WorkspaceInfo {
    /// Its id in this machine's list.
    pub id: WorkspaceId,
    /// Its name for people.
    pub name: String,
    /// Where its data is.
    pub kind: WorkspaceKind,
    /// The path, or `user@host:port/database`; never a password.
    pub location: String,
    /// Whether the key store of this computer has the password of its database.
    pub remembered: bool,
    /// Why the password could not be remembered just now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub remember_problem: Option<String>,
}

/// The address of a shared workspace.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SharedAddress {
    /// The name or address of the server.
    pub host: String,
    /// The port; usually 3306.
    pub port: u16,
    /// The database on the server; it must exist.
    pub database: String,
    /// The database user.
    pub user: String,
    /// Their password.
    pub password: String,
    /// How the connection is protected.
    pub tls: TlsMode,
}

/// Where a workspace's data is, without the password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub(super) enum Location {
    /// A file on this machine.
    Local {
        /// Its path.
        path: PathBuf,
    },
    /// A database on a server.
    Shared {
        /// The server.
        host: String,
        /// Its port.
        port: u16,
        /// The database.
        database: String,
        /// The database user.
        user: String,
        /// How the connection is protected.
        tls: TlsMode,
    },
}

impl Location {
    pub(super) fn of(address: &SharedAddress) -> Self {
        Self::Shared {
            host: address.host.clone(),
            port: address.port,
            database: address.database.clone(),
            user: address.user.clone(),
            tls: address.tls,
        }
    }

    /// The address of a shared workspace, with its password.
    pub(super) fn address(&self, password: String) -> Result<MySqlAddress> {
        match self {
            Self::Local { .. } => Err(Error::internal("A file has no address.")),
            Self::Shared {
                host,
                port,
                database,
                user,
                tls,
            } => Ok(MySqlAddress {
                host: host.clone(),
                port: *port,
                database: database.clone(),
                user: user.clone(),
                password,
                tls: match tls {
                    TlsMode::Verify => Tls::Verify,
                    TlsMode::Required => Tls::Required,
                    TlsMode::Off => Tls::Off,
                },
            }),
        }
    }

    /// The path, or `user@host:port/database`.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Local { path } => path.display().to_string(),
            Self::Shared {
                host,
                port,
                database,
                user,
                ..
            } => format!("{user}@{host}:{port}/{database}"),
        }
    }

    /// Where the data is, however it is named and whichever user signs in to the database.
    pub(super) fn place(&self) -> String {
        match self {
            Self::Local { path } => {
                let path = path.canonicalize().unwrap_or_else(|_| path.clone());
                path.display().to_string()
            }
            Self::Shared {
                host,
                port,
                database,
                ..
            } => format!("mysql://{}:{port}/{database}", host.to_lowercase()),
        }
    }

    /// Whether both are the same place, however the connection is protected.
    pub(super) fn is_at(&self, other: &Self) -> bool {
        self.text() == other.text()
    }
}
