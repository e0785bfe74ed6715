import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { coreHost, type CoreHost } from "../../host/pipe";
import { importFile, supplierFile } from "../../host/pipe/imports";
import type { JobStatus } from "../../bindings";
import { expectAccessible, recordCalls, renderWindow } from "../../test/render";
import { follow } from "../../test/stubHost";

const HEAD = "sku,name,Vendor,qty,cost_price,store_price,promo_start,promo_end,picture_file,shelf";

/** A supplier's file whose dates can be read in two ways. */
const CONTENT = [
  HEAD,
  ...Array.from(
    { length: 40 },
    (_, index) =>
      `AB-${1000 + index},Cotton T-shirt ${index},TeeCo,${index},5.80,12.90,11/9/2026,11/10/2026,a.png,`,
  ),
  "",
].join("\n");

/** The draft of a file that was dropped. */
async function openFile() {
  const host = await coreHost();
  const { token, name } = await host.grant(await host.file("supplier-june.csv", CONTENT));
  const calls = recordCalls(host);
  const app = renderWindow(
    `/imports/new?${new URLSearchParams({ file: token, name }).toString()}`,
    host,
  );
  await screen.findByTestId("import-draft");
  return { ...app, calls };
}

const mapping = (column: number) => screen.getByTestId(`mapping-${column}`);
const goOn = () => screen.getByTestId("import-continue");
const holds = () => screen.getByTestId("import-holds");

test("a file is chosen in the native dialog, read and shown", async () => {
  const host = await coreHost();
  await host.choosePath(await host.file("supplier-june.csv", CONTENT));
  const { user } = renderWindow("/imports/new", host);
  await user.click(await screen.findByTestId("import-choose"));
  expect(await screen.findByText(/^40 rows · /)).toBeVisible();
  const preview = within(await screen.findByTestId("import-preview"));
  expect(preview.getByRole("columnheader", { name: "cost_price" })).toBeVisible();
  expect(preview.getAllByRole("row")).toHaveLength(6);
  await expectAccessible();
});

test("columns are matched by name, and what is left out is named", async () => {
  await openFile();
  expect(mapping(0)).toHaveValue("SKU");
  expect(mapping(2)).toHaveValue("Brand");
  expect(mapping(8)).toHaveValue("Not imported");
  expect(screen.getByTestId("import-mapped")).toHaveTextContent("8 of 10 columns imported");
  expect(screen.getByText("Not imported: picture_file, shelf")).toBeVisible();
});

test("the order of dates is asked with a value of the file, and nothing goes on before", async () => {
  const { user, calls } = await openFile();
  const question = screen.getByTestId("question-date-order");
  expect(question).toHaveTextContent("What does 11/9/2026 mean?");
  expect(goOn()).toBeDisabled();
  expect(screen.getByText("Say how the file writes dates.")).toBeVisible();
  await user.click(within(question).getByRole("radio", { name: /September/ }));
  await waitFor(() => expect(goOn()).toBeEnabled());
  expect(screen.getByTestId("question-date-order")).toBeVisible();
  const configured = calls.filter(({ name }) => name === "imports.configure");
  expect(configured.at(-1)?.request).toMatchObject({ settings: { dateOrder: "dmy" } });
});

test("a field that another column feeds cannot be chosen, and says by which", async () => {
  const { user, calls } = await openFile();
  await user.click(mapping(8));
  await user.keyboard("brand");
  const brand = await screen.findByRole("option", { name: /Brand.*from “Vendor”/, hidden: true });
  expect(brand).toHaveAttribute("data-combobox-disabled");
  await user.click(brand);
  expect(calls.filter(({ name }) => name === "imports.configure")).toEqual([]);
});

