create table if not exists journal (
  id bigint auto_increment primary key,
  batch_id binary(16) not null,
  tx_id bigint not null,
  entity varchar(20) not null,
  entity_id binary(16) not null,
  operation varchar(20) not null,
  version bigint not null,
  changes mediumtext not null,
  key journal_by_batch (batch_id, id),
  key journal_by_entity (entity_id, id)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin;
