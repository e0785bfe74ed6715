create table if not exists sync_turns (
  channel_id binary(16) not null primary key,
  holder binary(16) null,
  held_until bigint not null default 0,
  products_at bigint null,
  stock_at bigint null,
  problem text null
);
