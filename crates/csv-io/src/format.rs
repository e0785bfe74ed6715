//! How the rows of a file are laid out.

use super::delimiter::Delimiter;

/// How the cells of the UTF-8 copy are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Format {
    /// What separates the cells.
    pub delimiter: Delimiter,
    /// Whether a row names the columns.
    pub has_header: bool,
    /// The line on which that row starts; without it, the row is found by its names.
    pub header_line: Option<u64>,
}

impl Format {
    /// Cells separated by `delimiter`, with or without a header that is found by its names.
    pub const fn new(delimiter: Delimiter, has_header: bool) -> Self {
        Self {
            delimiter,
            has_header,
            header_line: None,
        }
    }
}
