import type { Field } from "../../bindings";

/** The fields of a channel, by their keys. */
export const CHANNEL = {
  name: "channel.name",
  platform: "channel.platform",
  address: "channel.address",
  account: "channel.account",
  state: "channel.state",
  shopName: "channel.shop_name",
  currency: "channel.currency",
  timeZone: "channel.time_zone",
  place: "channel.place",
  placeName: "channel.place_name",
  every: "channel.every",
  stockEvery: "channel.stock_every",
  unasked: "channel.unasked",
} as const satisfies Record<string, Field>;

/** The fields of a channel field, by their keys. */
export const CHANNEL_FIELD = {
  channel: "channel_field.channel",
  ours: "channel_field.field",
  theirs: "channel_field.shop_field",
  owner: "channel_field.owner",
} as const satisfies Record<string, Field>;
