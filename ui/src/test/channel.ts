import type { DataRecord, Fields, ListingInfo } from "../bindings";
import type { CoreHost } from "../host/pipe";

/** A channel past the window; its shop is never asked. */
export async function channel(host: CoreHost, fields: Fields = {}): Promise<DataRecord> {
  const { record } = await host.call("channels.create", {
    fields: {
      "channel.name": "Shop North",
      "channel.platform": "shopify",
      "channel.address": "north.myshopify.com",
      "channel.state": "active",
      "channel.stock": "we",
      "channel.new_here": "ask",
      "channel.new_there": "ask",
      ...fields,
    },
  });
  return record;
}

/** A mug that is live in the shop, of which no user said yet what it is, but for what is said. */
export const listing = (part: Partial<ListingInfo>): ListingInfo => ({
  id: "01a22c00-0000-7000-8000-000000000001",
  channel: "01a22c00-0000-7000-8000-000000000002",
  link: "unmatched",
  record: null,
  sku: "MUG-9",
  barcode: "",
  title: "Mug",
  state: "live",
  isParent: false,
  isVariant: false,
  gone: false,
  address: "https://admin.example.com/products/9",
  isPending: false,
  problem: null,
  waits: null,
  whyNotYet: null,
  own: {},
  candidates: [],
  ...part,
});
