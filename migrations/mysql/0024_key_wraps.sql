create table if not exists key_wraps (
  user_id binary(16) primary key,
  key_id binary(16) not null,
  parameters varchar(100) not null,
  salt binary(16) not null,
  sealed varbinary(200) not null,
  created_at bigint not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin;
