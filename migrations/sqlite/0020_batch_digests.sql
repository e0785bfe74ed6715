create table if not exists batch_digests (
  batch_id blob primary key,
  entries integer not null,
  digest blob not null
) without rowid;
