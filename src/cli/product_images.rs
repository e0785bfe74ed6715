//! `backstock products images`: the pictures of one product, the main one first.

use std::path::Path;

use backstock::commands::images::{GetImageStates, GiveImages, ImageInfo, StoredImages};
use backstock::commands::records::SavedRecord;
use clap::Args;
use domain::catalog::product::{ALT_IMAGES, MAIN_IMAGE};
use domain::record::{Field, Image, Record, Value};
use serde_json::{Value as Json, json};

use super::images::{how, stored_or_refused};
use super::output::{Ended, Failure, Printed, table, usage};
use super::records::Noun;
use super::session::Session;

/// `backstock products images`.
#[derive(Debug, Args)]
pub struct ProductImages {
    /// Its SKU.
    pub sku: String,
    /// Add a picture behind the others: a file, or its https address. May be given several times.
    #[arg(long, value_name = "FILE-or-URL")]
    pub add: Vec<String>,
    /// Take this one away, by its number. May be given several times.
    #[arg(long, value_name = "N")]
    pub remove: Vec<usize>,
    /// Make this one the main one, by its number.
    #[arg(long, value_name = "N", conflicts_with = "order")]
    pub main: Option<usize>,
    /// Put them into this order, such as 3,1,2: every number, the main one first.
    #[arg(long, value_name = "N,N,…", value_delimiter = ',')]
    pub order: Vec<usize>,
}

impl ProductImages {
    fn changes(&self) -> bool {
        let is_empty = self.add.is_empty() && self.remove.is_empty() && self.order.is_empty();
        !is_empty || self.main.is_some()
    }
}

/// Shows or changes the pictures of a product.
pub async fn run(
    session: &Session,
    noun: Noun,
    product: Record,
    args: &ProductImages,
) -> Result<Ended, Failure> {
    if !args.changes() {
        return shown(session, &product, json!(null)).await;
    }
    let mut images = arranged(&images_of(&product), args)?;
    for added in &args.add {
        let address = address_of(session, added).await?;
        images.push(address);
    }
    let (main, rest) = match images.split_first() {
        Some((main, rest)) => (Value::text(main), Value::images(rest)),
        None => (Value::Empty, Value::Empty),
    };
    let new: Vec<(Field, Value)> = vec![(MAIN_IMAGE, main), (ALT_IMAGES, rest)];
    let saved: SavedRecord = noun.changed(session, &product, new).await?;
    shown(session, &saved.record, json!(saved.batch_id)).await
}

/// The pictures of a product, the main one first.
fn images_of(product: &Record) -> Vec<String> {
    let main = product.fields.text(MAIN_IMAGE);
    let main = Some(main)
        .filter(|main| !main.is_empty())
        .map(str::to_owned);
    let rest = product.fields.get(ALT_IMAGES).as_list().iter().cloned();
    main.into_iter().chain(rest).collect()
}

/// Those that stay, in the order that was asked for.
fn arranged(images: &[String], args: &ProductImages) -> Result<Vec<String>, Failure> {
    let asked = args.remove.iter().chain(&args.main).chain(&args.order);
    if let Some(wrong) = asked
        .copied()
        .find(|number| !(1..=images.len()).contains(number))
    {
        return Err(usage(
            format!(
                "There is no picture {wrong}; the product has {}.",
                images.len()
            ),
            "`backstock products images SKU` lists them with their numbers.",
        ));
    }
    let mut order: Vec<usize> = (1..=images.len()).collect();
    if let Some(main) = args.main {
        order.retain(|number| *number != main);
        order.insert(0, main);
    }
    if !args.order.is_empty() {
        let mut named = args.order.clone();
        named.sort_unstable();
        if named != order {
            return Err(usage(
                "The order must name every picture once.",
                format!("The product has {}: 1 to {0}.", images.len()),
            ));
        }
        order.clone_from(&args.order);
    }
    order.retain(|number| !args.remove.contains(number));
    let kept = order.iter().filter_map(|number| images.get(number - 1));
    Ok(kept.cloned().collect())
}

/// The address of what is to be added: of a file, it is that of its content.
async fn address_of(session: &Session, added: &str) -> Result<String, Failure> {
    let is_address = added.contains("://") || Image::of(added).own_hash().is_some();
    if is_address {
        return Ok(added.to_owned());
    }
    let request = GiveImages {
        files: vec![session.grant(Path::new(added)).token],
        pasted: Vec::new(),
    };
    let stored: StoredImages = session.watch("images.store", &request).await?;
    Ok(stored_or_refused(stored)?)
}

async fn shown(session: &Session, product: &Record, batch: Json) -> Result<Ended, Failure> {
    let images = images_of(product);
    let addresses = images
        .iter()
        .map(|image| Image::of(image).address.to_owned());
    let request = GetImageStates {
        addresses: addresses.collect(),
    };
    let states: Vec<ImageInfo> = session.call("images.states", &request).await?;
    let state = |address: &str| states.iter().find(|info| info.address == address);
    let rows = (1..).zip(&images).map(|(number, image): (usize, _)| {
        let image = Image::of(image);
        let told = state(image.address).map_or_else(|| "waiting".to_owned(), how);
        vec![
            number.to_string(),
            image.address.to_owned(),
            image.shows.to_owned(),
            told,
        ]
    });
    let head = ["No.", "Address", "Shows", "State"];
    let text = table(&head, rows.collect(), &[0]);
    let list = (1..).zip(&images).map(|(number, image): (usize, _)| {
        let image = Image::of(image);
        json!({
            "number": number, "address": image.address, "shows": image.shows,
            "info": state(image.address),
        })
    });
    let list: Vec<Json> = list.collect();
    let json = json!({ "sku": product.code(), "images": list, "batchId": batch });
    Ok(Ended::Done(Printed::new(json, text)))
}
