//! What a person changed of a file in the review: rows that are left out, cells that are read as something
//! else. The file itself stays as it is; its rows are named by the lines on which they start.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// What was changed of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Edits {
    left_out: BTreeSet<u64>,
    /// For each line the cells that are read as something else, by their columns.
    cells: BTreeMap<u64, BTreeMap<usize, String>>,
}

impl Edits {
    /// Whether nothing was changed.
    pub fn is_empty(&self) -> bool {
        self.left_out.is_empty() && self.cells.is_empty()
    }

    /// Leaves out the rows on these lines.
    pub fn leave_out(&mut self, lines: impl IntoIterator<Item = u64>) {
        self.left_out.extend(lines);
    }

    /// Takes the rows on these lines in again.
    pub fn put_back(&mut self, lines: impl IntoIterator<Item = u64>) {
        for line in lines {
            self.left_out.remove(&line);
        }
    }

    /// Reads a cell as this text.
    pub fn fix(&mut self, line: u64, column: usize, text: String) {
        self.cells.entry(line).or_default().insert(column, text);
    }

    /// Reads the cells of these rows as they stand in the file again.
    pub fn unfix(&mut self, lines: impl IntoIterator<Item = u64>) {
        for line in lines {
            self.cells.remove(&line);
        }
    }

    /// How many rows have cells that are read as something else.
    pub fn fixed_rows(&self) -> usize {
        self.cells.len()
    }

    /// Whether the row on a line is left out.
    pub(super) fn leaves_out(&self, line: u64) -> bool {
        self.left_out.contains(&line)
    }

    /// The cells of a row that are read as something else.
    pub(super) fn of(&self, line: u64) -> Option<&BTreeMap<usize, String>> {
        self.cells.get(&line)
    }
}
