create table if not exists custom_values (
  field bigint not null,
  deleted smallint not null default 0,
  number_key bigint not null default 0,
  text_key varchar(100) not null default '',
  record bigint not null,
  primary key (field, deleted, number_key, text_key, record),
  key custom_values_of_record (record, field)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin;
