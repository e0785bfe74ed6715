create table if not exists image_uses (
  address_hash blob not null,
  kind text not null,
  record_id blob not null,
  seen_at integer not null,
  primary key (address_hash, kind, record_id)
) without rowid;
