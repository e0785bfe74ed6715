create table if not exists image_addresses (
  address_hash binary(32) not null primary key,
  address text not null,
  state varchar(10) not null,
  content binary(32) null,
  reason varchar(500) not null default '',
  attempts bigint not null default 0,
  next_try bigint not null default 0,
  claimed_until bigint not null default 0,
  index image_addresses_by_state (state, next_try),
  index image_addresses_by_content (content)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin;
