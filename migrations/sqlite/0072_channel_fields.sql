create table if not exists channel_fields (
  pk integer primary key,
  id blob not null,
  version integer not null,
  deleted smallint not null default 0,
  code text not null,
  channel_id blob null,
  field text not null default '',
  shop_field text not null default '',
  owner text not null default '',
  created_at integer not null,
  updated_at integer not null,
  tx_id integer not null
);
create unique index if not exists channel_fields_id on channel_fields (id);
create unique index if not exists channel_fields_code on channel_fields (code);
create index if not exists channel_fields_by_channel on channel_fields (channel_id, deleted, field);
create index if not exists channel_fields_by_code on channel_fields (deleted, code);
create index if not exists channel_fields_by_tx on channel_fields (tx_id);
