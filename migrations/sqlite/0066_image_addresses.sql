create table if not exists image_addresses (
  address_hash blob not null primary key,
  address text not null,
  state text not null,
  content blob null,
  reason text not null default '',
  attempts integer not null default 0,
  next_try integer not null default 0,
  claimed_until integer not null default 0
) without rowid;
create index if not exists image_addresses_by_state on image_addresses (state, next_try);
create index if not exists image_addresses_by_content on image_addresses (content);
