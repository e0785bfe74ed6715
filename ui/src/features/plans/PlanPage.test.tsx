import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { coreHost, saveField, type CoreHost } from "../../host/pipe";
import { openFile, planFile, supplierFile } from "../../host/pipe/imports";
import { expectAccessible, recordCalls, renderWindow } from "../../test/render";
import { follow } from "../../test/stubHost";

/** Forty new products, and a row of every other kind that a file can have. */
const FILE = supplierFile(40, [
  "KIT-1001,Enamel mug 350 ml,13,14.90",
  "KIT-1003,Espresso cup set of four,5,48.00",
  'KIT-1002,"Stoneware mug, speckled",18,22.00',
  "AB-9,Bad row,1O,1.00",
]);

/** So many rows take long enough to be stopped by hand. */
const MANY = 20_000;

/** The review of an import; `meanwhile` happens after it was planned. */
async function reviewImport(meanwhile?: (host: CoreHost) => Promise<unknown>) {
  const host = await coreHost();
  const id = await planFile(host, "supplier-june.csv", FILE);
  await meanwhile?.(host);
  const calls = recordCalls(host);
  const app = renderWindow(`/plans/${id}`, host);
  await screen.findByTestId("plan-apply");
  await screen.findAllByTestId("grid-row");
  return { ...app, calls, id };
}

/** Another user counts a product of the file anew. */
const recount = async (host: CoreHost) =>
  saveField(await host.another("manager"), "KIT-1001", "stock", 7);

/** The batches, the latest first. */
const batchesOf = async (host: CoreHost) =>
  (await host.call("batches.list", { offset: 0, limit: 10 })).rows;

const number = (testid: string) => Number(screen.getByTestId(testid).textContent);
const OUTCOMES = ["create", "update", "unchanged", "skipped", "conflict", "error"];

async function apply(user: Awaited<ReturnType<typeof reviewImport>>["user"]) {
  await user.click(screen.getByTestId("plan-apply"));
  return screen.findByTestId("plan-done");
}

test("the plan is made in sight, and then reviewed", async () => {
  const host = await coreHost();
  const id = await planFile(host, "supplier-june.csv", FILE);
  const [job] = await host.call("jobs.list", {});
  if (!job) throw new Error("There was no job.");
  // It was planned too soon to be seen: the window hears of it as if it went on.
  follow(host, { "jobs.list": () => [{ ...job, state: "running", done: 20, total: 44 }] });
  renderWindow(`/plans/${id}?job=${job.id}`, host);
  expect(await screen.findByTestId("planning")).toHaveTextContent("of 44 rows");
  await expectAccessible();
  act(() => host.emit({ type: "job", job }));
  expect(await screen.findByTestId("review")).toBeVisible();
});

test("planning can be cancelled, and says that nothing was changed", async () => {
  const host = await coreHost();
  const { id } = await openFile(host, "supplier-june.csv", supplierFile(MANY));
  // What the address leads to is read first, so that the plan is not made meanwhile.
  await import("./PlanPage");
  const { job } = await host.call("imports.plan", { id });
  const { user } = renderWindow(`/plans/${id}?job=${job}`, host);
  await user.click(await screen.findByTestId("planning-cancel"));
  expect(await screen.findByText("Planning was cancelled")).toBeVisible();
});

test("the tabs add up to the rows read", async () => {
  await reviewImport();
  expect(number("plan-count-all")).toBe(44);
  const sum = OUTCOMES.reduce((total, key) => total + number(`plan-count-${key}`), 0);
  expect(sum).toBe(44);
  expect(screen.getByTestId("plan-sum")).toHaveTextContent(/^44 rows: \d+ create, /);
  await expectAccessible();
});

test("a tab filters the records, also by keyboard", async () => {
  const { user } = await reviewImport();
  await user.click(screen.getByTestId("plan-tab-update"));
  const count = number("plan-count-update");
  await waitFor(() =>
    expect(screen.getByRole("grid").getAttribute("aria-rowcount")).toBe(String(count + 1)),
  );
  expect(screen.queryByTestId("outcome-create")).not.toBeInTheDocument();
  await user.keyboard("{ArrowLeft}");
  expect(screen.getByTestId("plan-tab-create")).toHaveFocus();
  expect((await screen.findAllByTestId("outcome-create")).length).toBeGreaterThan(0);
});

test("old values are struck through, new ones stand beside them", async () => {
  const { user } = await reviewImport();
  await user.click(screen.getByTestId("plan-tab-update"));
  const struck = await screen.findByText("42", { selector: "del" });
  expect(struck.parentElement?.querySelector("ins")).toHaveTextContent("13");
});

test("an error says the rule and what to do; Enter opens all there is to know", async () => {
  const { user } = await reviewImport();
  await user.click(screen.getByTestId("plan-tab-error"));
  expect(await screen.findByTestId("plan-line")).toHaveTextContent(
    '"1O" is not a number. Look for letters in place of digits: O for 0, or l for 1.',
  );
  screen.getByRole("grid").focus();
  await user.keyboard("{Enter}");
  const problem = await screen.findByTestId("plan-problem");
  expect(problem).toHaveTextContent("Columnstock");
  expect(problem).toHaveTextContent("Value1O");
  await expectAccessible();
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByTestId("plan-record")).not.toBeInTheDocument());
});

