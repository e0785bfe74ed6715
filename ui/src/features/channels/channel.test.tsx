import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";

import type { ChannelExchange, LinkListings, ListingInfo, SyncChannel } from "../../bindings";
import { coreHost, productOf, type CoreHost } from "../../host/pipe";
import { CommandError } from "../../lib/errors";
import { channel, listing } from "../../test/channel";
import { expectAccessible, fill, renderWindow } from "../../test/render";
import { follow } from "../../test/stubHost";

const row = (name: string) => screen.findByRole("row", { name });

/** The channel as if its shop had been read and had these; answers what is said of them. */
function shopHas(host: CoreHost, rows: ListingInfo[]): LinkListings[] {
  const said: LinkListings[] = [];
  const kept = { changed: 0, kept: 0 };
  follow(host, {
    "listings.list": ({ filter, search }) => ({
      rows: rows.filter(({ link, problem, title }) =>
        search ? title.includes(search) : filter === "failed" ? problem !== null : link === filter,
      ),
      next: null,
    }),
    "listings.link": (request) => {
      said.push(request);
      return { ...kept, changed: request.links.length };
    },
  });
  return said;
}

describe("what a shop has", () => {
  test("is linked with what was found, or with another product by its SKU", async () => {
    const host = await coreHost();
    const { id } = await channel(host);
    const mug = await productOf(host, "KIT-1001");
    const found = { id: mug.id, sku: "KIT-1001", name: "Enamel mug" };
    const said = shopHas(host, [
      listing({ id: "l1", channel: id, candidates: [found] }),
      listing({ id: "l2", channel: id, sku: "CUP-1", title: "Cup" }),
    ]);
    const { user } = renderWindow(`/channels/${id}/match`, host);
    const first = within(await row("MUG-9"));
    expect(first.getByText("Live")).toBeInTheDocument();
    expect(await row("CUP-1")).toHaveTextContent("None found");
    await expectAccessible();
    await user.click(first.getByTestId("link-candidate"));
    await waitFor(() => expect(said).toHaveLength(1));
    expect(said[0]).toEqual({
      channel: id,
      links: [{ listing: "l1", link: "linked", record: mug.id }],
    });
    await user.click(within(await screen.findByTestId("toast")).getByText("Undo"));
    await waitFor(() => expect(said).toHaveLength(2));
    expect(said[1]?.links).toEqual([{ listing: "l1", link: "unmatched", record: null }]);

    await user.click(within(await row("CUP-1")).getByTestId("listing-menu"));
    await user.click(await screen.findByTestId("choose"));
    const dialog = await screen.findByRole("dialog", { name: "Which product is CUP-1?" });
    fill("choose-product", "NOPE-1");
    await user.click(within(dialog).getByRole("button", { name: "Link" }));
    expect(await within(dialog).findByText("There is no product NOPE-1.")).toBeInTheDocument();
    fill("choose-product", "KIT-1001");
    await user.click(within(dialog).getByRole("button", { name: "Link" }));
    await waitFor(() => expect(said).toHaveLength(3));
    expect(said[2]?.links).toEqual([{ listing: "l2", link: "linked", record: mug.id }]);
  });

  test("is linked, created here or ignored in bulk", async () => {
    const host = await coreHost();
    const { id } = await channel(host);
    const mug = await productOf(host, "KIT-1001");
    const found = { id: mug.id, sku: "KIT-1001", name: "Enamel mug" };
    const said = shopHas(host, [
      listing({ id: "l1", candidates: [found] }),
      listing({ id: "l2", sku: "CUP-1", candidates: [found, { ...found, id: "other" }] }),
    ]);
    const { user } = renderWindow(`/channels/${id}/match`, host);
    await user.click(await screen.findByTestId("select-all"));
    expect(screen.getByTestId("bulk")).toHaveTextContent("2 listings selected");
    // Which of two it is cannot be told by the many.
    expect(screen.getByTestId("bulk-link")).toHaveTextContent("Link 1 found");
    await expectAccessible();
    await user.click(screen.getByTestId("bulk-link"));
    await waitFor(() => expect(said).toHaveLength(1));
    expect(said[0]?.links).toEqual([{ listing: "l1", link: "linked", record: mug.id }]);
    await user.click(screen.getByRole("checkbox", { name: "Select CUP-1" }));
    await user.click(screen.getByTestId("bulk-create"));
    await waitFor(() => expect(said).toHaveLength(2));
    expect(said[1]?.links).toEqual([{ listing: "l2", link: "wanted_here", record: null }]);
    await user.click(screen.getByTestId("select-all"));
    await user.click(screen.getByTestId("bulk-ignore"));
    await waitFor(() =>
      expect(said[2]?.links.map(({ link }) => link)).toEqual(["ignored", "ignored"]),
    );
  });

  test("is selected as a whole, beyond what is shown", async () => {
    const host = await coreHost();
    const { id } = await channel(host);
    const rows = Array.from({ length: 620 }, (_, n) => listing({ id: `l${n}`, sku: `S-${n}` }));
    const said = shopHas(host, rows);
    follow(host, {
      "listings.list": ({ after, limit }) => {
        const end = (after ?? 0) + limit;
        return { rows: rows.slice(after ?? 0, end), next: end < rows.length ? end : null };
      },
      "channels.status": async (_, real) =>
        (await real()).map((one) =>
          Object.assign(one, { sums: Object.assign(one.sums, { unmatched: 620 }) }),
        ),
    });
    const { user } = renderWindow(`/channels/${id}/match`, host);
    await user.click(await screen.findByTestId("select-all"));
    const everything = await screen.findByRole("button", { name: "Select all 620" });
    await user.click(everything);
    expect(await screen.findByText("620 listings selected")).toBeInTheDocument();
    expect(everything).not.toBeInTheDocument();
    await user.click(screen.getByRole("checkbox", { name: "Select S-0" }));
    expect(screen.getByTestId("bulk")).toHaveTextContent("619 listings selected");
    await user.click(screen.getByTestId("bulk-create"));
    await waitFor(() => expect(said).toHaveLength(1));
    expect(said[0]?.links).toHaveLength(619);
  });

  test("is listed by how it stands, and found in all lists by its title", async () => {
    const host = await coreHost();
    const { id } = await channel(host);
    const said = shopHas(host, [
      listing({ id: "l1", link: "ignored", title: "Old mug" }),
      listing({ id: "l2", sku: "CUP-1", title: "Cup", gone: true, link: "linked" }),
    ]);
    const { user } = renderWindow(`/channels/${id}/match?show=ignored`, host);
    await user.click(within(await row("MUG-9")).getByTestId("listing-menu"));
    await user.click(await screen.findByTestId("unlink"));
    await waitFor(() => expect(said[0]?.links[0]?.link).toBe("unmatched"));
    await user.click(screen.getByTestId("listing-filter"));
    await user.click(await screen.findByRole("option", { name: "Linked 0" }));
    expect(await row("CUP-1")).toHaveTextContent("Gone from the shop");
    expect(window.location.hash).toContain("show=linked");
    fill("listing-search", "Old");
    expect(await row("MUG-9")).toBeInTheDocument();
    await waitFor(() => expect(window.location.hash).toContain("q=Old"));
  });

  test("says that the shop was not read yet, and what waits to be created there", async () => {
    const host = await coreHost();
    const { id } = await channel(host);
    const mug = await productOf(host, "KIT-1001");
    await host.call("listings.want", { channel: id, records: [mug.id], wanted: true });
    const { user } = renderWindow(`/channels/${id}/match`, host);
    expect(await screen.findByText("The shop was not read yet")).toBeInTheDocument();
    await user.click(screen.getByTestId("match-all"));
    expect(await screen.findByText(/Nothing more is certain/)).toBeInTheDocument();
    await user.click(screen.getByTestId("listing-filter"));
    await user.click(await screen.findByRole("option", { name: "Wanted there 1" }));
    await user.click(within(await row("KIT-1001")).getByTestId("unwant"));
    expect(await screen.findByText("Nothing is wanted there")).toBeInTheDocument();
    expect(await host.call("listings.of", { id: mug.id })).toEqual([]);
  });

  test("tells what failed, why, and what to do", async () => {
    const host = await coreHost();
    const { id } = await channel(host);
    const problem = {
      message: "The shop refuses the price.",
      hint: "Give it a price above zero.",
      at: Date.now(),
      tries: 3,
      retries: true,
      requestId: "req-7",
    };
    const wanted = { id: "l2", sku: "CUP-1", link: "wanted_there" as const };
    const said = shopHas(host, [
      listing({ id: "l1", link: "linked", problem }),
      listing({ ...wanted, problem: { ...problem, retries: false } }),
    ]);
    const synced: SyncChannel[] = [];
    follow(host, {
      "channels.sync": (request) => {
        synced.push(request);
        throw new CommandError({ code: "invalid", message: "Not in this test." });
      },
    });
    const { user } = renderWindow(`/channels/${id}`, host);
    await user.click(await screen.findByTestId("tab-failures"));
    const failure = await row("MUG-9");
    expect(failure).toHaveTextContent("The shop refuses the price.");
    expect(failure).toHaveTextContent("Give it a price above zero.");
    expect(failure).toHaveTextContent("3 tries");
    expect(failure).toHaveTextContent("The next sync tries it again.");
    expect(await row("CUP-1")).not.toHaveTextContent("The next sync tries it again.");
    await expectAccessible();
    await user.click(within(failure).getByTestId("retry"));
    await waitFor(() => expect(synced).toEqual([{ id, listings: ["l1"] }]));
    await waitFor(() => expect(screen.getByTestId("retry-all")).toBeEnabled());
    await user.click(screen.getByTestId("retry-all"));
    await waitFor(() => expect(synced[1]).toEqual({ id, listings: ["l1", "l2"] }));
    await user.click(screen.getByTestId("select-all"));
    const bulk = screen.getByTestId("bulk");
    expect(bulk).toHaveTextContent("2 failures selected");
    expect(screen.getByTestId("retry-selected")).toHaveTextContent("Retry 2");
    // What is not there yet cannot be left alone there.
    expect(screen.getByTestId("ignore-selected")).toHaveTextContent("Ignore 1");
    await user.click(screen.getByTestId("ignore-selected"));
    await waitFor(() =>
      expect(said[0]?.links).toEqual([{ listing: "l1", link: "ignored", record: null }]),
    );
  });
});

