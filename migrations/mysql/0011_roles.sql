create table if not exists roles (
  id binary(16) primary key,
  name varchar(255) not null,
  name_key varchar(255) not null,
  permissions varchar(2000) not null,
  created_at bigint not null,
  version bigint not null,
  unique key roles_name_key (name_key)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin;
