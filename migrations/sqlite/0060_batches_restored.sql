alter table batches add column restored integer not null default 0;
