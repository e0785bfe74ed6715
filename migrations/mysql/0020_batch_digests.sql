create table if not exists batch_digests (
  batch_id binary(16) primary key,
  entries bigint not null,
  digest binary(32) not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin;
