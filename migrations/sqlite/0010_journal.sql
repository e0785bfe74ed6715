create table if not exists journal (
  id integer primary key autoincrement,
  batch_id blob not null,
  tx_id integer not null,
  entity text not null,
  entity_id blob not null,
  operation text not null,
  version integer not null,
  changes text not null
);
create index if not exists journal_by_batch on journal (batch_id, id);
create index if not exists journal_by_entity on journal (entity_id, id);
