update products set coverage = (
  select min(v.coverage) from products v where v.parent_id = products.id and +v.deleted = 0
) where exists (select 1 from supplier_products)
  and id in (select parent_id from products where deleted = 0 and parent_id is not null);
