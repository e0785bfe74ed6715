//! The shape of an exported file: our own columns, or those of another program.

use std::io::Write;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::shopify::ShopifyWriter;
use super::write::ProductWriter;
use domain::error::Result;
use domain::record::{Field, Fields, Schema};

/// Which columns an exported file has, and what a row of it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// A column for each field and a row for each record: nothing is lost.
    #[default]
    Backstock,
    /// Shopify's product file: the rows of a product are its variants and its images. What Shopify has no column
    /// for is left out.
    Shopify,
}

/// Writes records in a shape.
#[derive(Debug)]
pub enum ShapeWriter<W: Write> {
    /// In our own.
    Backstock(Box<ProductWriter<W>>),
    /// In Shopify's.
    Shopify(Box<ShopifyWriter<W>>),
}

impl<W: Write> ShapeWriter<W> {
    /// Starts a file with these columns, as far as the shape has them.
    pub fn new(output: W, shape: Shape, schema: &Arc<Schema>, columns: &[Field]) -> Result<Self> {
        Ok(match shape {
            Shape::Backstock => {
                let writer = ProductWriter::new(output, schema, columns, true)?;
                Self::Backstock(Box::new(writer))
            }
            Shape::Shopify => {
                let writer = ShopifyWriter::new(output, schema, columns)?;
                Self::Shopify(Box::new(writer))
            }
        })
    }

    /// Writes one record. Those of a family stand together, the parent first.
    pub fn write(&mut self, fields: &Fields) -> Result<()> {
        match self {
            Self::Backstock(writer) => writer.write(fields),
            Self::Shopify(writer) => writer.write(fields),
        }
    }

    /// Writes what is left, and gives the output back.
    pub fn finish(self) -> Result<W> {
        match self {
            Self::Backstock(writer) => writer.finish(),
            Self::Shopify(writer) => writer.finish(),
        }
    }
}
