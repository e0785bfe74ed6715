insert or ignore into image_cursor (id) values (1);
