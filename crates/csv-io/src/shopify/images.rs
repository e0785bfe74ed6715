//! The images of a product, which stand on any of its rows.

use std::collections::VecDeque;

use super::{Families, Family, MAX_HELD};
use crate::item::{Body, EmptyCells, Item, Row};
use crate::row_images::{RowImages, set_all};

/// So many images are kept of one product: far more than the rules of the field let through.
const MOST: usize = 1_000;

/// The images that the rows of one handle gave so far.
#[derive(Debug, Default)]
pub(super) struct FamilyImages {
    /// Each with its place; those without one come last, in the order of the file.
    placed: Vec<(u32, String)>,
    /// Whether a cell said something of an image, even one without an address.
    were_told: bool,
    /// That of the first variant, for a product without any other.
    of_variant: Option<String>,
}

impl FamilyImages {
    /// Adds those of a row. What is the variant's own stays with it.
    pub(super) fn add(&mut self, row: &mut RowImages) {
        self.were_told |= !row.was_empty;
        let place = row.position.unwrap_or(u32::MAX);
        let room = MOST.saturating_sub(self.placed.len());
        let images = row.take_all().into_iter().take(room);
        self.placed.extend(images.map(|image| (place, image)));
        if self.of_variant.is_none() {
            self.of_variant.clone_from(&row.own);
        }
    }

    /// Gives the product its images.
    pub(super) fn settle(mut self, column: &str, product: &mut Row, empty_cells: EmptyCells) {
        self.placed.sort_by_key(|(place, _)| *place);
        let mut all: Vec<String> = self.placed.into_iter().map(|(_, image)| image).collect();
        if all.is_empty() {
            all.extend(self.of_variant);
        }
        let clears = empty_cells == EmptyCells::Clear && !self.were_told;
        if clears || !all.is_empty() {
            set_all(all, column, product);
        }
    }
}

impl Families {
    /// Does a step whose items wait for the images of the family, unless they are too many.
    pub(super) fn in_family(
        &self,
        family: &mut Family,
        ready: &mut VecDeque<Item>,
        step: impl FnOnce(&mut Family, &mut VecDeque<Item>),
    ) {
        if !self.has_images {
            return step(family, ready);
        }
        let mut waiting = std::mem::take(&mut family.waiting);
        step(family, &mut waiting);
        family.waiting = waiting;
        if family.waiting.len() >= MAX_HELD {
            self.hand_on(family, ready);
        }
    }

    /// Gives the product of a family its images, and hands on what waited for them. What comes after
    /// that is of its variants alone.
    pub(super) fn hand_on(&self, family: &mut Family, ready: &mut VecDeque<Item>) {
        let mut items = family.waiting.iter_mut();
        let product = items.find_map(|item| match &mut item.body {
            Body::Record(row) => Some((item.implied, row)),
            Body::Skipped(_) => None,
        });
        if let Some((is_parent, product)) = product.filter(|_| !family.is_handed_on) {
            family.is_handed_on = true;
            let mut images = std::mem::take(&mut family.images);
            if is_parent {
                images.of_variant = None;
            }
            images.settle(&self.image_column, product, self.empty_cells);
        }
        ready.append(&mut family.waiting);
    }
}
