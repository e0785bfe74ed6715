//! The commands as a host gives them: by name, in JSON.

mod costs;
mod editing;
mod history;
mod products;
mod rights;
mod session;
mod trash;
mod workspaces;
