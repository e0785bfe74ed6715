//! The pictures that records name: found by the journal, claimed by one desktop, kept and cleaned.

use std::collections::BTreeSet;

use domain::catalog::product::{ALT_IMAGES, MAIN_IMAGE, PRODUCT};
use domain::plan::Operation;
use domain::record::{Image, Value};
use domain::values::{ContentHash, Timestamp};
use store::{
    ImageContent, ImageFollower, ImageState, MAX_PART, ORIGINAL, Store, THUMBNAIL, UnneededImages,
};

use testing::{TestStore, applied, create, on_each_database, text, trash, update, write};

const DAY: i64 = 24 * 60 * 60 * 1_000;

async fn follow(store: &Store) {
    let mut follower = ImageFollower::new(store.clone());
    while follower.step().await.unwrap() {}
}

async fn claimed(store: &TestStore, most: i64) -> BTreeSet<String> {
    let until = Timestamp(store.store_now() + 60_000);
    let claimed = store.claim_images(most, until).await.unwrap();
    claimed.into_iter().map(|one| one.address).collect()
}

/// The time of a workspace that stands still.
trait Now {
    fn store_now(&self) -> i64;
}

impl Now for TestStore {
    fn store_now(&self) -> i64 {
        use domain::values::Clock as _;
        self.clock.now().0
    }
}

fn content(byte: u8) -> ImageContent {
    ImageContent {
        hash: ContentHash::new([byte; 32]),
        format: "png".into(),
        bytes: 100,
        width: 20,
        height: 10,
    }
}

async fn unneeded(store: &Store) -> Vec<ContentHash> {
    follow(store).await;
    let mut looking = UnneededImages::new(store.clone());
    let mut found = Vec::new();
    while let Some((_, some)) = looking.step().await.unwrap() {
        found.extend(some.into_iter().map(|(hash, _)| hash));
    }
    found
}

