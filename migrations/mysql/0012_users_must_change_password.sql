alter table users add column must_change_password bigint not null default 0;
