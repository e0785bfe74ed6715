insert or ignore into history_head (id, position, link, older_batches)
select 1, 0, zeroblob(32), max(id) from batches;
