create table if not exists channels (
  pk integer primary key,
  id blob not null,
  version integer not null,
  deleted smallint not null default 0,
  name text not null,
  platform text not null default '',
  address text not null default '',
  account text not null default '',
  state text not null default '',
  shop_name text not null default '',
  currency text not null default '',
  time_zone text not null default '',
  place text not null default '',
  place_name text not null default '',
  new_here text not null default '',
  new_there text not null default '',
  stock text not null default '',
  buffer integer not null default 0,
  most integer null,
  every integer null,
  stock_every integer null,
  unasked smallint not null default 0,
  created_at integer not null,
  updated_at integer not null,
  tx_id integer not null
);
create unique index if not exists channels_id on channels (id);
create unique index if not exists channels_name on channels (name);
create index if not exists channels_by_name on channels (deleted, name);
create index if not exists channels_by_tx on channels (tx_id);
