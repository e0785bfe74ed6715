alter table products add column custom text not null default '';
