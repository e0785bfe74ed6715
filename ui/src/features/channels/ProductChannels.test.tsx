import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";

import type { ListingInfo, SetListingValues } from "../../bindings";
import { coreHost, productOf } from "../../host/pipe";
import { textOf } from "../../lib/values";
import { channel, listing } from "../../test/channel";
import { expectAccessible, renderWindow } from "../../test/render";
import { follow } from "../../test/stubHost";
import { parentOf } from "../products/parentOf";

const lines = () => screen.findAllByTestId("in-channel");

test("a product says nothing of shops where none is connected", async () => {
  const host = await coreHost();
  const { id } = await productOf(host, "KIT-1001");
  renderWindow(`/products/${id}`, host);
  await screen.findByTestId("field-store_price");
  expect(screen.queryByTestId("product-channels")).not.toBeInTheDocument();
});

test("a product is wanted in a shop, and no more", async () => {
  const host = await coreHost();
  const { id: shop } = await channel(host);
  const { id } = await productOf(host, "KIT-1001");
  const { user } = renderWindow(`/products/${id}`, host);
  const [line] = await lines();
  expect(line).toHaveTextContent("Shop North");
  expect(line).toHaveTextContent("Not linked");
  await user.click(screen.getByTestId("want"));
  expect(await screen.findByText("Wanted there")).toBeInTheDocument();
  const [wanted] = await host.call("listings.of", { id });
  expect(wanted).toMatchObject({ channel: shop, link: "wanted_there" });
  await expectAccessible(screen.getByTestId("product-channels"));
  await user.click(screen.getByTestId("want"));
  expect(await screen.findByText("Not linked")).toBeInTheDocument();
});

test("a parent is wanted with its variants", async () => {
  const host = await coreHost();
  const { id: shop } = await channel(host);
  const filter = { family: "variants" as const };
  const page = { sort: "sku" as const, descending: false, offset: 0, limit: 1 };
  const [variant] = (await host.call("products.list", { ...page, filter })).rows;
  const { product } = await host.call("products.get", { id: variant?.id ?? "" });
  const id = parentOf(product) ?? "";
  const { variants } = await host.call("products.get", { id });
  expect(variants.length).toBeGreaterThan(0);
  const { user } = renderWindow(`/products/${id}`, host);
  await user.click(await screen.findByTestId("want"));
  await waitFor(async () => {
    const wanted = { channel: shop, filter: "wanted_there" as const, limit: 500 };
    expect((await host.call("listings.list", wanted)).rows).toHaveLength(variants.length + 1);
  });
});

test("a line says whether it is live, and why it failed; who only looks cannot want it", async () => {
  const owner = await coreHost();
  const { id: north } = await channel(owner);
  await channel(owner, { "channel.name": "West" });
  const { id } = await productOf(owner, "KIT-1001");
  const host = await owner.another("viewer");
  const problem = {
    message: "The shop refuses the price.",
    hint: "Give it one.",
    at: Date.now(),
    tries: 1,
    retries: false,
    requestId: null,
  };
  follow(host, { "listings.of": () => [listing({ channel: north, link: "linked", problem })] });
  renderWindow(`/products/${id}`, host);
  const [first, second] = await lines();
  expect(first).toHaveTextContent(
    /Shop North.*Live.*Failed.*The shop refuses the price\. Give it one\./,
  );
  expect(within(first ?? document.body).getByTestId("copy-address")).toBeInTheDocument();
  expect(second).toHaveTextContent(/West.*Not linked/);
  expect(screen.queryByTestId("want")).not.toBeInTheDocument();
});

/** A product that is linked with a listing; answers what is kept for the shop alone. */
async function linkedProduct(as: "owner" | "viewer" = "owner") {
  const owner = await coreHost();
  const { id: shop } = await channel(owner);
  const pair = (field: string, theirs: string, who: string) =>
    owner.call("channel_fields.create", {
      fields: {
        "channel_field.channel": "Shop North",
        "channel_field.field": field,
        "channel_field.shop_field": theirs,
        "channel_field.owner": who,
      },
    });
  await pair("name", "title", "we");
  await pair("brand", "vendor", "they");
  const product = await productOf(owner, "KIT-1001");
  const host = as === "owner" ? owner : await owner.another(as);
  const own: ListingInfo["own"] = {};
  const said: SetListingValues[] = [];
  const waits = { toShop: ["name"], toHere: [], disputed: [], since: null };
  follow(host, {
    "listings.of": () => [
      listing({
        channel: shop,
        link: "linked",
        record: { id: product.id, sku: "KIT-1001", name: "Enamel mug" },
        waits,
        whyNotYet: "No sync runs by itself.",
        own: { ...own },
      }),
    ],
    "listings.set_values": (request) => {
      said.push(request);
      for (const [field, value] of Object.entries(request.values)) {
        if (value === null) delete own[field];
        else own[field] = value ?? null;
      }
      host.emit({ type: "dataChanged", kinds: ["listing"] });
      return null;
    },
  });
  const name = textOf(product.fields, "name");
  return { ...renderWindow(`/products/${product.id}`, host), said, own, name };
}

test("a product gets another value in one shop alone, and its own again", async () => {
  const { user, said, name } = await linkedProduct();
  const [line] = await lines();
  expect(within(line ?? document.body).getByTestId("product-waits")).toHaveTextContent(
    /To the shop: Name.*No sync runs by itself/,
  );
  await user.click(screen.getByTestId("own-values-button"));
  await waitFor(() => expect(screen.getByTestId("own-field")).toBeEnabled());
  await user.click(screen.getByTestId("own-field"));
  // What the shop has the last word on goes nowhere.
  expect(screen.queryByRole("option", { name: "Brand" })).not.toBeInTheDocument();
  await user.click(await screen.findByRole("option", { name: "Name" }));
  const dialog = within(screen.getByTestId("own-dialog"));
  const input = await dialog.findByTestId("field-name");
  expect(input).toHaveValue(name);
  fireEvent.change(input, { target: { value: "Mug, north" } });
  await expectAccessible(screen.getByTestId("own-dialog"));
  await user.click(dialog.getByTestId("set-own"));
  await waitFor(() => expect(said[0]?.values).toEqual({ name: "Mug, north" }));
  await waitFor(() => expect(dialog.queryByTestId("set-own")).not.toBeInTheDocument());
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByTestId("own-dialog")).not.toBeInTheDocument());
  const told = await within(line ?? document.body).findByTestId("own-values");
  expect(told).toHaveTextContent(`Name there: Mug, north instead of ${name}`);
  await user.click(await within(line ?? document.body).findByTestId("take-back"));
  await waitFor(() => expect(said[1]?.values).toEqual({ name: null }));
  await waitFor(() => expect(screen.queryByTestId("own-values")).not.toBeInTheDocument());
});

test("who only looks sees what is a shop's own, and cannot change it", async () => {
  const { own, client } = await linkedProduct("viewer");
  await lines();
  own["name"] = "Mug, north";
  await client.invalidateQueries({ queryKey: ["listings.of"] });
  expect(await screen.findByTestId("own-value")).toHaveTextContent("Mug, north");
  expect(screen.queryByTestId("take-back")).not.toBeInTheDocument();
  expect(screen.queryByTestId("own-values-button")).not.toBeInTheDocument();
});
