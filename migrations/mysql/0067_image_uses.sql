create table if not exists image_uses (
  address_hash binary(32) not null,
  kind varchar(40) not null,
  record_id binary(16) not null,
  seen_at bigint not null,
  primary key (address_hash, kind, record_id)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin;
