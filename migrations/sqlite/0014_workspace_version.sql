alter table workspace add column version integer not null default 1;
