create table if not exists custom_values (
  field integer not null,
  deleted smallint not null default 0,
  number_key integer not null default 0,
  text_key text not null default '',
  record integer not null,
  primary key (field, deleted, number_key, text_key, record)
) without rowid;
create index if not exists custom_values_of_record on custom_values (record, field);
