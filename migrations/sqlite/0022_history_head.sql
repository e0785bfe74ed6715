create table if not exists history_head (
  id integer primary key,
  position integer not null,
  link blob not null,
  older_batches blob null
);
