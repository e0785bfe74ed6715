create table if not exists secrets (
  name varchar(200) primary key,
  key_id binary(16) not null,
  sealed mediumblob not null,
  updated_at bigint not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin;
