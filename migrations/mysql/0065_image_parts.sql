create table if not exists image_parts (
  hash binary(32) not null,
  part bigint not null,
  content mediumblob not null,
  primary key (hash, part)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin;
