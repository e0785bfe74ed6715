//! The images of a row: what its cells say, before the layout says whose they are.
//!
//! A picture that cannot be found keeps no row from being imported: it is left out, which is told.

use domain::catalog::product::{ALT_IMAGES, MAIN_IMAGE};
use domain::plan::Problem;
use domain::record::{Field, IMAGE_SEPARATORS, Image, Value, check_field, image_starts};

use super::cell::without_edges;
use super::guard::unguarded;
use super::item::{EmptyCells, Row};
use super::parsed::quoted;
use super::target::Target;
use super::view;
use super::words::is_empty_word;

/// What the cells of a row say of images.
#[derive(Debug, Default)]
pub(super) struct RowImages {
    /// Of the product, the main one first.
    pub all: Vec<String>,
    /// Of the variant itself.
    pub own: Option<String>,
    /// The place among the images of its product that the row gives its image; 1 is the first.
    pub position: Option<u32>,
    /// What the first image shows.
    shows: String,
    /// Whether a cell for all images was empty.
    pub was_empty: bool,
}

/// Whether a column of this target says something of images.
pub(super) fn is_of_images(target: Target) -> bool {
    match target {
        Target::Images | Target::ImagePosition | Target::ImageShows | Target::VariantImage => true,
        Target::Field(field) => [MAIN_IMAGE, ALT_IMAGES].contains(&field),
        _ => false,
    }
}

impl RowImages {
    /// Reads the cell of a column that says something of images.
    pub fn read(
        &mut self,
        target: Target,
        (column, text): (&str, &str),
        row: &mut Row,
        clear: bool,
    ) {
        let cell = without_edges(text);
        let text = unguarded(cell);
        // A guard says that the word is meant as it stands.
        let text = if text == cell && is_empty_word(target, text) {
            ""
        } else {
            text
        };
        match target {
            Target::ImagePosition => self.position = text.parse().ok(),
            Target::ImageShows => text.clone_into(&mut self.shows),
            Target::VariantImage => self.own = addresses(column, text, row).into_iter().next(),
            Target::Field(field) => set_field(field, (column, text), row, clear),
            _ => {
                self.was_empty = text.is_empty();
                self.all = addresses(column, text, row);
            }
        }
    }

    /// The images, the first with what it shows.
    pub fn take_all(&mut self) -> Vec<String> {
        let mut all = std::mem::take(&mut self.all);
        if let Some(first) = all.first_mut()
            && !self.shows.is_empty()
            && Image::of(first).shows.is_empty()
        {
            let (address, shows) = (first.as_str(), self.shows.as_str());
            *first = Image { address, shows }.text();
        }
        all
    }

    /// Gives a row that is a record of its own its images.
    pub fn settle(mut self, column: &str, row: &mut Row, empty_cells: EmptyCells) {
        let clears = self.was_empty && empty_cells == EmptyCells::Clear;
        let mut all = self.take_all();
        if all.is_empty() {
            all.extend(self.own);
        }
        if clears || !all.is_empty() {
            set_all(all, column, row);
        }
    }
}

/// Gives a row these images, the main one first.
pub(super) fn set_all(all: Vec<String>, column: &str, row: &mut Row) {
    let mut all = match Value::images(all) {
        Value::List(all) => all.into_iter(),
        _ => Vec::new().into_iter(),
    };
    let main = all.next().map_or(Value::Empty, Value::text);
    set(MAIN_IMAGE, main, column, row);
    set(ALT_IMAGES, Value::images(all), column, row);
}

fn set_field(field: Field, (column, text): (&str, &str), row: &mut Row, clear: bool) {
    let mut found = addresses(column, text, row);
    let value = if field == MAIN_IMAGE {
        if found.len() > 1 {
            let rest = found.len() - 1;
            row.notes.push(format!(
                "{column}: the first picture is taken; {rest} more are left out."
            ));
        }
        found.drain(..).next().map_or(Value::Empty, Value::text)
    } else {
        Value::images(found)
    };
    let is_cleared = clear && text.is_empty();
    if is_cleared || !value.is_empty() {
        set(field, value, column, row);
    }
}

fn set(field: Field, value: Value, column: &str, row: &mut Row) {
    match check_field(view(field), &value) {
        Ok(()) => row.values.push((field, value)),
        Err(message) => row.problems.push(Problem {
            column: column.to_owned(),
            field: Some(field),
            value: quoted(&value.display(view(field).kind)),
            message,
            hint: None,
        }),
    }
}

/// The images that a cell names. What is no address is left out, which is told.
fn addresses(column: &str, text: &str, row: &mut Row) -> Vec<String> {
    let mut found = Vec::new();
    let mut first_odd = None;
    for piece in pieces(text) {
        let image = Value::text(Image::of(piece.trim()).text());
        match check_field(view(MAIN_IMAGE), &image) {
            Ok(()) => found.extend(image.as_text().map(str::to_owned)),
            Err(_) => first_odd = first_odd.or(Some(piece)),
        }
    }
    // One note for a cell, however many lines it has.
    if let Some(odd) = first_odd {
        row.notes.push(format!(
            "{column}: \"{}\" is no address of a picture and is left out.",
            quoted(odd.trim())
        ));
    }
    found
}

/// The pieces of a cell, one for each image.
fn pieces(text: &str) -> Vec<&str> {
    let lines = text.split(['\n', '\r']).map(str::trim);
    let pieces = lines
        .filter(|line| !line.is_empty())
        .flat_map(pieces_of_line);
    pieces.collect()
}

fn pieces_of_line(line: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for next in image_starts(line).filter(|at| *at > 0) {
        let piece = line[start..next].trim_end();
        pieces.push(piece.trim_end_matches(IMAGE_SEPARATORS).trim_end());
        start = next;
    }
    pieces.push(&line[start..]);
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::{addresses, pieces};
    use crate::item::Row;

    #[test]
    fn images_are_told_apart_however_a_program_separates_them() {
        let both = ["https://a.test/1.jpg", "http://a.test/2.png"];
        for text in [
            "https://a.test/1.jpg|http://a.test/2.png",
            "https://a.test/1.jpg, http://a.test/2.png",
            "https://a.test/1.jpg ; http://a.test/2.png",
            "https://a.test/1.jpg http://a.test/2.png",
            "https://a.test/1.jpg\r\nhttp://a.test/2.png\n",
        ] {
            assert_eq!(pieces(text), both, "{text}");
        }
        let odd = "https://a.test/w_300,h_2/x;y|z.jpg Red, blue; green";
        assert_eq!(pieces(odd), [odd]);
    }

    #[test]
    fn what_is_no_address_is_left_out_and_told() {
        let mut row = Row::default();
        assert_eq!(addresses("Images", "mug.jpg", &mut row), [""; 0]);
        assert_eq!(
            row.notes,
            ["Images: \"mug.jpg\" is no address of a picture and is left out."]
        );
        assert!(row.problems.is_empty());
    }
}
