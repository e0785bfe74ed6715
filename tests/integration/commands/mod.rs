//! The commands as a host gives them: by name, in JSON.

mod account;
mod costs;
mod editing;
mod history;
mod key_store;
mod products;
mod rights;
mod secrets;
mod roles;
mod session;
mod settings;
mod trash;
mod users;
mod workspaces;
