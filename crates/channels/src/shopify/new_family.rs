//! Creating a product with its variants by requests of its own.

use futures_util::StreamExt as _;
use serde_json::{Value, json};

use super::calls::unsaid;
use super::created::{self, Trust};
use super::documents::{PRODUCT_CREATE, PRODUCT_CREATE_LATER, PRODUCT_OPERATION};
use super::family::{completed, whole};
use super::inputs::refused;
use super::item::Whole;
use super::json::text;
use super::making::{Making, refuse, unread};
use super::refusal::Complaint;
use super::transport::Repeat;
use super::update::AT_ONCE;
use super::{find, key, new_input, new_variants};
use crate::channel::{Created, NewFamily, NewItem};
use crate::failure::Answered;

/// From how many variants on the shop makes a product in the background.
const MANY: usize = 100;
/// How often it is looked whether it is done.
const LOOKS: u32 = 20;

/// Creates families each by itself.
pub(super) async fn each(making: Making<'_>, families: &[NewFamily]) -> Vec<Answered<Created>> {
    let mut made = Vec::with_capacity(families.len());
    for family in families {
        made.push(making.one(family));
    }
    let made = futures_util::stream::iter(made);
    made.buffered(AT_ONCE).collect().await
}

impl Making<'_> {
    async fn one(self, family: &NewFamily) -> Answered<Created> {
        match (&family.product, &family.into) {
            (Some(product), None) => self.product(product, family).await,
            (None, Some(into)) => new_variants::create(self, into, &family.variants).await,
            _ => Err(refused("It is either a new product or comes into one.")),
        }
    }

    async fn product(self, item: &NewItem, family: &NewFamily) -> Answered<Created> {
        let new = new_input::product(item, family, self.own)?;
        self.keys.prepare(self.transport).await?;
        if let Some(there) = find::by_key(self, item.key, family).await? {
            return Ok(there);
        }
        let input = Value::Object(new.input);
        let count = family.variants.len().max(1);
        let (whole, request_id) = match count > MANY {
            true => self.later(item, &input, count).await?,
            false => self.at_once(item, &input, count).await?,
        };
        let made = created::of_family(self.reader, family, &whole, Trust::Ours)?;
        Ok(Created {
            warnings: new.warnings,
            request_id,
            ..made
        })
    }

    async fn at_once(
        self,
        item: &NewItem,
        input: &Value,
        count: usize,
    ) -> Answered<(Whole, Option<String>)> {
        let variables = json!({
            "identifier": key::named(item.key),
            "input": input,
            "first": count,
        });
        let asked = self.transport.ask(PRODUCT_CREATE, variables, Repeat::Once);
        let mut said = asked.await?;
        let payload = &mut said.data["productSet"];
        refuse(&Complaint::all(&payload["userErrors"]), input)?;
        let product = payload["product"].take();
        if product.is_null() {
            return Err(unsaid());
        }
        let whole = completed(self.transport, product).await.map_err(unread)?;
        Ok((whole, said.request_id))
    }

    async fn later(
        self,
        item: &NewItem,
        input: &Value,
        count: usize,
    ) -> Answered<(Whole, Option<String>)> {
        let variables = json!({"identifier": key::named(item.key), "input": input});
        let asked = self
            .transport
            .ask(PRODUCT_CREATE_LATER, variables, Repeat::Once);
        let said = asked.await?;
        let payload = &said.data["productSet"];
        refuse(&Complaint::all(&payload["userErrors"]), input)?;
        let operation = text(&payload["productSetOperation"], "id");
        if operation.is_empty() {
            return Err(unsaid());
        }
        for look in 0..LOOKS {
            tokio::time::sleep(self.transport.pace.look(look)).await;
            let variables = json!({"id": operation});
            let asked = self
                .transport
                .ask(PRODUCT_OPERATION, variables, Repeat::Question);
            let data = asked.await.map_err(|one| unread(one.failure))?.data;
            let operation = &data["productOperation"];
            if text(operation, "status") == "COMPLETE" {
                refuse(&Complaint::all(&operation["userErrors"]), input)?;
                let id = text(&operation["product"], "id");
                let made = whole(self.transport, id, count).await.map_err(unread)?;
                return Ok((made.ok_or_else(unsaid)?, said.request_id.clone()));
            }
        }
        Err(unsaid())
    }
}
