//! Every operation a host may ask for: one list, request → response, permission first.
//!
//! The desktop shell, the command line and the tests all come in here, through [`call()`]; what
//! there is to call stands in [`list`].

pub mod access;
pub mod account;
mod app;
pub mod areas;
pub mod batches;
mod blocking;
mod call;
mod current;
pub mod custom_fields;
mod data_dir;
mod dispatch;
pub mod events;
pub mod exports;
pub mod file_token;
pub mod files;
mod heads;
pub mod history;
mod host;
mod identity;
mod image_fetch;
mod image_run;
pub mod images;
pub mod imports;
pub mod jobs;
mod json_file;
pub mod key_store;
pub mod list;
pub mod location;
mod lock;
mod made_roles;
pub mod mappings;
pub mod moves;
pub mod narrowed;
mod new_workspace;
mod opened;
mod opened_images;
mod paging;
pub mod plans;
pub mod products;
mod proof;
pub mod records;
mod registry;
pub mod revise;
pub mod roles;
pub mod session;
pub mod settings;
mod start_plan;
pub mod supplier_products;
pub mod suppliers;
mod table;
pub mod users;
pub mod variants;
mod vault;
mod watch;
pub mod workspaces;

pub use app::{App, AppConfig};
pub use call::Call;
pub use data_dir::data_dir;
pub use dispatch::call;
pub use host::{Host, KeyStore, NoKeyStore, no_key_store};
pub use image_fetch::{FetchImages, MakeFetcher, from_the_internet};
pub use images::{Pixels, show_image, store_pixels};
pub use table::permissions_page;
