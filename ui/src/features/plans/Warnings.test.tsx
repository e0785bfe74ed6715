import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { coreHost } from "../../host/pipe";
import { planFile } from "../../host/pipe/imports";
import { expectAccessible, renderWindow } from "../../test/render";

/** One product of the practice catalogue written another way, prices that jump, two wrong stocks. */
const FILE = [
  "sku,name,stock,store_price",
  "KIT-1002,Whisk,3,999.00",
  "kit-1001,Kettle,3,12.90",
  "AB-1,Bowl,1O,1.00",
  "AB-2,Cup,2O,1.00",
  "AB-3,Jug,3,1.00",
  "",
].join("\n");

async function review() {
  const host = await coreHost();
  const id = await planFile(host, "supplier-june.csv", FILE);
  const app = renderWindow(`/plans/${id}`, host);
  await screen.findAllByTestId("grid-row");
  return { ...app, host, id };
}

const count = (key: string) => Number(screen.getByTestId(`plan-count-${key}`).textContent);
const shows = (rows: number) =>
  waitFor(() => expect(screen.getByRole("grid").getAttribute("aria-rowcount")).toBe(`${rows + 1}`));

test("a warning shows the records that it is about, and all again", async () => {
  const { user } = await review();
  const warning = screen.getByTestId("plan-warning-jumps");
  expect(warning).toHaveTextContent("Store price: 1 value changes by more than 20 %");
  await user.click(warning);
  await shows(1);
  expect(warning).toHaveAttribute("aria-pressed", "true");
  await expectAccessible();
  await user.click(warning);
  await shows(5);
});

test("a look-alike becomes what it looks like, in the list or in its record", async () => {
  const { user } = await review();
  expect(count("create")).toBe(2);
  await user.click(screen.getByTestId("plan-warning-looksLikeExisting"));
  await shows(1);
  await user.click(await screen.findByTestId("plan-take-alike"));
  await waitFor(() => expect(count("create")).toBe(1));
  expect(count("update")).toBe(2);
  expect(screen.getByTestId("plan-revised")).toHaveTextContent("1 corrected");
  await screen.findByText("No record is left here");
  expect(screen.queryByTestId("plan-revise"), "nothing is listed").not.toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "1 corrected" }));
  await user.click(await screen.findByTestId("plan-put-back"));
  await waitFor(() => expect(count("create")).toBe(2));
  await user.click(screen.getByTestId("plan-warning-looksLikeExisting"));
  await shows(1);
  screen.getByRole("grid").focus();
  await user.keyboard("{Enter}");
  const panel = await screen.findByTestId("plan-record");
  await user.click(await within(panel).findByRole("button", { name: "It is KIT-1001" }));
  await waitFor(() => expect(count("create")).toBe(1));
});

test("errors are grouped by rule and column; a group, a column or a row is left out", async () => {
  const { user } = await review();
  await user.click(screen.getByTestId("plan-tab-error"));
  const group = await screen.findByTestId("plan-problem-group");
  expect(group).toHaveTextContent(/^stock.+2$/);
  expect(screen.getAllByTestId("plan-line")[0]).toHaveTextContent(/^stock/);
  await user.click(group);
  await user.click(
    await screen.findByRole("button", { name: "Leave the column Stock on hand out" }),
  );
  await waitFor(() => expect(count("error")).toBe(0));
  expect(screen.getByTestId("plan-revised")).toHaveTextContent("Without Stock on hand");
  // The counts come before the answer to the change.
  const back = screen.getByTestId("plan-put-columns-back");
  await waitFor(() => expect(back).toBeEnabled());
  await user.click(back);
  await waitFor(() => expect(count("error")).toBe(2));
  await user.click(await screen.findByTestId("plan-leave-out"));
  await waitFor(() => expect(count("skipped")).toBe(2));
  expect(count("error")).toBe(0);
});

test("a value is corrected in place and checked again", async () => {
  const { user } = await review();
  await user.click(screen.getByTestId("plan-tab-error"));
  await shows(2);
  screen.getByRole("grid").focus();
  await user.keyboard("{Enter}");
  const field = await screen.findByTestId("plan-fix");
  expect(field).toHaveValue("1O");
  await user.clear(field);
  await user.type(field, "ten{Enter}");
  await waitFor(() =>
    expect(screen.getByTestId("plan-problem")).toHaveTextContent('"ten" is not a number'),
  );
  await waitFor(() => expect(screen.getByTestId("plan-revised")).toHaveTextContent("1 corrected"));
  const again = screen.getByTestId("plan-fix");
  await user.clear(again);
  await user.type(again, "10{Enter}");
  await waitFor(() => expect(count("error")).toBe(1));
  expect(count("create")).toBe(3);
});

test("the largest changes come first", async () => {
  const { user } = await review();
  await user.click(screen.getByTestId("plan-warning-looksLikeExisting"));
  await user.click(await screen.findByTestId("plan-take-alike"));
  await waitFor(() => expect(count("update")).toBe(2));
  await user.click(screen.getByTestId("plan-tab-update"));
  await user.click(screen.getByTestId("plan-by-size"));
  await waitFor(() => expect(window.location.hash).toContain("sort=size"));
  await shows(2);
  expect(screen.getAllByTestId("grid-row")[0]).toHaveTextContent("KIT-1002");
});
