create table if not exists history_chain (
  position bigint primary key,
  batch_id binary(16) not null,
  state varchar(20) not null,
  entries bigint not null,
  digest binary(32) not null,
  identity binary(32) not null,
  ending binary(32) not null,
  link binary(32) not null,
  key history_chain_by_batch (batch_id, position)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin;
