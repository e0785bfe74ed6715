//! What the cells of a file show of the order of its dates and the mark of its numbers.

use serde::{Deserialize, Serialize};

use crate::calendar::WrittenDate;
use crate::number::{DecimalMark, MarkEvidence};
use domain::values::DateOrder;

/// What the dates of the mapped columns say about their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateOrderGuess {
    /// No date needs an order.
    None,
    /// Only this order reads every date.
    Certain {
        /// The order.
        order: DateOrder,
    },
    /// Several orders read every date, and not as the same days: a person must say.
    Ambiguous {
        /// The orders that are possible.
        orders: Vec<DateOrder>,
    },
    /// No order reads every date.
    Inconsistent {
        /// The line of the first date that contradicts those above it.
        line: u64,
    },
}

/// What the numbers of the mapped columns say about their decimal mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecimalMarkGuess {
    /// No number has one.
    None,
    /// The numbers show it.
    Certain {
        /// The mark.
        mark: DecimalMark,
    },
    /// There are numbers such as `1,234` and none that shows which it is: a person must say.
    Ambiguous,
    /// Both marks are used.
    Inconsistent {
        /// The line of the first number that contradicts those above it.
        line: u64,
    },
}

/// Where dates rule an order out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct DateEvidence {
    /// A date was seen that needs an order.
    seen: bool,
    /// The first date that means different days in different orders.
    pub(super) depends: Option<String>,
    /// For each of [`ORDERS`], the first line that cannot be read in it.
    ruled_out: [Option<u64>; 3],
}

/// Where numbers show a decimal mark.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct MarkLines {
    point: Option<u64>,
    comma: Option<u64>,
    /// The first number that means different amounts with either mark.
    pub(super) ambiguous: Option<String>,
}

const ORDERS: [DateOrder; 3] = [DateOrder::Dmy, DateOrder::Mdy, DateOrder::Ymd];

impl DateEvidence {
    /// Joins what another column shows.
    pub(super) fn add(&mut self, other: &Self) {
        self.seen |= other.seen;
        self.depends = self.depends.take().or_else(|| other.depends.clone());
        for (line, other) in self.ruled_out.iter_mut().zip(other.ruled_out) {
            *line = earlier(*line, other);
        }
    }

    pub(super) fn observe(&mut self, date: WrittenDate, cell: &str, line: u64) {
        let read = ORDERS.map(|order| date.in_order(order).is_some());
        if matches!(date, WrittenDate::Plain(_)) || !read.contains(&true) {
            return;
        }
        self.seen = true;
        if self.depends.is_none() && date.depends_on_order() {
            self.depends = Some(cell.to_owned());
        }
        for (ruled_out, read) in self.ruled_out.iter_mut().zip(read) {
            if !read {
                ruled_out.get_or_insert(line);
            }
        }
    }

    pub(super) fn guess(&self) -> DateOrderGuess {
        let possible = ORDERS.into_iter().zip(self.ruled_out);
        let orders: Vec<DateOrder> = possible
            .filter(|(_, ruled_out)| ruled_out.is_none())
            .map(|(order, _)| order)
            .collect();
        match orders[..] {
            _ if !self.seen => DateOrderGuess::None,
            [] => DateOrderGuess::Inconsistent {
                line: self.ruled_out.iter().flatten().copied().max().unwrap_or(0),
            },
            [order] => DateOrderGuess::Certain { order },
            // 5/5/2026 is the same day in either order.
            [order, ..] if self.depends.is_none() => DateOrderGuess::Certain { order },
            _ => DateOrderGuess::Ambiguous { orders },
        }
    }
}

impl MarkLines {
    /// Joins what another column shows.
    pub(super) fn add(&mut self, other: &Self) {
        self.ambiguous = self.ambiguous.take().or_else(|| other.ambiguous.clone());
        self.point = earlier(self.point, other.point);
        self.comma = earlier(self.comma, other.comma);
    }

    pub(super) fn observe(&mut self, evidence: MarkEvidence, cell: &str, line: u64) {
        match evidence {
            MarkEvidence::Certain(DecimalMark::Point) => self.point = self.point.or(Some(line)),
            MarkEvidence::Certain(DecimalMark::Comma) => self.comma = self.comma.or(Some(line)),
            MarkEvidence::Ambiguous => {
                self.ambiguous.get_or_insert_with(|| cell.to_owned());
            }
        }
    }

    pub(super) fn guess(&self) -> DecimalMarkGuess {
        match (self.point, self.comma) {
            (Some(point), Some(comma)) => DecimalMarkGuess::Inconsistent {
                line: point.max(comma),
            },
            (Some(_), None) => DecimalMarkGuess::Certain {
                mark: DecimalMark::Point,
            },
            (None, Some(_)) => DecimalMarkGuess::Certain {
                mark: DecimalMark::Comma,
            },
            (None, None) if self.ambiguous.is_some() => DecimalMarkGuess::Ambiguous,
            (None, None) => DecimalMarkGuess::None,
        }
    }
}

fn earlier(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}
