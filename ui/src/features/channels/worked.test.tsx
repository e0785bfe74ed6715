import { screen } from "@testing-library/react";
import { describe, expect, test } from "vitest";

import { coreHost, productOf } from "../../host/pipe";
import { channel, listing } from "../../test/channel";
import { expectAccessible, fill, renderWindow } from "../../test/render";
import { follow } from "../../test/stubHost";

const row = (name: string) => screen.findByRole("row", { name });

describe("what waits for a shop", () => {
  const waits = { toShop: ["store_price"], toHere: ["name"], disputed: [], since: 1_000 };

  test("says what it is, since when and why it did not go yet", async () => {
    const host = await coreHost();
    const { id } = await channel(host);
    const rows = [
      listing({ id: "l1", link: "linked", waits, whyNotYet: "No sync runs by itself." }),
      listing({ id: "l2", sku: "POT-1", link: "linked", waits: { ...waits, disputed: ["brand"] } }),
      listing({ id: "l3", sku: "NEW-1", link: "wanted_there", address: "" }),
    ];
    follow(host, { "listings.list": () => ({ rows, next: null }) });
    renderWindow(`/channels/${id}/match?show=waiting`, host);
    const mug = await row("MUG-9");
    expect(mug).toHaveTextContent(/To the shop: Store price.*From the shop: Name/);
    expect(mug).toHaveTextContent("No sync runs by itself.");
    expect(await row("POT-1")).toHaveTextContent("Both changed: Brand");
    expect(await row("NEW-1")).toHaveTextContent("Create it in the shop");
    await expectAccessible();
  });

  test("is told by the status bar, with the way to it", async () => {
    const host = await coreHost();
    const { id } = await channel(host);
    const mug = await productOf(host, "KIT-1001");
    await host.call("listings.want", { channel: id, records: [mug.id], wanted: true });
    const { user } = renderWindow("/products", host);
    const told = await screen.findByTestId("waiting-for-shops");
    expect(told).toHaveTextContent("1 product waits for Shop North");
    await user.click(told);
    const queued = await row("KIT-1001");
    expect(queued).toHaveTextContent("Create it in the shop");
    expect(queued).toHaveTextContent("No sync runs by itself. Start one with Sync.");
  });
});

describe("the form of a channel", () => {
  test("offers the places of the shop by their names, once they are looked for", async () => {
    const host = await coreHost();
    const { id } = await channel(host, { "channel.place": "7", "channel.place_name": "Cellar" });
    const places = [
      { id: "7", name: "Cellar", active: true },
      { id: "8", name: "Warehouse", active: true },
    ];
    const asked: string[] = [];
    const said = { name: "North", currency: "EUR", timeZone: "", places, problems: [] };
    follow(host, {
      "channels.test": (request) => {
        asked.push(request.id);
        return said;
      },
    });
    const { user } = renderWindow(`/channels/${id}`, host);
    const place = await screen.findByTestId("field-channel.place");
    expect(place).toHaveValue("Cellar");
    expect(asked, "the shop is left alone until then").toEqual([]);
    await user.click(place);
    await user.click(await screen.findByRole("option", { name: "Warehouse" }));
    await user.keyboard("{Control>}s{/Control}");
    expect(await screen.findByText("Shop North saved.")).toBeInTheDocument();
    const { fields } = await host.call("channels.get", { id });
    expect(fields["channel.place"]).toBe("8");
    expect(fields["channel.place_name"]).toBe("Warehouse");
  });

  test("takes a typed place where the shop cannot be asked", async () => {
    const host = await coreHost();
    const { id } = await channel(host);
    const { user } = renderWindow(`/channels/${id}`, host);
    await user.click(await screen.findByTestId("field-channel.place"));
    expect(await screen.findByText(/The shop does not say its places/)).toBeInTheDocument();
    fill("field-channel.place", "12");
    await expectAccessible();
    await user.keyboard("{Control>}s{/Control}");
    expect(await screen.findByText("Shop North saved.")).toBeInTheDocument();
    expect((await host.call("channels.get", { id })).fields["channel.place"]).toBe("12");
  });

  test("cannot clear the words by which the shop is worked", async () => {
    const host = await coreHost();
    const { id } = await channel(host);
    renderWindow(`/channels/${id}`, host);
    await screen.findByTestId("field-channel.state");
    for (const field of ["state", "new_here", "new_there", "stock"]) {
      const input = screen.getByTestId(`field-channel.${field}`);
      const control = input.closest<HTMLElement>(".mantine-Select-root");
      expect(control).not.toBeNull();
      // What can be cleared has a button for it.
      expect(control?.querySelector("button")).toBeNull();
    }
  });
});
