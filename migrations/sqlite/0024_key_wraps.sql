create table if not exists key_wraps (
  user_id blob primary key,
  key_id blob not null,
  parameters text not null,
  salt blob not null,
  sealed blob not null,
  created_at integer not null
) without rowid;
