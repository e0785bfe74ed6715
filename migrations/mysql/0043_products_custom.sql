alter table products add column custom mediumtext not null default ('');
