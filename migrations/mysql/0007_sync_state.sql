create table if not exists sync_state (
  id bigint primary key,
  last_seq bigint not null default 0,
  purged_seq bigint not null default 0
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin;
