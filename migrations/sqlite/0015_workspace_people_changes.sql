alter table workspace add column people_changes integer not null default 0;
