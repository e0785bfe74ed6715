alter table workspace add column idle_lock_minutes bigint not null default 15;
