create table if not exists channel_fields (
  pk bigint auto_increment primary key,
  id binary(16) not null,
  version bigint not null,
  deleted smallint not null default 0,
  code varchar(200) not null,
  channel_id binary(16) null,
  field varchar(100) not null default '',
  shop_field varchar(150) not null default '',
  owner varchar(20) not null default '',
  created_at bigint not null,
  updated_at bigint not null,
  tx_id bigint not null,
  unique key channel_fields_id (id),
  unique key channel_fields_code (code),
  key channel_fields_by_channel (channel_id, deleted, field),
  key channel_fields_by_code (deleted, code),
  key channel_fields_by_tx (tx_id)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin;
