create table if not exists batches (
  id blob primary key,
  origin text not null,
  label text not null,
  user_id blob null,
  user_name text not null,
  state text not null,
  started_at integer not null,
  finished_at integer null,
  rows_read integer not null default 0,
  created integer not null default 0,
  updated integer not null default 0,
  unchanged integer not null default 0,
  skipped integer not null default 0,
  kept integer not null default 0,
  rejected integer not null default 0,
  not_reached integer not null default 0,
  implied integer not null default 0,
  undo_of blob null,
  undone_by blob null
) without rowid;
create index if not exists batches_by_origin on batches (origin, id);
