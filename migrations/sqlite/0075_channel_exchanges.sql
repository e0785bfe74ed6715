create table if not exists channel_exchanges (
  pk integer primary key,
  channel_id blob not null,
  at_ms integer not null,
  operation text not null,
  status integer null,
  request_id text not null default '',
  took_ms integer not null,
  cost integer null,
  sent integer not null,
  received integer not null,
  request text not null,
  error text not null default ''
);
create index if not exists channel_exchanges_by_channel on channel_exchanges (channel_id, pk);
create index if not exists channel_exchanges_by_time on channel_exchanges (at_ms);
