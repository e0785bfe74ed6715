alter table products add column main_image text not null default '';
