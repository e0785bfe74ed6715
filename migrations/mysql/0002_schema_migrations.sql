create table if not exists schema_migrations (
  version bigint primary key,
  name varchar(100) not null,
  applied_at bigint not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin;
