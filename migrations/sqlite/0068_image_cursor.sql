create table if not exists image_cursor (
  id integer primary key,
  seq integer not null default 0
);
