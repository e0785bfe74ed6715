//! What is read of a file, and where it stood.

use csv_io::Item;

/// An item of the file with its number, from 1.
#[derive(Debug)]
pub struct NumberedItem {
    /// Its number.
    pub number: u32,
    /// The item.
    pub item: Item,
}
