update products set coverage = coalesce((
  select case when max(case when r.preference = 1 then 1 else 0 end) = 1 then 3 when count(*) > 1 then 2 else 1 end
  from supplier_products r join suppliers t on t.id = r.supplier_id
  where r.product_id = products.id and r.deleted = 0 and t.deleted = 0 and t.active = 1
  group by r.product_id
), 0) where id in (select product_id from supplier_products);
