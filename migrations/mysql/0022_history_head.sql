create table if not exists history_head (
  id bigint primary key,
  position bigint not null,
  link binary(32) not null,
  older_batches binary(16) null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin;
