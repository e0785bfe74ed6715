//! Pictures: what a file is by its content and never by its name, its thumbnail, the folder that
//! content lies in, and fetching from the Internet what an address names.
//!
//! Nothing here knows a database, a record or a window. Decoding takes time and memory: callers
//! give it to threads where waiting is allowed.

mod fetch;
mod folder;
mod format;
mod picture;
mod reach;
mod resolver;
mod thumbnail;

pub use fetch::{Failure, FetchLimits, Fetcher, Retry};
pub use folder::{Folder, Part};
pub use format::Format;
pub use picture::{MAX_BYTES, MAX_PIXELS, Picture, Refused};
pub use reach::is_public;
pub use thumbnail::{THUMBNAIL_SIDE, png};
