update products p join (
  select parent_id, min(coverage) as coverage from products
  where deleted = 0 and parent_id is not null and exists (select 1 from supplier_products)
  group by parent_id
) v on v.parent_id = p.id set p.coverage = v.coverage;
