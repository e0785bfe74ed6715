create table if not exists roles (
  id blob primary key,
  name text not null,
  name_key text not null,
  permissions text not null,
  created_at integer not null,
  version integer not null
) without rowid;
create unique index if not exists roles_name_key on roles (name_key);
