alter table workspace add column version bigint not null default 1;
