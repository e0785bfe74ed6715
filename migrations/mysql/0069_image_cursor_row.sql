insert ignore into image_cursor (id) values (1);
