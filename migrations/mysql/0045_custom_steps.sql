create table if not exists custom_steps (
  id binary(16) not null primary key,
  field bigint not null,
  record_kind varchar(40) not null default '',
  task varchar(10) not null default '',
  after_pk bigint not null default 0
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin;