test("a listing is opened in its shop by the shell, which is told the listing alone", async () => {
  const host = await coreHost();
  const { id } = await channel(host);
  shopHas(host, [listing({ id: "l1" }), listing({ id: "l2", sku: "CUP-1", address: "" })]);
  const { user } = renderWindow(`/channels/${id}/match`, host);
  await user.click(within(await row("MUG-9")).getByTestId("open-in-shop"));
  expect(host.opened).toEqual(["l1"]);
  expect(within(await row("CUP-1")).queryByTestId("open-in-shop")).not.toBeInTheDocument();
});

describe("which field goes where", () => {
  test("is added, changed in place, removed and added once more", async () => {
    const host = await coreHost();
    const { id } = await channel(host);
    const { user } = renderWindow(`/channels/${id}/fields`, host);
    expect(await screen.findByText("No field is kept in step")).toBeInTheDocument();
    const add = async () => {
      await user.click(screen.getByTestId("pair-ours"));
      await user.click(await screen.findByRole("option", { name: "Store price" }));
      fill("pair-theirs", "variant.price");
      await user.click(screen.getByTestId("add-pair"));
    };
    await add();
    const price = await row("Store price");
    expect(within(price).getByTestId("owner")).toHaveValue("Both, ask on conflict");
    await expectAccessible();
    await user.click(within(price).getByTestId("owner"));
    await user.click(await screen.findByRole("option", { name: "The shop" }));
    expect(await screen.findByText("Store price: The shop.")).toBeInTheDocument();
    const of = { field: "channel_field.channel", id };
    const request = { trashed: false, of, descending: false, offset: 0, limit: 10 };
    const { rows } = await host.call("channel_fields.list", request);
    expect(rows[0]?.fields["channel_field.owner"]).toBe("they");
    await user.click(within(await row("Store price")).getByTestId("remove-pair"));
    expect(await screen.findByText("No field is kept in step")).toBeInTheDocument();
    await add();
    await waitFor(async () =>
      expect(within(await row("Store price")).getByTestId("owner")).toHaveValue(
        "Both, ask on conflict",
      ),
    );
  });

  test("offers what the shop has, once it was read", async () => {
    const host = await coreHost();
    const { id } = await channel(host);
    follow(host, {
      "channels.fields": () => [
        {
          field: "variant.price",
          label: "Price",
          kind: "money",
          level: "variant",
          writable: true,
          maxChars: 0,
          places: 2,
        },
      ],
    });
    const { user } = renderWindow(`/channels/${id}/fields`, host);
    await user.click(await screen.findByTestId("pair-ours"));
    await user.click(await screen.findByRole("option", { name: "Store price" }));
    await user.click(screen.getByTestId("pair-theirs"));
    await user.click(await screen.findByRole("option", { name: "Price" }));
    await user.click(screen.getByTestId("add-pair"));
    expect(await row("Store price")).toHaveTextContent("Price variant.price");
  });
});

