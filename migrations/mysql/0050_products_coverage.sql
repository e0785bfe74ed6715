alter table products
  add column coverage smallint not null default 0,
  add key products_of_coverage (deleted, coverage, name_key, active),
  add key products_by_barcode (barcode);
