create table if not exists listings (
  pk integer primary key,
  id blob not null,
  channel_id blob not null,
  link text not null,
  record_id blob null,
  remote_id text null,
  parent text not null default '',
  is_parent smallint not null default 0,
  sku text not null default '',
  barcode text not null default '',
  title text not null default '',
  item text null,
  gone smallint not null default 0,
  reading integer not null default 0,
  agreed text not null default '',
  agreed_version integer not null default 0,
  own_values text not null default '',
  dirty smallint not null default 1,
  open_version integer not null default 0,
  open_dirty smallint not null default 1,
  dispute smallint not null default 0,
  pending text null,
  problem text null,
  has_pending smallint not null default 0,
  has_problem smallint not null default 0
);
create unique index if not exists listings_id on listings (id);
create unique index if not exists listings_remote on listings (channel_id, remote_id);
create unique index if not exists listings_record on listings (channel_id, record_id);
create index if not exists listings_by_link on listings (
  channel_id, link, pk, gone, dirty, agreed_version, open_dirty, open_version, record_id, dispute, has_pending, has_problem
);
create index if not exists listings_by_sku on listings (channel_id, sku);
create index if not exists listings_by_barcode on listings (channel_id, barcode);
create index if not exists listings_by_parent on listings (channel_id, parent);
create index if not exists listings_by_product on listings (record_id);
