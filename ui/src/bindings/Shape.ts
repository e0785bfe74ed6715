export type Shape = "backstock" | "shopify";
