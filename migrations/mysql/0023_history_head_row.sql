insert ignore into history_head (id, position, link, older_batches)
select 1, 0, unhex(repeat('00', 32)), max(id) from batches;