#[tokio::test]
async fn what_any_change_names_is_found_once_however_it_came() {
    on_each_database(async |store| {
        let many: Vec<_> = (0..60)
            .map(|n| {
                create(
                    &format!("P{n}"),
                    "P",
                    &[(MAIN_IMAGE, text(&format!("https://a.test/{n} P")))],
                )
            })
            .collect();
        for part in many.chunks(2) {
            applied(store, part).await;
        }
        let mug = create("MUG", "A mug", &[]);
        applied(store, std::slice::from_ref(&mug)).await;
        let images = Value::images(["https://a.test/1", "https://b.test/x Front"]);
        applied(store, &[update(mug.id, 1, &[(ALT_IMAGES, images)])]).await;
        follow(store).await;
        assert_eq!(store.waiting_images().await.unwrap(), 61, "{}", store.name);
        follow(&store.second_desktop().await).await;
        assert_eq!(store.waiting_images().await.unwrap(), 61);

        let both = [
            "https://a.test/1".to_owned(),
            "https://c.test/no".to_owned(),
        ];
        let uses = store.image_uses(&both).await.unwrap();
        assert_eq!(uses.len(), 2, "P1 and MUG: {uses:?}");
        let using = store.using_images(&uses).await.unwrap();
        assert_eq!(using.len(), 2);
        applied(store, &[update(mug.id, 2, &[(ALT_IMAGES, Value::Empty)])]).await;
        assert_eq!(store.using_images(&uses).await.unwrap().len(), 1);
        assert_eq!(store.image_addresses(&both).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_picture_that_many_products_share_is_looked_up_for_some_and_kept_for_all() {
    on_each_database(async |store| {
        let shared = "https://a.test/no-image.png";
        let many: Vec<_> = (0..600)
            .map(|n| create(&format!("P{n}"), "P", &[(MAIN_IMAGE, text(shared))]))
            .collect();
        for part in many.chunks(200) {
            applied(store, part).await;
        }
        follow(store).await;
        let uses = store.image_uses(&[shared.to_owned()]).await.unwrap();
        assert_eq!(uses.len() as i64, store::MOST_USES + 1, "{}", store.name);
        let using = store.using_images(&uses).await.unwrap();
        assert_eq!(using.len(), uses.len());
    })
    .await;
}

#[tokio::test]
async fn two_desktops_never_fetch_the_same_and_one_that_dies_is_gone_on_for() {
    on_each_database(async |store| {
        let many: Vec<_> = (0..50)
            .map(|n| {
                create(
                    &format!("P{n}"),
                    "P",
                    &[(MAIN_IMAGE, text(&format!("https://a.test/{n}")))],
                )
            })
            .collect();
        applied(store, &many).await;
        follow(store).await;
        let other = store.second_desktop().await;
        let until = Timestamp(store.store_now() + 60_000);
        let (mine, theirs) =
            tokio::join!(store.claim_images(30, until), other.claim_images(30, until));
        let (mine, theirs) = (mine.unwrap(), theirs.unwrap());
        let all: BTreeSet<_> = mine.iter().chain(&theirs).map(|one| &one.address).collect();
        assert_eq!(all.len(), mine.len() + theirs.len(), "none twice");
        assert_eq!(all.len(), 50, "{}", store.name);
        assert!(claimed(store, 50).await.is_empty());
        store.clock.advance(61_000);
        assert_eq!(claimed(store, 50).await.len(), 50, "its desktop died");
    })
    .await;
}

#[tokio::test]
async fn a_failure_is_told_and_tried_again_when_its_time_has_come() {
    on_each_database(async |store| {
        let address = "https://a.test/1";
        applied(
            store,
            &[create("MUG", "Mug", &[(MAIN_IMAGE, text(address))])],
        )
        .await;
        follow(store).await;
        assert_eq!(claimed(store, 9).await.len(), 1);
        let later = Timestamp(store.store_now() + 5_000);
        store
            .image_failed(address, "The server is too slow.", Some(later))
            .await
            .unwrap();
        assert!(claimed(store, 9).await.is_empty());
        let (failed, total) = store.failed_images(0, 10).await.unwrap();
        assert_eq!((failed[0].state, total), (ImageState::Retrying, 1));
        store.clock.advance(5_000);
        assert_eq!(claimed(store, 9).await.len(), 1);
        store
            .image_failed(address, "There is nothing.", None)
            .await
            .unwrap();
        store.clock.advance(DAY);
        assert!(claimed(store, 9).await.is_empty());
        let (failed, _) = store.failed_images(0, 10).await.unwrap();
        assert_eq!(
            (failed[0].state, failed[0].attempts),
            (ImageState::Failed, 2)
        );
        assert_eq!(failed[0].reason, "There is nothing.");
        assert_eq!(
            store.retry_images(Some("https://a.test/2")).await.unwrap(),
            0
        );
        assert_eq!(store.retry_images(Some(address)).await.unwrap(), 1);
        assert_eq!(claimed(store, 9).await.len(), 1);
        store.image_came(address, &content(7)).await.unwrap();
        let found = store.image_addresses(&[address.to_owned()]).await.unwrap();
        assert_eq!(found[0].content, Some(content(7)), "{}", store.name);
        assert_eq!(store.failed_images(0, 10).await.unwrap().1, 0);
    })
    .await;
}

#[tokio::test]
async fn content_is_kept_in_parts_and_once_however_many_store_it() {
    on_each_database(async |store| {
        let hash = ContentHash::new([9; 32]);
        let other = store.second_desktop().await;
        let large = vec![5; MAX_PART];
        for part in [THUMBNAIL, ORIGINAL, ORIGINAL + 1] {
            let (one, two) = tokio::join!(
                store.keep_image_part(hash, part, &large),
                other.keep_image_part(hash, part, &large)
            );
            one.unwrap();
            two.unwrap();
        }
        let bytes = store
            .image_parts(hash, ORIGINAL, ORIGINAL + 1)
            .await
            .unwrap();
        assert_eq!(bytes.len(), 2 * MAX_PART);
        let nine = content(9);
        let (one, two) = tokio::join!(
            store.image_came("https://a.test/1", &nine),
            other.image_came("https://a.test/2", &nine)
        );
        one.unwrap();
        two.unwrap();
        assert_eq!(store.image_content(hash).await.unwrap(), Some(content(9)));
        let own = Image::own_address(hash);
        assert_eq!(store.image_addresses(&[own]).await.unwrap().len(), 1);
        store.forget_image(hash).await.unwrap();
        assert_eq!(store.image_content(hash).await.unwrap(), None);
        assert!(
            store
                .image_parts(hash, THUMBNAIL, ORIGINAL)
                .await
                .unwrap()
                .is_empty()
        );
    })
    .await;
}

#[tokio::test]
async fn an_address_that_failed_is_forgotten_with_the_last_record_that_needs_it() {
    on_each_database(async |store| {
        let main = |n| [(MAIN_IMAGE, text(&format!("https://a.test/{n}")))];
        let [keeps, gone] = ["KEEPS", "GONE"].map(|sku| create(sku, sku, &main(sku)));
        applied(store, &[keeps, gone.clone()]).await;
        follow(store).await;
        for address in claimed(store, 9).await {
            store
                .image_failed(&address, "Nothing.", None)
                .await
                .unwrap();
        }
        let clean = async || {
            let mut looking = UnneededImages::new(store.store.clone());
            while looking.forget_addresses().await.unwrap().is_some() {}
            store.failed_images(0, 10).await.unwrap().1
        };
        assert_eq!(clean().await, 2);
        applied(store, &[trash(gone.id, 1)]).await;
        applied(store, &[write(gone.id, Operation::Purge, 2, &[])]).await;
        assert_eq!(clean().await, 1, "{}", store.name);
    })
    .await;
}

#[tokio::test]
async fn content_goes_only_when_nothing_can_need_it_again() {
    on_each_database(async |store| {
        let own = |byte| text(&Image::own_address(ContentHash::new([byte; 32])));
        for byte in [1, 2, 3, 4] {
            store
                .image_came("https://a.test/x", &content(byte))
                .await
                .unwrap();
        }
        let keeps = create("KEEPS", "Keeps it", &[(MAIN_IMAGE, own(1))]);
        let changed = create("CHANGED", "Has another one", &[(MAIN_IMAGE, own(2))]);
        let gone = create("GONE", "Is deleted", &[(MAIN_IMAGE, own(3))]);
        applied(store, &[keeps.clone(), changed.clone(), gone.clone()]).await;
        applied(
            store,
            &[update(changed.id, 1, &[(MAIN_IMAGE, Value::Empty)])],
        )
        .await;
        applied(store, &[trash(gone.id, 1)]).await;
        assert!(
            unneeded(store).await.is_empty(),
            "{}: the trash holds it",
            store.name
        );

        applied(store, &[write(gone.id, Operation::Purge, 2, &[])]).await;
        let hash = |byte| ContentHash::new([byte; 32]);
        assert_eq!(
            unneeded(store).await,
            [hash(3)],
            "the last one was never named, but may be typed"
        );
        store.clock.advance(8 * DAY);
        assert_eq!(unneeded(store).await, [hash(3), hash(4)]);
        store.clock.advance(31 * DAY);
        assert_eq!(unneeded(store).await, [hash(2), hash(3), hash(4)]);
        for byte in [2, 3, 4] {
            store.forget_image(hash(byte)).await.unwrap();
        }
        assert!(unneeded(store).await.is_empty());
        assert!(store.image_content(hash(1)).await.unwrap().is_some());
        let record = store.get(PRODUCT, keeps.id).await.unwrap();
        assert_eq!(record.fields.get(MAIN_IMAGE), &own(1));
    })
    .await;
}

#[tokio::test]
async fn what_failed_is_paged_without_gaps_while_it_changes() {
    on_each_database(async |store| {
        let main = |n: usize| [(MAIN_IMAGE, text(&format!("https://a.test/{n}")))];
        let many: Vec<_> = (0..40)
            .map(|n| create(&format!("P{n}"), "P", &main(n)))
            .collect();
        applied(store, &many).await;
        follow(store).await;
        let later = Timestamp(store.store_now() + 5_000);
        for (n, address) in claimed(store, 40).await.into_iter().enumerate() {
            let again = (n % 4 == 0).then_some(later);
            store
                .image_failed(&address, "Nothing.", again)
                .await
                .unwrap();
        }
        let (all, total) = store.failed_images(0, 100).await.unwrap();
        assert_eq!((all.len(), total), (40, 40));
        let (mut paged, _) = store.failed_images(0, 7).await.unwrap();
        loop {
            let last = paged.last().unwrap();
            let behind = (last.state, last.address.as_str());
            let (page, total) = store.failed_images_after(behind, 7).await.unwrap();
            if page.is_empty() {
                assert_eq!(total, 35);
                break;
            }
            // What was shown already goes away, and moves nothing.
            if paged.len() == 7 {
                for one in &paged[..5] {
                    store.image_came(&one.address, &content(7)).await.unwrap();
                }
            }
            paged.extend(page);
        }
        let addresses = |rows: &[store::ImageAddress]| -> Vec<String> {
            rows.iter().map(|row| row.address.clone()).collect()
        };
        assert_eq!(addresses(&paged), addresses(&all), "{}", store.name);
    })
    .await;
}

#[tokio::test]
async fn a_picture_that_thousands_named_is_judged_a_few_at_a_time() {
    on_each_database(async |store| {
        let shared = text("https://a.test/shared.png");
        let many: Vec<_> = (0..4_100)
            .map(|n| create(&format!("P{n:04}"), "P", &[(MAIN_IMAGE, shared.clone())]))
            .collect();
        applied(store, &many).await;
        follow(store).await;
        store
            .image_came("https://a.test/shared.png", &content(5))
            .await
            .unwrap();
        let other: Vec<_> = many
            .iter()
            .take(4_099)
            .map(|made| update(made.id, 1, &[(MAIN_IMAGE, Value::Empty)]))
            .collect();
        applied(store, &other).await;
        store.clock.advance(31 * DAY);
        assert!(
            unneeded(store).await.is_empty(),
            "{}: one of them needs it",
            store.name
        );
        applied(
            store,
            &[update(many[4_099].id, 1, &[(MAIN_IMAGE, Value::Empty)])],
        )
        .await;
        store.clock.advance(31 * DAY);
        assert_eq!(unneeded(store).await, [ContentHash::new([5; 32])]);
    })
    .await;
}
