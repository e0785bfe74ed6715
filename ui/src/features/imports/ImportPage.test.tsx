import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { fakeHost } from "../../host/fake";
import { expectAccessible, recordCalls, renderApp } from "../../test/render";

const FILE = "/imports/new?file=file-1&name=supplier-june.csv";

async function openFile(path = FILE) {
  const host = fakeHost({ importRows: 400 });
  const calls = recordCalls(host);
  const app = renderApp(path, {}, host);
  await screen.findByTestId("import-draft");
  return { ...app, calls };
}

const mapping = (column: number) => screen.getByTestId(`mapping-${column}`);
const goOn = () => screen.getByTestId("import-continue");

test("a file is chosen in the native dialog, read and shown", async () => {
  const { user } = renderApp("/imports/new", { importRows: 400 });
  await user.click(await screen.findByTestId("import-choose"));
  expect(await screen.findByText("400 rows · 2.3 MB")).toBeVisible();
  const preview = within(await screen.findByTestId("import-preview"));
  expect(preview.getByRole("columnheader", { name: "cost_price" })).toBeVisible();
  expect(preview.getAllByRole("row")).toHaveLength(6);
  await expectAccessible();
});

test("columns are matched by name, and what is left out is named", async () => {
  await openFile();
  expect(mapping(0)).toHaveValue("SKU");
  expect(mapping(5)).toHaveValue("Brand");
  expect(mapping(21)).toHaveValue("Not imported");
  expect(screen.getByTestId("import-mapped")).toHaveTextContent("23 of 25 columns imported");
  expect(screen.getByText("Not imported: main_image, alt_images")).toBeVisible();
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
  await user.click(mapping(21));
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
  await waitFor(() => expect(goOn()).toBeEnabled());
  await user.click(goOn());
  await screen.findByTestId("plan-apply");
  window.history.back();
  await screen.findByTestId("import-draft");
  expect(screen.getByTestId("import-only-update")).toBeChecked();
  expect(goOn()).toBeEnabled();
});

test("a file that is no text says so and offers another one", async () => {
  renderApp("/imports/new?file=broken.xlsx&name=broken.xlsx");
  const state = await screen.findByTestId("error-state");
  expect(state).toHaveTextContent("broken.xlsx could not be read");
  expect(state).toHaveTextContent("Save it as CSV");
  expect(within(state).getByTestId("import-choose")).toBeVisible();
  await expectAccessible();
});
