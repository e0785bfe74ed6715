create table if not exists workspace (
  id integer primary key,
  workspace_id blob not null,
  name text not null,
  currency text not null,
  created_at integer not null
);
