create table if not exists import_mappings (
  kind text not null,
  slot text not null,
  name text not null,
  file_name text not null,
  mapping text not null,
  used_at integer not null,
  primary key (kind, slot)
);
