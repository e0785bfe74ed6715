create table if not exists suppliers (
  pk integer primary key,
  id blob not null,
  version integer not null,
  deleted smallint not null default 0,
  code text not null,
  name text not null default '',
  active smallint not null default 1,
  contact text not null default '',
  email text not null default '',
  phone text not null default '',
  address text not null default '',
  currency text not null default '',
  payment_terms text not null default '',
  lead_time integer null,
  order_cutoff text not null default '',
  minimum_order integer null,
  orders_as text not null default '',
  ship_to text not null default '',
  notes text not null default '',
  created_at integer not null,
  updated_at integer not null,
  tx_id integer not null
);
create unique index if not exists suppliers_id on suppliers (id);
create unique index if not exists suppliers_code on suppliers (code);
create index if not exists suppliers_by_name on suppliers (deleted, name);
create index if not exists suppliers_by_tx on suppliers (tx_id);
