create table if not exists supplier_products (
  pk integer primary key,
  id blob not null,
  version integer not null,
  deleted smallint not null default 0,
  supplier_id blob not null,
  product_id blob not null,
  code text not null,
  supplier_sku text not null default '',
  supplier_name text not null default '',
  cost integer null,
  pack_size integer null,
  minimum integer null,
  lead_time integer null,
  preference integer null,
  drop_ship smallint not null default 0,
  created_at integer not null,
  updated_at integer not null,
  tx_id integer not null
);
create unique index if not exists supplier_products_id on supplier_products (id);
create unique index if not exists supplier_products_code on supplier_products (code);
create index if not exists supplier_products_by_supplier on supplier_products (supplier_id, deleted, supplier_sku);
create index if not exists supplier_products_by_product on supplier_products (product_id, deleted, preference);
create index if not exists supplier_products_by_tx on supplier_products (tx_id);
