create table if not exists image_cursor (
  id bigint primary key,
  seq bigint not null default 0
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin;
