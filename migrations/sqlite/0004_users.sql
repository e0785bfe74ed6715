create table if not exists users (
  id blob primary key,
  name text not null,
  email text not null,
  email_key text not null,
  role text not null,
  password_hash text not null,
  status text not null,
  failed_attempts integer not null default 0,
  locked_until integer null,
  last_sign_in_at integer null,
  created_at integer not null,
  version integer not null
) without rowid;
create unique index if not exists users_email_key on users (email_key);
