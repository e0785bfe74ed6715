//! The index of values follows whatever happens to records and fields.

use super::*;

#[tokio::test]
async fn the_index_follows_records_and_fields() {
    on_each_database(async |store| {
        let (id, season) = field(store, "Season", "choice", "s = Summer\nw = Winter").await;
        let products: Vec<Write> = (0..2_500)
            .map(|at| create(&format!("P{at}"), "Product", &[(season, text("s"))]))
            .collect();
        applied(store, &products).await;
        assert_eq!(indexed(store).await, 2_500);
        let summer = any(season, &[text("s")]);
        let count = async || store.count(&summer).await.unwrap().count;
        assert_eq!(count().await, 2_500);

        // A record changes, goes to the trash and comes back.
        let first = products[0].id;
        applied(store, &[update(first, 1, &[(season, text("w"))])]).await;
        assert_eq!(count().await, 2_499);
        applied(store, &[trash(products[1].id, 1)]).await;
        assert_eq!(count().await, 2_498);
        applied(
            store,
            &[
                restore(products[1].id, 2),
                update(first, 2, &[(season, Value::Empty)]),
            ],
        )
        .await;
        assert_eq!((count().await, indexed(store).await), (2_499, 2_499));

        // The field leaves the filters, is removed and comes back: the values are found again.
        write_field(
            store,
            (id, 1),
            Operation::Update,
            &[(FILTERABLE, Value::Flag(false))],
        )
        .await;
        assert_eq!(indexed(store).await, 0);
        assert!(store.count(&summer).await.is_err(), "it is no filter now");
        applied(store, &[update(first, 3, &[(season, text("s"))])]).await;
        write_field(
            store,
            (id, 2),
            Operation::Update,
            &[(FILTERABLE, Value::Flag(true))],
        )
        .await;
        assert_eq!((count().await, indexed(store).await), (2_500, 2_500));
        write_field(store, (id, 3), Operation::Trash, &[]).await;
        assert_eq!(indexed(store).await, 0);
        write_field(store, (id, 4), Operation::Restore, &[]).await;
        assert_eq!((count().await, indexed(store).await), (2_500, 2_500));

        // Deleted for good, it takes its values along, and an old plan does not bring them back.
        write_field(store, (id, 5), Operation::Trash, &[]).await;
        assert_eq!(store.count_custom_values(id).await.unwrap(), 2_500);
        write_field(store, (id, 6), Operation::Purge, &[]).await;
        assert_eq!(
            (
                store.count_custom_values(id).await.unwrap(),
                indexed(store).await
            ),
            (0, 0)
        );
        let done = applied(
            store,
            &[update(
                first,
                4,
                &[(season, text("w")), (NAME, text("Mug"))],
            )],
        )
        .await;
        assert_eq!(done, [WriteOutcome::Applied { version: 5 }]);
        let mug = store.get(PRODUCT, first).await.unwrap();
        assert_eq!((mug.title(), mug.fields.custom().len()), ("Mug", 0));
    })
    .await;
}

#[tokio::test]
async fn a_desktop_that_dies_leaves_the_rest_to_the_next() {
    on_each_database(async |store| {
        let (id, season) = field(store, "Season", "choice", "s = Summer").await;
        applied(store, &[create("A", "A", &[(season, text("s"))])]).await;
        // It died after it noted what was to be done.
        let left = "insert into custom_steps (id, field, record_kind, task, after_pk) \
                    select id, pk, 'product', 'fill', 0 from custom_fields";
        store.place.execute(left).await;
        store.place.execute("delete from custom_values").await;
        let next = store.second_desktop().await;
        assert!(next.has_unfinished_fields());
        let summer = any(season, &[text("s")]);
        assert!(
            next.count(&summer).await.is_err(),
            "it says that it is not ready"
        );
        next.finish_custom_fields().await.unwrap();
        assert_eq!(next.count(&summer).await.unwrap().count, 1);
        assert!(!next.has_unfinished_fields());

        // What another desktop makes of the field, this one learns.
        write_field(
            &next,
            (id, 1),
            Operation::Update,
            &[(CODE, text("season")), (LABEL, text("When"))],
        )
        .await;
        assert_eq!(store.schema().label(season), "Season");
        assert!(store.renew_schema().await.unwrap());
        assert_eq!(store.schema().label(season), "When");
        next.close().await;
    })
    .await;
}
