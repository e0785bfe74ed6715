alter table users add column last_failed_at integer null;
