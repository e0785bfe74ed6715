create table if not exists channel_readings (
  channel_id blob not null primary key,
  reading integer not null default 0,
  page_cursor text null,
  since integer null,
  as_of integer null,
  complete_at integer null,
  fetched_at integer null,
  fields text not null default '',
  rules text not null default ''
) without rowid;
