import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { coreHost, productOf, saveField } from "../../host/pipe";
import { applyPlan, planFile } from "../../host/pipe/imports";
import { expectAccessible, recordCalls, renderWindow } from "../../test/render";
import { pressed, whoChanged } from "./decisions";

const FILE = "sku,stock,store_price\nKIT-1001,7,12.90\nKIT-1002,3,21.00\n";

/** The review of an import of which one record was kept: another user gave it another price. */
async function reviewConflicts() {
  const host = await coreHost();
  const id = await planFile(host, "supplier-june.csv", FILE);
  await saveField(await host.another("manager"), "KIT-1001", "store_price", 95_000);
  await applyPlan(host, id);
  const calls = recordCalls(host);
  const app = renderWindow(`/plans/${id}`, host);
  await app.user.click(await screen.findByTestId("plan-tab-conflict"));
  await screen.findByTestId("plan-decision");
  return { ...app, host, calls, id };
}

const count = (key: string) => Number(screen.getByTestId(`plan-count-${key}`).textContent);
const decision = (name: string) =>
  within(screen.getByTestId("plan-decision")).getByRole("button", { name });
const chosen = (name: string) => decision(name).getAttribute("aria-pressed");

test("a conflict shows both values and who it was, and is decided with a click", async () => {
  const { user } = await reviewConflicts();
  expect(screen.getByTestId("plan-line")).toHaveTextContent(/Store price file .+ · now .*9\.50/);
  expect(screen.getByTestId("plan-line")).toHaveTextContent(/\(Ben Ode, .+\)/);
  expect(screen.queryByTestId("plan-apply-decisions")).not.toBeInTheDocument();
  await user.click(decision("File"));
  await waitFor(() => expect(chosen("File")).toBe("true"));
  expect(await screen.findByTestId("plan-apply-decisions")).toHaveTextContent("Apply 1 decision");
  expect(count("conflict"), "the tabs do not jump").toBe(1);
  expect(screen.queryByTestId("plan-record"), "the record stays closed").not.toBeInTheDocument();
  await user.click(decision("Keep"));
  await waitFor(() => expect(chosen("Keep")).toBe("true"));
  await waitFor(() => expect(screen.queryByTestId("plan-apply-decisions")).not.toBeInTheDocument());
  await expectAccessible();
});

test("1 and 2 decide the row that the arrows have come to, and take it back", async () => {
  const { user, calls } = await reviewConflicts();
  await user.keyboard("1");
  expect(
    calls.some(({ name }) => name === "plans.resolve"),
    "not without a row",
  ).toBe(false);
  screen.getByRole("grid").focus();
  await user.keyboard("1");
  await waitFor(() => expect(chosen("File")).toBe("true"));
  await user.keyboard("2");
  await waitFor(() => expect(chosen("Keep")).toBe("true"));
  await user.keyboard("2");
  await waitFor(() => expect(chosen("Keep")).toBe("false"));
});

test("all that are listed are decided at once", async () => {
  const { user, calls, id } = await reviewConflicts();
  expect(screen.getByTestId("plan-decide-all")).toHaveTextContent("1 conflict:");
  await user.click(screen.getByRole("button", { name: "Take the file's values" }));
  await waitFor(() => expect(chosen("File")).toBe("true"));
  expect(screen.getByTestId("plan-decide-all")).toHaveTextContent("1 of 1 conflict taken");
  await user.type(screen.getByTestId("plan-search"), "KIT-1001");
  await screen.findByText("All found for “KIT-1001”:");
  await user.click(screen.getByRole("button", { name: "Keep what is there" }));
  await waitFor(() =>
    expect(calls).toContainEqual({
      name: "plans.resolve",
      request: { id, resolution: "keep", search: "KIT-1001" },
    }),
  );
});

test("the record shows the three values and can be decided there", async () => {
  const { user } = await reviewConflicts();
  screen.getByRole("grid").focus();
  await user.keyboard("{Enter}");
  const conflict = await screen.findByTestId("plan-conflict");
  expect(conflict).toHaveTextContent("Last changed by Ben Ode");
  expect(within(conflict).getByRole("columnheader", { name: "Was" })).toBeVisible();
  expect(within(conflict).getByRole("row", { name: /Store price/ })).toHaveTextContent(/9\.50/);
  await user.click(within(conflict).getByRole("button", { name: "File" }));
  await waitFor(() =>
    expect(within(conflict).getByRole("button", { name: "File" })).toHaveAttribute(
      "aria-pressed",
      "true",
    ),
  );
  await expectAccessible();
});

test("what is decided after applying is applied as a batch of its own", async () => {
  const { user, host } = await reviewConflicts();
  expect(await screen.findByText("1 record kept until you decide.")).toBeVisible();
  await user.click(decision("File"));
  await user.click(await screen.findByTestId("plan-apply-decisions"));
  await waitFor(() => expect(count("conflict")).toBe(0));
  const { rows } = await host.call("batches.list", { offset: 0, limit: 1 });
  expect(rows[0]?.counts).toMatchObject({ read: 1, updated: 1, kept: 0 });
  const { fields } = await productOf(host, "KIT-1001");
  expect([fields["stock"], fields["store_price"]]).toEqual([7, 129_000]);
  expect(screen.queryByTestId("plan-apply-decisions")).not.toBeInTheDocument();
  expect(await screen.findByText("1 decision applied")).toBeVisible();
  expect(await screen.findByRole("button", { name: "Undo the decisions" })).toBeVisible();
});

test("choosing the same again takes it back, and nobody is named whom nobody knows", () => {
  expect(pressed("take", "take")).toBeNull();
  expect(pressed("keep", "take")).toBe("take");
  expect(whoChanged({ changedBy: null, changedAt: null })).toBeNull();
  expect(whoChanged({ changedBy: "", changedAt: null })).toBeNull();
  expect(whoChanged({ changedBy: "Vic", changedAt: null })).toBe("Vic");
});