test("without a SKU column it asks for one, and takes the answer", async () => {
  const { user } = await openFile();
  await user.click(mapping(0));
  await user.keyboard("not imp{Enter}");
  const question = await screen.findByTestId("question-sku-column");
  expect(goOn()).toBeDisabled();
  await user.click(within(question).getByTestId("answer-sku-column"));
  await user.click(await screen.findByRole("option", { name: /^sku \(/, hidden: true }));
  await waitFor(() => expect(screen.queryByTestId("question-sku-column")).not.toBeInTheDocument());
  expect(mapping(0)).toHaveValue("SKU");
});

test("reading without a header proposes the columns anew", async () => {
  const { user } = await openFile();
  await user.click(screen.getByTestId("import-header"));
  await waitFor(() => expect(screen.getAllByText("Column 1")).not.toHaveLength(0));
  expect(screen.getByTestId("question-sku-column")).toBeVisible();
});

test("the way back from the review keeps the mapping", async () => {
  const { user } = await openFile();
  await user.click(screen.getByTestId("answer-mdy"));
  await user.click(screen.getByTestId("import-only-update"));
  // Not a moment is waited between the last answer and going on.
  await user.click(goOn());
  await screen.findByTestId("review");
  window.history.back();
  await screen.findByTestId("import-draft");
  expect(screen.getByTestId("import-only-update")).toBeChecked();
  expect(goOn()).toBeEnabled();
});

/** A supplier past the window, by its id. */
async function supplier(host: CoreHost, code: string): Promise<string> {
  const fields = { "supplier.code": code, "supplier.name": `The ${code}` };
  return (await host.call("suppliers.create", { fields })).record.id;
}

const PRICES = "Our SKU,Cost\nKIT-1001,4.20\nKIT-1002,1.10\n";

test("a price file that a supplier's panel asks for is read as that supplier's", async () => {
  const host = await coreHost();
  const id = await supplier(host, "ACME");
  await host.choosePath(await host.file("kiln-june.csv", PRICES));
  const { user } = renderWindow(`/purchasing/suppliers/${id}`, host);
  await user.click(await screen.findByTestId("record-menu"));
  await user.click(await screen.findByTestId("menu-price-file"));
  expect(await screen.findByText(/^Drop the price file of ACME/)).toBeVisible();
  expect(window.location.hash).toBe(`#/imports/new?sender=${id}`);
  await user.click(screen.getByTestId("import-choose"));
  await waitFor(() => expect(holds()).toHaveValue("Price file of ACME"));
  expect(screen.getByTestId("import-match-by")).toHaveValue("SKU");
  await user.click(goOn());
  await screen.findByTestId("review");
  expect(await screen.findByText("ACME/KIT-1001")).toBeVisible();
});

test("a price file is dropped where a supplier's is asked for, and any file elsewhere", async () => {
  const host = await coreHost();
  const id = await supplier(host, "ACME");
  const { token } = await host.grant(await host.file("june.csv", PRICES));
  renderWindow(`/imports/new?sender=${id}`, host);
  await screen.findByText(/^Drop the price file of ACME/);
  const files = [{ token, name: "june.csv", size: 9 }];
  act(() => host.emit({ type: "filesDropped", files }));
  await waitFor(() => expect(holds()).toHaveValue("Price file of ACME"));
  act(() => host.emit({ type: "filesDropped", files }));
  await waitFor(() => expect(holds()).toHaveValue("Products"));
});

test("what a file holds is said, and suppliers are found however many there are", async () => {
  const host = await coreHost();
  const rows = Array.from({ length: 520 }, (_, index) => `S-${1000 + index},Supplier ${index}`);
  await importFile(host, "suppliers.csv", ["Code,Name", ...rows, ""].join("\n"), "supplier");
  const { token, name } = await host.grant(await host.file("june.csv", PRICES));
  const { user } = renderWindow(
    `/imports/new?${new URLSearchParams({ file: token, name }).toString()}`,
    host,
  );
  await screen.findByTestId("import-draft");
  expect(holds()).toHaveValue("Products");
  await user.click(holds());
  await user.click(await screen.findByRole("option", { name: "Suppliers", hidden: true }));
  await waitFor(() => expect(window.location.hash).toContain("kind=supplier"));
  await waitFor(() => expect(holds()).toHaveValue("Suppliers"));
  expect(screen.queryByTestId("import-match-by")).not.toBeInTheDocument();
  await user.click(holds());
  await user.clear(holds());
  await user.type(holds(), "S-1519");
  await user.click(
    await screen.findByRole("option", { name: "Price file of S-1519", hidden: true }),
  );
  await waitFor(() => expect(holds()).toHaveValue("Price file of S-1519"));
  expect(await screen.findByTestId("import-match-by")).toHaveValue("SKU");
  await expectAccessible();
  await user.click(goOn());
  expect(await screen.findByText("S-1519/KIT-1001")).toBeVisible();
});

test("a file that is no text says so and offers another one", async () => {
  const host = await coreHost();
  const { token } = await host.grant(
    await host.file("broken.xlsx", "PK\u0003\u0004\u0014\u0000\u0006"),
  );
  renderWindow(
    `/imports/new?${new URLSearchParams({ file: token, name: "broken.xlsx" }).toString()}`,
    host,
  );
  const state = await screen.findByTestId("error-state");
  expect(state).toHaveTextContent("broken.xlsx could not be read");
  expect(state).toHaveTextContent("choose the CSV file inside");
  expect(within(state).getByTestId("import-choose")).toBeVisible();
  await expectAccessible();
});

test("a large file shows how far it is read, and that can be stopped", async () => {
  const job: JobStatus = {
    id: 7,
    kind: "open_import",
    label: "large.csv",
    state: "running",
    step: "Reading",
    done: 5_000,
    total: 20_000,
    startedAt: 0,
    at: 1_000,
    stepStartedAt: 0,
    plan: null,
    batch: null,
    error: null,
  };
  let fail: ((error: unknown) => void) | undefined;
  const host = follow(await coreHost(), {
    "imports.open": () => new Promise((_, reject) => (fail = reject)),
    "jobs.list": () => [job],
    "jobs.cancel": () => {
      fail?.({ code: "cancelled", message: "Stopped.", hint: null, fields: {}, retryAt: null });
      return { ...job, state: "cancelled" };
    },
  });
  const { user } = renderWindow("/imports/new?file=0&name=large.csv", host);
  const reading = within(await screen.findByTestId("import-reading"));
  expect(await reading.findByText("5,000 of 20,000 KB")).toBeVisible();
  await user.click(reading.getByTestId("import-stop"));
  expect(await screen.findByText("Reading large.csv was stopped")).toBeVisible();
  expect(screen.getByTestId("import-read-again")).toBeVisible();
});

test("back from a plan that is applied skips the mapping without reading the file again, and forward returns", async () => {
  const host = await coreHost();
  await host.choosePath(await host.file("supplier-june.csv", supplierFile(40)));
  const { user } = renderWindow("/imports", host);
  await user.click(await screen.findByTestId("import-new"));
  await user.click(await screen.findByTestId("import-choose"));
  await screen.findByTestId("import-draft");
  await user.click(goOn());
  await user.click(await screen.findByTestId("plan-apply"));
  await screen.findByTestId("plan-done");
  const calls = recordCalls(host);
  await user.click(screen.getByTestId("go-back"));
  expect(await screen.findByText("Drop a CSV file anywhere on the window")).toBeVisible();
  await user.click(screen.getByTestId("go-forward"));
  expect(await screen.findByTestId("plan-done")).toBeVisible();
  expect(calls.filter(({ name }) => name === "imports.open")).toEqual([]);
});

test("back from a plan that was not applied leads to its mapping", async () => {
  const host = await coreHost();
  await host.choosePath(await host.file("supplier-june.csv", supplierFile(40)));
  const { user } = renderWindow("/imports/new", host);
  await user.click(await screen.findByTestId("import-choose"));
  await screen.findByTestId("import-draft");
  await user.click(goOn());
  await screen.findByTestId("plan-apply");
  await user.click(screen.getByTestId("go-back"));
  expect(await screen.findByTestId("import-draft")).toBeVisible();
});
