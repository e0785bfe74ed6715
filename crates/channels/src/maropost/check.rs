//! Whether the account opens the shop, and what it lacks: each right is tried by itself.

use serde_json::json;

use super::client::Maropost;
use super::door::Action;
use super::loose::{Object, flag, text};
use crate::channel::{CheckProblem, Place, ShopCheck};
use crate::failure::{Answered, Failure, FailureKind};

/// An SKU that no item has. An update of it changes nothing, and tells whether it may be made.
const NO_ITEM: &str = "backstock-no-such-item";
/// How many warehouses are asked for at once.
const LIMIT: usize = 100;

impl Maropost {
    /// What the shop says of itself: its warehouses, and what may not be done. It does not say its
    /// name, its currency or its time zone.
    pub(super) async fn check_rights(&self) -> Answered<ShopCheck> {
        let items = self.look().await.map(drop);
        let places = self.places().await;
        let categories = self.shop(true).await.map(|shop| shop.tree.is_some());
        let row = json!({ "Item": [{ "SKU": NO_ITEM }] });
        let writes = self.door.ask(Action::UPDATE_ITEM, &row).await.map(drop);
        // Where nothing could be asked, that is the answer.
        let failures = [
            items.as_ref().err(),
            places.as_ref().err(),
            writes.as_ref().err(),
        ];
        if let Some(failure) = failures
            .into_iter()
            .flatten()
            .find(|failure| failure.kind != FailureKind::Denied)
        {
            return Err(readable(failure));
        }
        if let [Some(failure), Some(_), Some(_)] = failures {
            return Err(failure.clone());
        }
        let problems = [
            items
                .err()
                .map(|_| problem("read products", "GetItem", true)),
            writes
                .err()
                .map(|_| problem("change products", "UpdateItem and AddItem", false)),
            places.as_ref().err().map(|_| {
                problem(
                    "read warehouses, so stock cannot be synced",
                    "GetWarehouse",
                    false,
                )
            }),
            (!categories?).then(|| {
                problem(
                    "read categories, so they are left out",
                    "GetCategory",
                    false,
                )
            }),
        ];
        Ok(ShopCheck {
            places: places.unwrap_or_default(),
            problems: problems.into_iter().flatten().collect(),
            ..ShopCheck::default()
        })
    }

    /// The warehouses.
    async fn places(&self) -> Answered<Vec<Place>> {
        let names = ["WarehouseID", "WarehouseName", "IsPrimary", "IsActive"];
        let filter = Object::from_iter([("OutputSelector".to_owned(), json!(names))]);
        let mut places: Vec<Place> = Vec::new();
        self.pages(Action::GET_WAREHOUSE, &filter, LIMIT, |found| {
            let before = places.len();
            for place in found.records.iter().filter_map(place) {
                if !places.iter().any(|other| other.id == place.id) {
                    places.push(place);
                }
            }
            Ok(places.len() > before)
        })
        .await?;
        Ok(places)
    }
}

fn place(record: &Object) -> Option<Place> {
    let yes = |name: &str| text(record, name).and_then(|told| flag(&told));
    let id = text(record, "WarehouseID")?.trim().to_owned();
    let name = text(record, "WarehouseName")
        .unwrap_or_default()
        .into_owned();
    Some(Place {
        name: if name.is_empty() { id.clone() } else { name },
        id,
        active: yes("IsActive").unwrap_or(true),
        primary: yes("IsPrimary").unwrap_or(false),
    })
}

fn problem(what: &str, actions: &str, is_fatal: bool) -> CheckProblem {
    CheckProblem {
        message: format!("The key may not {what}."),
        hint: format!(
            "Allow {actions} in the permission group of the key's user, in the control panel."
        ),
        is_fatal,
    }
}

/// What a check says where asking failed: nothing that matters was written, so nothing is lost.
fn readable(failure: &Failure) -> Failure {
    let kind = match failure.kind {
        FailureKind::Lost => FailureKind::Later,
        kind => kind,
    };
    Failure {
        kind,
        ..failure.clone()
    }
}
