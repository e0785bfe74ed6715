//! The schema: the same on both databases, made once, and never touched by an older app.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::error::Code;
use domain::values::{FixedClock, Timestamp};
use sha2::{Digest as _, Sha256};

use testing::{Place, on_each_database};

fn clock() -> Arc<FixedClock> {
    Arc::new(FixedClock::at(Timestamp(0)))
}

#[test]
fn every_migration_has_a_twin_of_the_same_name() {
    let names = |kind: &str| {
        let folder = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
            .join("migrations")
            .join(kind);
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    assert_eq!(names("sqlite"), names("mysql"));
    let numbers: Vec<String> = names("mysql")
        .iter()
        .map(|name| name[..5].to_owned())
        .collect();
    let distinct: std::collections::BTreeSet<&String> = numbers.iter().collect();
    assert_eq!(numbers.len(), distinct.len(), "two have the same number");
    for name in names("mysql") {
        let file = format!("migrations/mysql/{name}");
        let sql = std::fs::read_to_string(
            std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join(file),
        );
        let statements = sql.unwrap().matches(';').count();
        assert_eq!(
            statements, 1,
            "{name}: MySQL commits each statement by itself"
        );
    }
}

#[test]
fn a_migration_that_has_landed_never_changes() {
    let folder = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../migrations"));
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let hash = |name: &str| -> String {
        let bytes = Sha256::digest(read(name).replace("\r\n", "\n"));
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    };
    let frozen = read("frozen.sha256");
    let frozen: BTreeMap<&str, &str> = frozen
        .lines()
        .filter_map(|line| line.split_once("  "))
        .map(|(hash, name)| (name, hash))
        .collect();
    for (name, then) in &frozen {
        assert_eq!(&hash(name), then, "{name} has landed: add another one");
    }
    for kind in ["sqlite", "mysql"] {
        for entry in std::fs::read_dir(folder.join(kind)).unwrap() {
            let name = format!("{kind}/{}", entry.unwrap().file_name().to_str().unwrap());
            let line = format!("{}  {name}", hash(&name));
            let is_listed = frozen.contains_key(name.as_str());
            assert!(is_listed, "add to migrations/frozen.sha256: {line}");
        }
    }
}

/// Tables with their columns and indexes, in words that mean the same on both.
type Schema = BTreeMap<String, i64>;

#[tokio::test]
async fn both_databases_have_the_same_tables_columns_and_indexes() {
    let mut schemas: Vec<(&str, Schema)> = Vec::new();
    for (name, place) in Place::fresh().await {
        place.open(clock()).await.close().await;
        let rows = match place {
            Place::File(_) => sqlite_schema(&place).await,
            Place::Server(_) => mysql_schema(&place).await,
        };
        assert!(rows.len() > 100, "{name}: {rows:?}");
        schemas.push((name, rows));
        place.remove().await;
    }
    if let [(_, one), (_, other)] = schemas.as_slice() {
        assert_eq!(one, other);
    }
}

async fn sqlite_schema(place: &Place) -> Schema {
    let columns = "select t.name || '.' || c.name || ' ' || replace(replace(lower(c.type), 'integer', 'number'), 'smallint', 'number'), \
        (c.\"notnull\" or c.pk > 0) from sqlite_master t join pragma_table_info(t.name) c \
        where t.type = 'table' and t.name not like 'sqlite_%' \
        and t.name not like 'products\\_%' escape '\\'";
    let indexes = "select 'index ' || i.name || ' ' || group_concat(c.name, ' '), i.\"unique\" \
        from sqlite_master t join pragma_index_list(t.name) i join pragma_index_info(i.name) c \
        where t.type = 'table' and i.origin = 'c' group by i.name, i.\"unique\"";
    let mut rows = place.rows(columns).await;
    rows.extend(place.rows(indexes).await);
    rows.into_iter().collect()
}

async fn mysql_schema(place: &Place) -> Schema {
    let columns = "select concat(table_name, '.', column_name, ' ', case \
            when data_type in ('bigint', 'smallint') then 'number' \
            when data_type in ('binary', 'varbinary', 'mediumblob') then 'blob' else 'text' end), cast(is_nullable = 'NO' as signed) \
        from information_schema.columns where table_schema = database()";
    let indexes = "select concat('index ', index_name, ' ', \
            group_concat(column_name order by seq_in_index separator ' ')), \
            cast(max(non_unique) = 0 as signed) \
        from information_schema.statistics where table_schema = database() \
        and index_name <> 'PRIMARY' and index_type <> 'FULLTEXT' group by table_name, index_name";
    let mut rows = place.rows(columns).await;
    rows.extend(place.rows(indexes).await);
    rows.into_iter().collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_desktops_that_start_at_once_set_it_up_once() {
    for (_, place) in Place::fresh().await {
        let starts: Vec<_> = (0..6)
            .map(|_| {
                let place = place.clone();
                tokio::spawn(async move { place.open(clock()).await.close().await })
            })
            .collect();
        for start in starts {
            start.await.unwrap();
        }
        let noted = place
            .rows("select 'migrations', count(*) from schema_migrations")
            .await;
        let files = std::fs::read_dir(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../migrations/sqlite"
        ));
        assert_eq!(noted[0].1, i64::try_from(files.unwrap().count()).unwrap());
        place.remove().await;
    }
}

#[tokio::test]
async fn a_file_is_copied_before_a_newer_app_changes_its_tables() {
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let place = Place::File(folder.clone());
    place.open(clock()).await.close().await;
    let backup = folder.path().join("shop.backstock.schema-31.backup");
    assert!(!backup.exists(), "a new file has nothing to lose");
    let older = "drop table supplier_products; drop table suppliers; drop table custom_fields; \
                 drop table custom_values; drop table custom_steps; \
                 alter table products drop column custom; \
                 drop index products_of_coverage; drop index products_by_barcode; \
                 alter table products drop column coverage; \
                 alter table products drop column main_image; \
                 alter table products drop column alt_images; \
                 alter table products drop column variant_position; \
                 alter table batches drop column trashed; alter table batches drop column restored; \
                 delete from schema_migrations where version > 31;";
    place.execute(older).await;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mine = std::fs::Permissions::from_mode(0o600);
        std::fs::set_permissions(folder.path().join("shop.backstock"), mine).unwrap();
    }
    for _ in 0..2 {
        place.open(clock()).await.close().await;
    }
    let there = "select 'tables', count(*) from sqlite_master where name = 'suppliers'";
    assert_eq!(place.rows(there).await[0].1, 1, "brought up to date");
    let shop = folder.path().join("shop.backstock");
    let who_may = |path| std::fs::metadata(path).unwrap().permissions();
    assert_eq!(who_may(&backup), who_may(&shop));
    std::fs::rename(&backup, &shop).unwrap();
    assert_eq!(place.rows(there).await[0].1, 0, "the copy is as it was");
    let left = std::fs::read_dir(folder.path()).unwrap();
    let parts = left.filter(|entry| {
        let name = entry.as_ref().unwrap().file_name();
        name.to_string_lossy().ends_with(".part")
    });
    assert_eq!(parts.count(), 0);
}

#[tokio::test]
async fn an_older_app_leaves_a_newer_workspace_alone() {
    on_each_database(async |store| {
        let newer =
            "insert into schema_migrations (version, name, applied_at) values (9999, 'later', 0)";
        store.place.execute(newer).await;
        let refused = store.place.try_open(clock()).await.unwrap_err();
        assert_eq!(refused.code, Code::NewerSchema);
        assert!(
            refused.to_string().contains("Update Backstock"),
            "{refused}"
        );
        let as_before = "delete from schema_migrations where version = 9999";
        store.place.execute(as_before).await;
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_no_workspace_is_named_as_such() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shop.backstock");
    std::fs::write(&file, "sku,name\n".repeat(1000)).unwrap();
    let refused = store::Store::open_sqlite(&file, clock()).await.unwrap_err();
    assert_eq!(refused.code, Code::File);
    assert!(
        refused.message.contains("no Backstock workspace"),
        "{refused}"
    );
}