/** A request of the log; one of them went wrong. */
const exchange = (place: number): ChannelExchange => ({
  place,
  at: Date.now(),
  operation: `products ${place}`,
  status: 200,
  requestId: "req-7",
  tookMs: 120,
  cost: 12,
  sent: 300,
  received: 4000,
  request: "query { shop }",
  error: place === 150 ? "Throttled" : "",
});

test("what was said to a shop is read page by page", async () => {
  const host = await coreHost();
  const { id } = await channel(host);
  follow(host, {
    "channels.exchanges": ({ before, limit }) => {
      const from = (before ?? 151) - 1;
      const count = Math.min(limit, from);
      return { rows: Array.from({ length: count }, (_, index) => exchange(from - index)) };
    },
  });
  const { user } = renderWindow(`/channels/${id}/log`, host);
  expect(await screen.findAllByTestId("exchange")).toHaveLength(100);
  expect(screen.getByText("Throttled")).toBeInTheDocument();
  await user.click(screen.getByTestId("more-exchanges"));
  await waitFor(() => expect(screen.getAllByTestId("exchange")).toHaveLength(150));
  expect(screen.queryByTestId("more-exchanges")).not.toBeInTheDocument();
  await expectAccessible(screen.getByTestId("exchanges"));
});

test("the form of a channel saves how it is worked, and not what the shop said", async () => {
  const host = await coreHost();
  const { id } = await channel(host);
  const { user } = renderWindow(`/channels/${id}`, host);
  expect(await screen.findByTestId("field-channel.currency")).toHaveAttribute("readonly");
  expect(screen.getByTestId("field-channel.platform")).toHaveAttribute("readonly");
  fill("field-channel.buffer", "2");
  await expectAccessible();
  await user.keyboard("{Control>}s{/Control}");
  expect(await screen.findByText("Shop North saved.")).toBeInTheDocument();
  expect((await host.call("channels.get", { id })).fields["channel.buffer"]).toBe(2);
});

