update batches set
  trashed = (select count(*) from journal j where j.batch_id = batches.id and j.operation = 'trash'),
  restored = (select count(*) from journal j where j.batch_id = batches.id and j.operation = 'restore')
where updated > 0;