test("with the record open, the arrows walk on through the records", async () => {
  const { user } = await reviewImport();
  await user.keyboard("{ArrowDown}");
  expect(screen.getByRole("grid")).toHaveFocus();
  await user.keyboard("{Enter}");
  const panel = await screen.findByTestId("plan-record");
  await user.keyboard("{ArrowDown}");
  await waitFor(() =>
    expect(within(panel).getByRole("heading", { name: "AB-1001" })).toBeVisible(),
  );
  expect(window.location.hash).toContain("row=2");
});

test("search looks into SKU, name and reasons", async () => {
  const { user } = await reviewImport();
  await user.type(screen.getByTestId("plan-search"), "not a number");
  await waitFor(() => expect(screen.getByRole("grid").getAttribute("aria-rowcount")).toBe("2"));
  await user.clear(screen.getByTestId("plan-search"));
  await user.type(screen.getByTestId("plan-search"), "nowhere");
  expect(await screen.findByText("Nothing found for “nowhere”")).toBeVisible();
});

test("applying does what the button says, and the summary accounts for every row", async () => {
  const { user, host } = await reviewImport();
  const changes = number("plan-count-create") + number("plan-count-update");
  expect(screen.getByTestId("plan-apply")).toHaveTextContent(`Apply ${changes} changes`);
  const done = await apply(user);
  await within(done).findByText(`${changes} changes applied`);
  const [batch] = await batchesOf(host);
  expect(batch?.counts).toMatchObject({ read: 44, notReached: 0 });
  expect(within(done).getByTestId("fact-error")).toHaveTextContent("1 rejected");
  expect(screen.getByTestId("plan-show-records")).toHaveTextContent("Show products");
  await expectAccessible();
});

test("a review of suppliers speaks of them, and leads to their list", async () => {
  const host = await coreHost();
  const file = "code,name\nACME,Acme Textiles\n";
  const id = await planFile(host, "suppliers.csv", file, "supplier");
  const { user } = renderWindow(`/plans/${id}`, host);
  expect(await screen.findByTestId("plan-search")).toHaveAttribute(
    "placeholder",
    "Search code, name or reason",
  );
  await user.click(await screen.findByTestId("plan-apply"));
  const list = await screen.findByTestId("plan-show-records");
  expect(list).toHaveTextContent("Show suppliers");
  await user.click(list);
  await waitFor(() => expect(window.location.hash).toBe("#/purchasing/suppliers"));
});

test("applying can be stopped; what was done is told, and the rest can follow", async () => {
  const host = await coreHost();
  const id = await planFile(host, "supplier-june.csv", supplierFile(MANY));
  const { user } = renderWindow(`/plans/${id}`, host);
  await user.click(await screen.findByTestId("plan-apply"));
  await waitFor(() => expect(screen.getByTestId("plan-cancel-apply")).toBeEnabled());
  await user.click(screen.getByTestId("plan-cancel-apply"));
  const stopped = await screen.findByTestId("plan-interrupted");
  await waitFor(() => expect(stopped).toHaveTextContent(/Stopped half-way: .+ not reached/));
  await user.click(screen.getByTestId("plan-apply-rest"));
  const done = await screen.findByTestId("plan-done");
  await waitFor(() => expect(done).toHaveTextContent("20,000 changes applied"));
});

test("an undo is a plan of its own, after which the import is marked as undone", async () => {
  const { user, host } = await reviewImport();
  await apply(user);
  await recount(host);
  await waitFor(() => expect(screen.getByTestId("plan-undo")).toBeEnabled());
  await user.click(screen.getByTestId("plan-undo"));
  await screen.findByText("Undo supplier-june.csv");
  await screen.findByTestId("plan-apply");
  expect(screen.getByTestId("plan-tab-conflict")).toHaveTextContent("Kept 1");
  expect(screen.queryByTestId("plan-save-rejects")).not.toBeInTheDocument();
  await user.click(screen.getByTestId("plan-apply"));
  await screen.findByTestId("plan-done");
  const [undo, , imported] = await batchesOf(host);
  expect(imported?.label).toBe("supplier-june.csv");
  expect(imported?.undoneBy).toBe(undo?.id);
});

test("what another user changed too is kept and named", async () => {
  const { user } = await reviewImport(recount);
  await apply(user);
  const note = await screen.findByTestId("plan-held-back");
  await waitFor(() => expect(note).toHaveTextContent("1 record not changed, waiting for you"));
  await waitFor(() => expect(note).toHaveTextContent("KIT-1001"));
  await user.click(within(note).getByRole("button", { name: "Decide" }));
  expect(screen.getByTestId("plan-tab-conflict")).toHaveAttribute("aria-selected", "true");
});

test("rejected rows are saved where the person says", async () => {
  const { user, host, calls } = await reviewImport();
  await host.choose("rejected.csv");
  await user.click(screen.getByTestId("plan-save-rejects"));
  expect(await screen.findByText(/1 rejected row saved in/)).toBeVisible();
  expect(calls).toContainEqual({
    name: "files.choose_save",
    request: { suggestedName: "supplier-june rejected.csv" },
  });
  expect(await host.read("rejected.csv")).toContain("AB-9,Bad row,1O,1.00");
});

test("Cancel throws the plan away and leads back to the imports", async () => {
  const { user, calls, id } = await reviewImport();
  await user.click(screen.getByTestId("plan-cancel"));
  expect(await screen.findByTestId("batches-view")).toBeVisible();
  expect(calls).toContainEqual({ name: "plans.discard", request: { id } });
});

test("a plan that is gone says what to do", async () => {
  renderWindow(`/plans/${crypto.randomUUID()}`, await coreHost());
  expect(await screen.findByText("This plan is not there any more")).toBeVisible();
  await expectAccessible();
});
