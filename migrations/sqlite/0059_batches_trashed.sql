alter table batches add column trashed integer not null default 0;
