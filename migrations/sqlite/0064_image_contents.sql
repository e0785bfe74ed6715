create table if not exists image_contents (
  hash blob not null primary key,
  format text not null,
  bytes integer not null,
  width integer not null,
  height integer not null,
  created_at integer not null
) without rowid;
