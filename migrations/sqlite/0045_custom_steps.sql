create table if not exists custom_steps (
  id blob not null primary key,
  field integer not null,
  record_kind text not null default '',
  task text not null default '',
  after_pk integer not null default 0
);
