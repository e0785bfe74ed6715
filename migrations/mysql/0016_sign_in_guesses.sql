create table if not exists sign_in_guesses (
  email_key varchar(320) primary key,
  failed bigint not null,
  last_at bigint not null,
  locked_until bigint null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin;
