//! A database of its own on the server that `BACKSTOCK_TEST_MYSQL` names, for a shared workspace.

use std::process::Command;

use super::process::run;

/// An empty database, and a user that may do everything in it.
pub struct SharedDatabase {
    /// The server's port on this machine.
    pub port: String,
    /// Its name.
    pub name: String,
    /// The user.
    pub user: String,
    /// The user's password.
    pub password: String,
}

impl SharedDatabase {
    /// Makes it.
    pub fn create() -> Self {
        let address = std::env::var("BACKSTOCK_TEST_MYSQL")
            .expect("BACKSTOCK_TEST_MYSQL is set: `cargo xtask test --only desktop` does that");
        let (_, port) = address.rsplit_once(':').expect("the address has a port");
        let name = format!("backstock_desktop_{}", std::process::id());
        let database = Self {
            port: port.trim_end_matches('/').to_owned(),
            user: name.clone(),
            name,
            password: "a password for the database".to_owned(),
        };
        database.administer(&database.grants());
        database
    }

    /// Its address for the command line, without the password.
    pub fn url(&self) -> String {
        let Self {
            user, port, name, ..
        } = self;
        format!("mysql://{user}@127.0.0.1:{port}/{name}?tls=off")
    }

    fn grants(&self) -> String {
        let Self {
            name,
            user,
            password,
            ..
        } = self;
        let mut sql = format!("drop database if exists {name}; create database {name};");
        for host in ["127.0.0.1", "localhost"] {
            sql.push_str(&format!(
                "create or replace user '{user}'@'{host}' identified by '{password}';\
                 grant all on {name}.* to '{user}'@'{host}';"
            ));
        }
        sql
    }

    fn administer(&self, sql: &str) {
        let mut client = Command::new("mariadb");
        client.args(["--no-defaults", "--protocol=tcp", "--host=127.0.0.1"]);
        client.args(["--user=root", "--port", &self.port, "--execute", sql]);
        run(&mut client).expect("the server does as it is told");
    }
}

impl Drop for SharedDatabase {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.administer(&format!("drop database if exists {}", self.name));
        }
    }
}
