alter table batches add column trashed bigint not null default 0;
