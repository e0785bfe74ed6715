create table if not exists sync_turns (
  channel_id blob not null primary key,
  holder blob null,
  held_until integer not null default 0,
  products_at integer null,
  stock_at integer null,
  problem text null
);
