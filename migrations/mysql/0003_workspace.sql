create table if not exists workspace (
  id bigint primary key,
  workspace_id binary(16) not null,
  name varchar(255) not null,
  currency varchar(10) not null,
  created_at bigint not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin;
