//! What is wrong with a row of which it is not certain what it is about.

use super::match_rows::{RowMatcher, sought_kind};
use super::place_rows::Source;
use domain::plan::Problem;
use domain::record::{Kind, MatchBy, Matching, Record};

/// How many of the rows are named whose record is not there.
const EXAMPLES: usize = 5;

impl RowMatcher {
    fn column_of(&self, source: Source<'_>, way: MatchBy) -> String {
        let field = way.field(self.matching, self.kind);
        let header = field.and_then(|field| source.headers.get(&field));
        header.map_or_else(
            || way.label(self.matching, self.kind).to_owned(),
            Clone::clone,
        )
    }

    fn problem(
        &self,
        source: Source<'_>,
        (way, text): (MatchBy, &str),
        message: String,
        hint: &str,
    ) -> Problem {
        Problem {
            column: self.column_of(source, way),
            field: Some(self.matching.sought(self.kind)),
            value: text.to_owned(),
            message,
            hint: Some(hint.to_owned()),
        }
    }

    pub(super) fn says_nothing(&self, source: Source<'_>) -> Problem {
        let way = self.file.ways.first().copied().unwrap_or(MatchBy::Code);
        let label = sought_label(self.matching, self.kind);
        let message = format!("The row does not say which {label} it is about.");
        self.problem(source, (way, ""), message, "Fill it in, or remove the row.")
    }

    pub(super) fn not_there(
        &mut self,
        source: Source<'_>,
        (way, text): &(MatchBy, String),
    ) -> Problem {
        self.missing.count += 1;
        if self.missing.examples.len() < EXAMPLES {
            self.missing.examples.push(text.clone());
        }
        let label = sought_label(self.matching, self.kind);
        let by = way.label(self.matching, self.kind);
        let message = format!("No {label} is known by this {by}.");
        let hint = format!("Make the {label} first, or choose what rows are matched by.");
        self.problem(source, (*way, text), message, &hint)
    }

    pub(super) fn ambiguous(
        &self,
        source: Source<'_>,
        way: MatchBy,
        text: &str,
        codes: &[&str],
    ) -> Problem {
        let plural = sought_kind(self.matching, self.kind).map_or("records", |of| of.def().plural);
        let by = way.label(self.matching, self.kind);
        let message = format!("Several {plural} have this {by}: {}.", codes.join(", "));
        let hint = "Say which one is meant by its code, in a column of its own.";
        self.problem(source, (way, text), message, hint)
    }

    pub(super) fn contradicts(
        &self,
        source: Source<'_>,
        [(by, one), (way, other)]: [(MatchBy, &Record); 2],
        text: &str,
    ) -> Problem {
        let label = |way: MatchBy| way.label(self.matching, self.kind);
        let message = match one.id == other.id {
            true => format!(
                "The {} is that of {}, and the {} is not.",
                label(by),
                one.code(),
                label(way)
            ),
            false => format!(
                "The {} is that of {}, the {} that of {}.",
                label(by),
                one.code(),
                label(way),
                other.code()
            ),
        };
        let hint = "Correct one of them in the file, or in what is here.";
        self.problem(source, (way, text), message, hint)
    }

    pub(super) fn twice(&self, source: Source<'_>, about: &Record, first: u64) -> Problem {
        let way = self.file.ways.first().copied().unwrap_or(MatchBy::Code);
        let label = sought_label(self.matching, self.kind);
        let message = format!(
            "The row on line {first} is about the same {label}, {}.",
            about.code()
        );
        let hint = "Keep one of the two rows: only the first one is imported.";
        self.problem(source, (way, about.code()), message, hint)
    }
}

fn sought_label(matching: &Matching, kind: Kind) -> &'static str {
    sought_kind(matching, kind).map_or("record", |of| of.def().label)
}
