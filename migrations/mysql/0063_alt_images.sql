alter table products add column alt_images mediumtext not null default ('');
