create table if not exists change_tx (
  id integer primary key autoincrement,
  seq integer null,
  at_ms integer not null,
  batch_id blob null
);
create unique index if not exists change_tx_seq on change_tx (seq);
