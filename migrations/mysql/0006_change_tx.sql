create table if not exists change_tx (
  id bigint auto_increment primary key,
  seq bigint null,
  at_ms bigint not null,
  batch_id binary(16) null,
  unique key change_tx_seq (seq)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin;
