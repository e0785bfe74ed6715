import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { fakeHost } from "../../host/fake";
import { expectAccessible, recordCalls, renderApp } from "../../test/render";
import { pressed, whoChanged } from "./decisions";

const MAPPED = new Set(["sku", "name", "stock", "store_price"]);

/** The review of an import with one conflict, at its conflicts. */
async function reviewConflicts() {
  const host = fakeHost({ importRows: 400, jobStepMs: 5 });
  const { id, settings } = await host.call("imports.open", { file: "file-1" });
  const columns = settings.columns.map((key) => (key !== null && MAPPED.has(key) ? key : null));
  await host.call("imports.configure", { id, settings: { ...settings, columns } });
  const { job } = await host.call("imports.plan", { id });
  const calls = recordCalls(host);
  const app = renderApp(`/plans/${id}?job=${job}`, {}, host);
  await screen.findByTestId("plan-apply");
  await app.user.click(screen.getByTestId("plan-tab-conflict"));
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
  expect(screen.getByTestId("plan-line")).toHaveTextContent("(Vic, 2 minutes ago)");
  const changes = count("create") + count("update");
  expect(screen.getByTestId("plan-apply")).toHaveTextContent(`Apply ${changes} changes`);
  await user.click(decision("File"));
  await waitFor(() => expect(chosen("File")).toBe("true"));
  expect(screen.getByTestId("plan-apply")).toHaveTextContent(`Apply ${changes + 1} changes`);
  expect(count("conflict"), "the tabs do not jump").toBe(1);
  expect(screen.queryByTestId("plan-record"), "the record stays closed").not.toBeInTheDocument();
  await user.click(decision("Keep"));
  await waitFor(() => expect(chosen("Keep")).toBe("true"));
  expect(screen.getByTestId("plan-apply")).toHaveTextContent(`Apply ${changes} changes`);
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
  await user.type(screen.getByTestId("plan-search"), "AB-1011");
  await screen.findByText("All found for “AB-1011”:");
  await user.click(screen.getByRole("button", { name: "Keep what is there" }));
  await waitFor(() =>
    expect(calls).toContainEqual({
      name: "plans.resolve",
      request: { id, resolution: "keep", search: "AB-1011" },
    }),
  );
});

test("the record shows the three values and can be decided there", async () => {
  const { user } = await reviewConflicts();
  screen.getByRole("grid").focus();
  await user.keyboard("{Enter}");
  const conflict = await screen.findByTestId("plan-conflict");
  expect(conflict).toHaveTextContent("Last changed by Vic, 2 minutes ago");
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
  await user.click(screen.getByTestId("plan-apply"));
  await screen.findByTestId("plan-done");
  expect(screen.getByText("1 record kept until you decide.")).toBeVisible();
  await user.click(decision("File"));
  const button = await screen.findByTestId("plan-apply-decisions");
  expect(button).toHaveTextContent("Apply 1 decision");
  const before = host.world.batches.length;
  await user.click(button);
  await waitFor(() => expect(host.world.batches).toHaveLength(before + 1));
  await waitFor(() => expect(count("conflict")).toBe(0));
  expect(host.world.batches[0]?.counts).toMatchObject({ read: 1, updated: 1, kept: 0 });
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
