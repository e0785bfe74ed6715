alter table workspace add column people_changes bigint not null default 0;
