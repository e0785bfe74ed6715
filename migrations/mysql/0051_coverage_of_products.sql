update products p join (
  select r.product_id, case when max(case when r.preference = 1 then 1 else 0 end) = 1 then 3 when count(*) > 1 then 2 else 1 end as coverage
  from supplier_products r join suppliers t on t.id = r.supplier_id
  where r.deleted = 0 and t.deleted = 0 and t.active = 1
  group by r.product_id
) c on c.product_id = p.id set p.coverage = c.coverage;
