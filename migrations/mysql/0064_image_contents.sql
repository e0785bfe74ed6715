create table if not exists image_contents (
  hash binary(32) not null primary key,
  format varchar(10) not null,
  bytes bigint not null,
  width bigint not null,
  height bigint not null,
  created_at bigint not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin;
