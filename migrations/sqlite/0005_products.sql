create table if not exists products (
  pk integer primary key,
  id blob not null,
  version integer not null,
  deleted smallint not null default 0,
  parent_id blob null,
  sku text not null default '',
  name text not null default '',
  subtitle text not null default '',
  brand text not null default '',
  category text not null default '',
  tags text not null default '',
  description text not null default '',
  barcode text not null default '',
  active smallint not null default 1,
  tax_free smallint not null default 0,
  stock integer not null default 0,
  rrp integer null,
  cost integer null,
  store_price integer null,
  promo_price integer null,
  promo_start text null,
  promo_end text null,
  weight integer null,
  length integer null,
  width integer null,
  height integer null,
  cubic integer null,
  option1_name text not null default '',
  option1_value text not null default '',
  option2_name text not null default '',
  option2_value text not null default '',
  option3_name text not null default '',
  option3_value text not null default '',
  seo_title text not null default '',
  seo_description text not null default '',
  name_key text not null,
  options_key text null,
  words text not null,
  created_at integer not null,
  updated_at integer not null,
  tx_id integer not null
);
create unique index if not exists products_id on products (id);
create unique index if not exists products_sku on products (sku);
create index if not exists products_by_name on products (deleted, name_key, active);
create index if not exists products_by_sku on products (deleted, sku);
create index if not exists products_by_brand on products (deleted, brand, name_key, active, stock, store_price, updated_at, sku);
create index if not exists products_by_category on products (deleted, category, name_key, active, stock, store_price, updated_at, sku);
create index if not exists products_by_active on products (deleted, active);
create index if not exists products_by_stock on products (deleted, stock);
create index if not exists products_by_store_price on products (deleted, store_price);
create index if not exists products_by_updated_at on products (deleted, updated_at);
create index if not exists products_by_parent on products (parent_id);
create index if not exists products_by_tx on products (tx_id);
create virtual table if not exists products_words using fts5(
  words, content='products', content_rowid='pk', tokenize='ascii', detail='none', columnsize=0, prefix='1 2 3 4 5'
);
create virtual table if not exists products_codes using fts5(
  sku, barcode, content='products', content_rowid='pk', tokenize='trigram', detail='none', columnsize=0
);
