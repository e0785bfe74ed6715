create table if not exists image_parts (
  hash blob not null,
  part integer not null,
  content blob not null,
  primary key (hash, part)
);
