insert or ignore into sync_state (id) values (1);
