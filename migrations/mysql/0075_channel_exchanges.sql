create table if not exists channel_exchanges (
  pk bigint auto_increment primary key,
  channel_id binary(16) not null,
  at_ms bigint not null,
  operation varchar(100) not null,
  status bigint null,
  request_id varchar(100) not null default '',
  took_ms bigint not null,
  cost bigint null,
  sent bigint not null,
  received bigint not null,
  request text not null,
  error text not null default (''),
  key channel_exchanges_by_channel (channel_id, pk),
  key channel_exchanges_by_time (at_ms)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin;
