//! The commands as a host gives them: by name, in JSON.

mod costs;
mod editing;
mod history;
mod key_store;
mod products;
mod rights;
mod secrets;
mod session;
mod trash;
mod workspaces;
