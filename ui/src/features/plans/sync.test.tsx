import { screen, waitFor, within } from "@testing-library/react";
import { expect, inject, test } from "vitest";

import { coreHost } from "../../host/pipe";
import { planFile } from "../../host/pipe/imports";
import { channel } from "../../test/channel";
import { plannedRecord } from "../../test/plannedRecord";
import { expectAccessible, renderWindow } from "../../test/render";
import { follow } from "../../test/stubHost";
import { reviewColumns } from "./reviewColumns";
import { reviewedKinds } from "./reviewedKinds";

const PRICE = "store_price";
const change = { field: PRICE, old: 90_000, new: 99_000 };

const PUSHED = plannedRecord({ number: 1, line: null, kind: "listing", changes: [change] });
const PULLED = plannedRecord({
  number: 2,
  line: null,
  code: "AB-2",
  changes: [{ field: "stock", old: 1, new: 2 }],
});
const DISPUTED = plannedRecord({
  number: 3,
  line: null,
  code: "AB-3",
  outcome: "conflict",
  conflicts: [{ field: PRICE, base: 95_000, current: 99_000, proposed: 102_000 }],
});

/** A plan of the core as if it were a sync with a shop, with these records. */
async function reviewSync(rows = [PUSHED, PULLED, DISPUTED]) {
  const host = await coreHost();
  const { id: shop } = await channel(host);
  const id = await planFile(host, "june.csv", "sku,stock\nKIT-1001,7\n");
  follow(host, {
    "plans.get": async (_, real) => {
      const plan = await real();
      const counts = { ...plan.counts, update: 2, conflict: 1, resolvable: 1 };
      const changedFields = [PRICE, "stock"];
      const kinds = ["product" as const, "listing" as const];
      const origin = "sync" as const;
      return {
        ...plan,
        origin,
        title: "Sync Shop North",
        channel: shop,
        counts,
        changedFields,
        kinds,
      };
    },
    "plans.rows": ({ offset, limit }) => ({
      rows: rows.slice(offset, offset + limit),
      total: rows.length,
    }),
  });
  const app = renderWindow(`/plans/${id}`, host);
  await waitFor(() => expect(screen.getAllByTestId("grid-row")).toHaveLength(rows.length));
  return { ...app, shop };
}

test("a sync says of each record where it goes, and both directions share the columns", async () => {
  await reviewSync();
  const [pushed, pulled, disputed] = screen.getAllByTestId("grid-row");
  const toShop = within(pushed ?? document.body).getByTestId("direction-shop");
  await waitFor(() => expect(toShop).toHaveAttribute("title", "Goes to Shop North"));
  expect(pushed).toHaveTextContent(/9\.00.*9\.90/);
  const here = within(pulled ?? document.body).getByTestId("direction-here");
  expect(here).toHaveAttribute("title", "Comes here from Shop North");
  expect(within(disputed ?? document.body).queryByTestId(/^direction/)).toBeNull();
  expect(screen.getAllByRole("columnheader", { name: /Store price/ })).toHaveLength(1);
  await expectAccessible();
});

test("a conflict of a sync names the sides here and in the shop, and so do its decisions", async () => {
  const { user } = await reviewSync();
  const line = await screen.findByTestId("plan-line");
  expect(line).toHaveTextContent(/agreed .*9\.50 · here .*9\.90 · there .*10\.20/);
  const decision = within(screen.getByTestId("plan-decision"));
  expect(decision.getByRole("button", { name: "Keep ours" })).toBeInTheDocument();
  expect(decision.getByRole("button", { name: "Take the shop's" })).toBeInTheDocument();
  await user.click(screen.getByTestId("plan-line"));
  const conflict = await screen.findByTestId("plan-conflict");
  const headings = within(conflict).getAllByRole("columnheader");
  expect(headings.map(({ textContent }) => textContent)).toEqual([
    "Field",
    "Agreed",
    "Here",
    "There",
  ]);
});

test("a decided conflict says where it goes, and what has no SKU is called by its title", async () => {
  const kept = { ...DISPUTED, number: 1, resolution: "keep" as const };
  const taken = { ...DISPUTED, number: 2, resolution: "take" as const };
  const problem = { column: "", field: null, value: "", message: "It has no SKU.", hint: null };
  const nameless = plannedRecord({
    number: 3,
    line: null,
    code: "",
    title: "Mug from the shop",
    outcome: "error",
    problems: [problem],
  });
  const { user } = await reviewSync([kept, taken, nameless]);
  const [ours, theirs, unnamed] = screen.getAllByTestId("grid-row");
  expect(within(ours ?? document.body).getByTestId("direction-shop")).toHaveTextContent("shop");
  expect(within(theirs ?? document.body).getByTestId("direction-here")).toHaveTextContent("here");
  expect(unnamed).toHaveTextContent(/Mug from the shop.*It has no SKU\./);
  await user.click(within(unnamed ?? document.body).getByTestId("plan-line"));
  expect(await screen.findByTestId("panel-title")).toHaveTextContent("Mug from the shop");
  await expectAccessible();
});

test("the review of a sync belongs to the channels", async () => {
  await reviewSync();
  await waitFor(() =>
    expect(screen.getByTestId("area-channels")).toHaveAttribute("data-covers", "true"),
  );
  expect(screen.getByTestId("area-imports")).not.toHaveAttribute("data-covers");
});

test("a sync that is thrown away leads back to its channel", async () => {
  const { user, shop } = await reviewSync();
  await user.click(screen.getByTestId("plan-cancel"));
  await waitFor(() => expect(window.location.hash).toBe(`#/channels/${shop}`));
});

test("what goes to a shop alone is told by the fields of products, its name too", () => {
  const kinds = reviewedKinds(inject("kinds"), ["listing"]);
  const columns = reviewColumns(
    { origin: "sync", kinds, changedFields: ["name", PRICE], shop: "North" },
    null,
  );
  const name = { field: "name", old: "Mug", new: "Enamel mug" };
  const record = plannedRecord({ kind: "listing", changes: [name, change] });
  const column = (key: string) => columns.find((each) => each.key === key);
  expect(column(PRICE)?.text?.(record)).toBe("9.90");
  expect(column("name")?.fits?.(record)).toBe("Mug → Enamel mug");
  expect(column("outcome")?.text?.(record)).toBe("Update shop");
});
