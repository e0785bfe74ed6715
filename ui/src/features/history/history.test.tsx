import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";

import { coreHost, saveField, STAFF, type CoreHost, type StaffRole } from "../../host/pipe";
import { importFile } from "../../host/pipe/imports";
import { expectAccessible, recordCalls, renderWindow } from "../../test/render";
import { follow } from "../../test/stubHost";

const rows = () => screen.getAllByTestId("grid-row").map((row) => row.textContent ?? "");

const lastFilter = (calls: ReturnType<typeof recordCalls>) =>
  calls.findLast(({ name }) => name === "history.list")?.request;

/** A core in which a price was changed, and a sign-in failed before. */
async function hostWithHistory(as: StaffRole = "owner"): Promise<CoreHost> {
  const host = await coreHost({ as });
  const ben = await host.another("manager");
  const guess = { email: STAFF.operator.email, password: "a guess of no worth" };
  await expect(ben.call("session.sign_in", guess)).rejects.toThrow("password is wrong");
  await saveField(await host.another("manager"), "KIT-1001", "store_price", 300_000);
  return host;
}

test("everything that happened is listed, the latest first, and one entry in full", async () => {
  const { user } = renderWindow("/history", await hostWithHistory());
  await screen.findAllByTestId("grid-row");
  expect(rows()[0]).toContain("KIT-1001");
  expect(rows().join()).toContain("Sign-in failed");
  await expectAccessible();
  await user.click(screen.getByText("Edit KIT-1001"));
  expect(await screen.findByTestId("panel-title")).toHaveTextContent("KIT-1001");
  const changes = screen.getByTestId("entry-changes");
  expect(changes).toHaveTextContent("Store price");
  expect(changes.querySelector("ins")).toHaveTextContent("£30.00");
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: "Only this record" }));
  await waitFor(() => expect(screen.queryByTestId("entry-panel")).not.toBeInTheDocument());
  await waitFor(() => expect(rows().every((row) => row.includes("KIT-1001"))).toBe(true));
  expect(screen.getByText("One record")).toBeInTheDocument();
});

test("a batch stands under its name, be it of one record or of many", async () => {
  const host = await coreHost();
  await importFile(host, "one.csv", "sku,name,stock\nKIT-1001,Kettle,7\n");
  renderWindow("/history", host);
  await screen.findAllByTestId("grid-row");
  expect(rows()[0]).toContain("Import one.csv");
  expect(rows()[0]).toContain("Stock on hand");
});

test("a batch is one line, which opens it; its entries are listed when they are searched", async () => {
  const { user } = renderWindow("/history", await coreHost());
  await screen.findAllByTestId("grid-row");
  const practice = rows().filter((row) => row.includes("Load"));
  expect(practice).toHaveLength(1);
  expect(practice[0]).toContain("117 records");
  expect(practice[0]).toContain("117 created");
  await user.type(screen.getByTestId("history-search"), "KIT-100");
  await waitFor(() => expect(rows().length).toBeGreaterThan(1));
  await waitFor(() => expect(rows().every((row) => row.includes("KIT-100"))).toBe(true));
  await user.clear(screen.getByTestId("history-search"));
  await user.click(await screen.findByText(/^Load/));
  expect(await screen.findByTestId("batch-summary")).toHaveTextContent("117 created");
});

test("it is narrowed by person, kind, field, origin and words; the address keeps it", async () => {
  const host = await coreHost();
  const ada = (await host.call("app.state", {})).person?.id ?? "";
  const calls = recordCalls(host);
  const { user } = renderWindow("/history?from=2020-01-01&to=2100-12-31", host);
  await screen.findAllByTestId("grid-row");
  const choose = async (testId: string, option: string, role = "radio") => {
    await user.click(screen.getByTestId(testId));
    await user.click(await screen.findByRole(role, { name: option }));
  };
  await choose("history-person", "Ada Moreno");
  await choose("history-kind", "People", "menuitemradio");
  await choose("history-field", "Role");
  await choose("history-origin", "People and roles");
  await user.type(screen.getByTestId("history-search"), "cho");
  await waitFor(() =>
    expect(lastFilter(calls)).toMatchObject({
      filter: {
        person: ada,
        kind: "user",
        field: "user.role",
        origins: ["people"],
        search: "cho",
        from: new Date(2020, 0, 1).getTime(),
      },
    }),
  );
  await waitFor(() => expect(rows()).toHaveLength(1));
  expect(rows()[0]).toContain("Operator");
  expect(window.location.hash).toContain(`person=${ada}`);
  await user.click(screen.getByTestId("clear-filters"));
  await waitFor(() => expect(window.location.hash).toBe("#/history?q=cho"));
});

test("what nothing passes says so", async () => {
  const { user } = renderWindow("/history?q=zzzz", await coreHost());
  await user.click(await screen.findByRole("button", { name: "Show the whole history" }));
  expect(await screen.findAllByTestId("grid-row")).not.toHaveLength(0);
});

test("it is exported with the filters of now", async () => {
  const host = await coreHost();
  await host.choose("people.csv");
  const { user } = renderWindow("/history?origin=people", host);
  await user.click(await screen.findByTestId("export-history"));
  expect(await screen.findByText(/entries written to people\.csv/)).toBeInTheDocument();
  const written = await host.read("people.csv");
  expect(written).toContain("Cho Park");
  expect(written).not.toContain("KIT-1001");
});

test("a history that is whole says what was checked", async () => {
  const { user } = renderWindow("/history", await hostWithHistory());
  await user.click(await screen.findByTestId("verify-history"));
  expect(await screen.findByTestId("history-fine")).toHaveTextContent(
    /The history is whole\. \d+ entries in \d+ batches and \d+ records? checked just now\./,
  );
  await expectAccessible();
});

test("what was changed past the app is named", async () => {
  const what = "An entry of this batch was changed after it was written.";
  const problems = [{ batch: "b1", label: "june.csv", person: "Ben Ode", at: 0, what }];
  const host = follow(await coreHost(), {
    "history.verification": async (_, real) => {
      const found = await real();
      return found && { ...found, problemCount: 1, problems };
    },
  });
  const { user } = renderWindow("/history", host);
  await user.click(await screen.findByTestId("verify-history"));
  expect(await screen.findByTestId("history-tampered")).toHaveTextContent(
    "The workspace was changed past the app in 1 place.",
  );
  await user.click(screen.getByTestId("show-problems"));
  expect(await screen.findByTestId("problems")).toHaveTextContent(what);
  await expectAccessible();
});

test("without the right to it, the history shows products only", async () => {
  renderWindow("/history", await hostWithHistory("viewer"));
  await screen.findAllByTestId("grid-row");
  expect(rows().join()).not.toContain("Sign-in");
  expect(screen.queryByTestId("verify-history")).not.toBeInTheDocument();
  expect(screen.queryByTestId("history-kind")).not.toBeInTheDocument();
});
