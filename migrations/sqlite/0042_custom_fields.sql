create table if not exists custom_fields (
  pk integer primary key,
  id blob not null,
  version integer not null,
  deleted smallint not null default 0,
  code text not null,
  label text not null default '',
  record_kind text not null default '',
  type text not null default '',
  choices text not null default '',
  section text not null default '',
  help text not null default '',
  required smallint not null default 0,
  filterable smallint not null default 0,
  position integer null,
  created_at integer not null,
  updated_at integer not null,
  tx_id integer not null
);
create unique index if not exists custom_fields_id on custom_fields (id);
create unique index if not exists custom_fields_code on custom_fields (code);
create index if not exists custom_fields_by_tx on custom_fields (tx_id);
