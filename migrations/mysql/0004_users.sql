create table if not exists users (
  id binary(16) primary key,
  name varchar(255) not null,
  email varchar(320) not null,
  email_key varchar(320) not null,
  role varchar(50) not null,
  password_hash varchar(500) not null,
  status varchar(20) not null,
  failed_attempts bigint not null default 0,
  locked_until bigint null,
  last_sign_in_at bigint null,
  created_at bigint not null,
  version bigint not null,
  unique key users_email_key (email_key)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin;
