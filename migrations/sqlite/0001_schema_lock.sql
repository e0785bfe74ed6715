create table if not exists schema_lock (
  id integer primary key,
  owner integer null,
  until_ts integer not null default 0
);
