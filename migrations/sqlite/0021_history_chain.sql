create table if not exists history_chain (
  position integer primary key,
  batch_id blob not null,
  state text not null,
  entries integer not null,
  digest blob not null,
  identity blob not null,
  ending blob not null,
  link blob not null
);
create index if not exists history_chain_by_batch on history_chain (batch_id, position);
