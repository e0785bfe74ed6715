alter table products add column variant_position integer not null default 0;
