alter table products add column coverage smallint not null default 0;
create index if not exists products_of_coverage on products (deleted, coverage, name_key, active);
create index if not exists products_by_barcode on products (barcode);
