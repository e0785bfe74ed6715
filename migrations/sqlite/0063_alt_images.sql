alter table products add column alt_images text not null default '';
