create table if not exists channel_readings (
  channel_id binary(16) not null primary key,
  reading bigint not null default 0,
  page_cursor text null,
  since bigint null,
  as_of bigint null,
  complete_at bigint null,
  fetched_at bigint null,
  fields mediumtext not null default (''),
  rules varchar(64) not null default ''
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin;
