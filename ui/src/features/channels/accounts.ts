import type { DataRecord, Platform } from "../../bindings";
import { textOf } from "../../lib/values";
import { CHANNEL } from "./fields";

/** The platforms by their names for people. */
export const PLATFORMS: { value: Platform; label: string }[] = [
  { value: "shopify", label: "Shopify" },
  { value: "maropost", label: "Maropost" },
];

/** The platform of a channel. */
export function platformOf({ fields }: DataRecord): Platform {
  return textOf(fields, CHANNEL.platform) === "maropost" ? "maropost" : "shopify";
}

/** What a platform is called. */
export function platformLabel(channel: DataRecord): string {
  const platform = platformOf(channel);
  return PLATFORMS.find(({ value }) => value === platform)?.label ?? platform;
}

/** What the secret of an account is called; `isApp` for one of a Shopify app. */
export function secretLabel(platform: Platform, isApp: boolean): string {
  if (platform === "maropost") return "API key";
  return isApp ? "Client secret" : "Admin API access token";
}
