alter table batches add column restored bigint not null default 0;
