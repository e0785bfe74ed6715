//! Listings: taking in what a shop has, saying which product is which, and keeping what was agreed on.

use std::collections::BTreeMap;

use domain::catalog::product::NAME;
use domain::channel::{Both, Dispute, ItemState, LinkState, Listing, ShopField, ShopItem};
use domain::record::Value;
use domain::values::RecordId;
use store::{Linking, PageKept, ReadingState, SettledListing, Store, WhichListings};
use testing::{applied, create, on_each_database};

fn item(id: &str, title: &str) -> ShopItem {
    ShopItem {
        remote_id: id.to_owned(),
        parent: None,
        is_parent: false,
        sku: format!("S-{id}"),
        barcode: String::new(),
        title: title.to_owned(),
        state: ItemState::Live,
        handles: BTreeMap::new(),
        values: [(ShopField::new("title"), Value::text(title))].into(),
        updated_at: None,
        address: String::new(),
    }
}

/// A channel whose shop has these items.
async fn shop(store: &Store, ids: &[&str]) -> (RecordId, ReadingState) {
    let channel = RecordId::new();
    let state = store
        .begin_reading(channel, None, Vec::new())
        .await
        .unwrap();
    let items: Vec<ShopItem> = ids.iter().map(|id| item(id, "Mug")).collect();
    store.keep_page(channel, &state, &items).await.unwrap();
    (channel, state)
}

async fn listings(store: &Store, channel: RecordId) -> Vec<Listing> {
    let all = WhichListings::Found("");
    let found = store.listings_after(channel, all, (0, 100)).await.unwrap();
    found.into_iter().map(|listed| listed.listing).collect()
}

/// Links listings by their places, and says which were changed.
async fn link(store: &Store, channel: RecordId, links: &[(usize, Option<RecordId>)]) -> Vec<usize> {
    let all = listings(store, channel).await;
    let linkings: Vec<Linking> = links
        .iter()
        .map(|(at, record)| Linking {
            listing: all[*at].id,
            link: record.map_or(LinkState::Ignored, |_| LinkState::Linked),
            record: *record,
        })
        .collect();
    let changed = store.link_listings(channel, &linkings).await.unwrap();
    let at = |id: &RecordId| all.iter().position(|one| one.id == *id).unwrap();
    let mut changed: Vec<usize> = changed.iter().map(at).collect();
    changed.sort_unstable();
    changed
}

#[tokio::test]
async fn a_product_is_one_listing_of_a_channel_however_many_are_linked_at_once() {
    on_each_database(async |store| {
        let products = [
            create("P", "P", &[]),
            create("Q", "Q", &[]),
            create("R", "R", &[]),
        ];
        applied(store, &products).await;
        let [p, q, r] = products.map(|product| product.id);
        let (channel, _) = shop(store, &["a", "b", "c"]).await;
        assert_eq!(
            link(store, channel, &[(0, Some(p)), (1, Some(p))]).await,
            [0]
        );
        assert_eq!(
            link(store, channel, &[(1, Some(p))]).await,
            [0; 0],
            "it is taken"
        );
        // One gives up what the other one takes.
        let both = [(0, Some(q)), (1, Some(p))];
        assert_eq!(link(store, channel, &both).await, [0, 1]);
        let freed = [(1, None), (2, Some(p))];
        assert_eq!(link(store, channel, &freed).await, [1, 2]);
        let records: Vec<_> = listings(store, channel)
            .await
            .iter()
            .map(|one| one.record)
            .collect();
        assert_eq!(records, [Some(q), None, Some(p)]);
        // What was wanted in the shop is there already.
        assert_eq!(store.want_there(channel, &[r]).await.unwrap(), 1);
        assert_eq!(link(store, channel, &[(1, Some(r))]).await, [1]);
        let all = listings(store, channel).await;
        assert_eq!(all.len(), 3);
        assert!(all[1].is_dirty && all[1].link == LinkState::Linked);
    })
    .await;
}

#[tokio::test]
async fn what_is_read_again_is_new_changed_or_the_same() {
    on_each_database(async |store| {
        let (channel, state) = shop(store, &["a", "b"]).await;
        for one in listings(store, channel).await {
            let settled = SettledListing {
                settled_at: Some(4),
                open_settled_at: Some(4),
                dispute: Some(Dispute::None),
                problem: Some(None),
                ..SettledListing::of(one.id)
            };
            store.settle_listings(None, &[settled]).await.unwrap();
        }
        let page = [item("a", "Mug"), item("b", "Cup"), item("c", "Jug")];
        let kept = store.keep_page(channel, &state, &page).await.unwrap();
        let counts = PageKept {
            new: 1,
            changed: 1,
            same: 1,
        };
        assert_eq!(kept, counts);
        let all = listings(store, channel).await;
        let told: Vec<_> = all
            .iter()
            .map(|one| {
                (
                    one.item.as_ref().unwrap().title.as_str(),
                    (one.agreed_version, one.open_version),
                    (one.is_dirty, one.is_open_dirty),
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                ("Mug", (4, 4), (false, false)),
                ("Cup", (4, 4), (true, true)),
                ("Jug", (0, 0), (true, true)),
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_settled_leaves_the_rest_of_a_listing_as_it_was() {
    on_each_database(async |store| {
        let (channel, _) = shop(store, &["a", "b"]).await;
        let before = listings(store, channel).await;
        let both = Both::on(Value::text("Mug"), Value::text("Mug"));
        let agreed = SettledListing {
            agreed: [(NAME, both.clone())].into(),
            ..SettledListing::of(before[0].id)
        };
        let written = SettledListing {
            values: [(ShopField::new("title"), Value::text("Cup"))].into(),
            ..SettledListing::of(before[1].id)
        };
        // By themselves, and together with others.
        store
            .settle_listings(None, std::slice::from_ref(&agreed))
            .await
            .unwrap();
        store
            .settle_listings(None, &[agreed, written])
            .await
            .unwrap();
        let mut expected = before;
        expected[0].agreed.insert(NAME, both);
        let values = &mut expected[1].item.as_mut().unwrap().values;
        values.insert(ShopField::new("title"), Value::text("Cup"));
        assert_eq!(listings(store, channel).await, expected);
    })
    .await;
}
