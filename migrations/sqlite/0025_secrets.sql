create table if not exists secrets (
  name text primary key,
  key_id blob not null,
  sealed blob not null,
  updated_at integer not null
) without rowid;