test("who may sync matches and sees fields and failures, but neither changes fields nor reads the log", async () => {
  const owner = await coreHost();
  const { id } = await channel(owner);
  await owner.call("channel_fields.create", {
    fields: {
      "channel_field.channel": "Shop North",
      "channel_field.field": "store_price",
      "channel_field.shop_field": "variant.price",
      "channel_field.owner": "we",
    },
  });
  const host = await owner.another("operator");
  shopHas(host, [listing({ id: "l1" })]);
  renderWindow(`/channels/${id}/match`, host);
  expect(within(await row("MUG-9")).getByTestId("listing-menu")).toBeInTheDocument();
  expect(screen.queryByTestId("tab-log")).not.toBeInTheDocument();
  window.location.hash = `#/channels/${id}/fields`;
  expect(await row("Store price")).toHaveTextContent("We");
  expect(screen.queryByTestId("owner")).not.toBeInTheDocument();
  expect(screen.queryByTestId("add-pair")).not.toBeInTheDocument();
});

test("who only looks sees what the shop has, and can say nothing of it", async () => {
  const owner = await coreHost();
  const { id } = await channel(owner);
  const host = await owner.another("viewer");
  shopHas(host, [listing({ id: "l1" })]);
  renderWindow(`/channels/${id}/match`, host);
  const mug = within(await row("MUG-9"));
  expect(mug.queryByTestId("listing-menu")).not.toBeInTheDocument();
  expect(mug.queryByRole("checkbox")).not.toBeInTheDocument();
  expect(screen.queryByTestId("match-all")).not.toBeInTheDocument();
});
