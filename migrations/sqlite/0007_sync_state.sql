create table if not exists sync_state (
  id integer primary key,
  last_seq integer not null default 0,
  purged_seq integer not null default 0
);
