//! The commands as a host gives them: by name, in JSON.

mod account;
mod costs;
mod custom_field_story;
mod custom_fields;
mod decisions;
mod disk;
mod edges;
mod editing;
mod ended;
mod grants;
mod held;
mod history;
mod key_store;
mod price_files;
mod products;
mod rights;
mod roles;
mod secrets;
mod session;
mod settings;
mod suppliers;
mod tampering;
mod trash;
mod unreachable;
mod users;
mod workspaces;
