insert ignore into sync_state (id) values (1);
