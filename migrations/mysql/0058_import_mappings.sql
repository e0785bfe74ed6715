create table if not exists import_mappings (
  kind varchar(100) not null,
  slot varchar(200) not null,
  name varchar(100) not null,
  file_name varchar(255) not null,
  mapping mediumtext not null,
  used_at bigint not null,
  primary key (kind, slot)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin;
