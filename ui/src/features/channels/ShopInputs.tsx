import { SegmentedControl, Select, TextInput } from "@mantine/core";

import type { Platform } from "../../bindings";
import { PLATFORMS } from "./accounts";
import { CHANNEL } from "./fields";

/** How a Shopify account is let in: by a token of the shop, or by an app. */
type Way = "token" | "app";

/** What is typed about a shop that is to be connected. Its secret is kept nowhere. */
export interface Typing {
  platform: Platform;
  way: Way;
  name: string;
  address: string;
  account: string;
}

/** A form that nothing was typed into. */
export const BLANK: Typing = {
  platform: "shopify",
  way: "token",
  name: "",
  address: "",
  account: "",
};

/** Whether a Shopify app lets us in, and no token. */
export function isOfApp({ platform, way }: Typing): boolean {
  return platform === "shopify" && way === "app";
}

/** Whether the secret belongs to an account that has a name. */
export function hasAccount(values: Typing): boolean {
  return isOfApp(values) || values.platform === "maropost";
}

interface ShopInputsProps {
  values: Typing;
  /** What the core refused, by field. */
  refused: Partial<Record<string, string>>;
  onType: (part: Partial<Typing>) => void;
}

/** Which shop it is, and as whom it lets us in. */
export function ShopInputs({ values, refused, onType }: ShopInputsProps) {
  const { platform, name, address, account } = values;
  const isApp = isOfApp(values);
  return (
    <>
      <Select
        label="Platform"
        data={PLATFORMS}
        value={platform}
        onChange={(chosen) => chosen !== null && onType({ platform: chosen })}
        error={refused[CHANNEL.platform]}
        allowDeselect={false}
        data-testid="channel-platform"
      />
      <TextInput
        label="Name"
        description="What you call the shop."
        placeholder="Shop North"
        value={name}
        onChange={(event) => onType({ name: event.currentTarget.value })}
        error={refused[CHANNEL.name]}
        required
        autoFocus
        data-testid="channel-name"
      />
      <TextInput
        label="Address"
        placeholder={platform === "shopify" ? "north.myshopify.com" : "www.north.com.au"}
        value={address}
        onChange={(event) => onType({ address: event.currentTarget.value })}
        error={refused[CHANNEL.address]}
        required
        spellCheck={false}
        data-testid="channel-address"
      />
      {platform === "shopify" && (
        <SegmentedControl
          aria-label="How the shop lets us in"
          data={[
            { value: "token", label: "By an access token" },
            { value: "app", label: "By an app" },
          ]}
          value={values.way}
          onChange={(way) => onType({ way: way })}
          data-testid="channel-way"
        />
      )}
      {hasAccount(values) && (
        <TextInput
          label={isApp ? "Client id" : "User of the key"}
          description={isApp ? undefined : "Empty for a key of the whole shop."}
          value={account}
          onChange={(event) => onType({ account: event.currentTarget.value })}
          error={refused[CHANNEL.account]}
          required={isApp}
          autoComplete="off"
          spellCheck={false}
          data-testid="channel-account"
        />
      )}
    </>
  );
}
