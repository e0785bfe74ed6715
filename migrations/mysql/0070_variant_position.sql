alter table products add column variant_position bigint not null default 0;
