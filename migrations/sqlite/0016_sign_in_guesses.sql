create table if not exists sign_in_guesses (
  email_key text primary key not null,
  failed integer not null,
  last_at integer not null,
  locked_until integer null
) without rowid;
