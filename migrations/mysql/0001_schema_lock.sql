create table if not exists schema_lock (
  id bigint primary key,
  owner bigint null,
  until_ts bigint not null default 0
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin;
