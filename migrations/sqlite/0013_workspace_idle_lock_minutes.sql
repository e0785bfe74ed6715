alter table workspace add column idle_lock_minutes integer not null default 15;
