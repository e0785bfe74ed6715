import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";

import { fakeHost } from "../../host/fake";
import { expectAccessible, recordCalls, renderApp } from "../../test/render";

const rows = () => screen.getAllByTestId("grid-row").map((row) => row.textContent ?? "");

const lastFilter = (calls: ReturnType<typeof recordCalls>) =>
  calls.findLast(({ name }) => name === "history.list")?.request;

test("everything that happened is listed, the latest first, and one entry in full", async () => {
  const { user } = renderApp("/history");
  await screen.findAllByTestId("grid-row");
  expect(rows()[0]).toContain("BS-100190");
  expect(rows().join()).toContain("Sign-in failed");
  await expectAccessible();
  await user.click(screen.getAllByText("BS-100190")[0] ?? document.body);
  expect(await screen.findByTestId("panel-title")).toHaveTextContent("BS-100190");
  const changes = screen.getByTestId("entry-changes");
  expect(changes).toHaveTextContent("Store price");
  expect(changes.querySelector("ins")).toHaveTextContent("30");
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: "Only this record" }));
  await waitFor(() => expect(screen.queryByTestId("entry-panel")).not.toBeInTheDocument());
  await waitFor(() => expect(rows().every((row) => row.includes("BS-100190"))).toBe(true));
  expect(screen.getByText("One record")).toBeInTheDocument();
});

test("it is narrowed by person, kind, field, origin and words; the address keeps it", async () => {
  const host = fakeHost();
  const calls = recordCalls(host);
  const { user } = renderApp("/history?from=2020-01-01&to=2030-12-31", {}, host);
  await screen.findAllByTestId("grid-row");
  const choose = async (testId: string, option: string, role = "radio") => {
    await user.click(screen.getByTestId(testId));
    await user.click(await screen.findByRole(role, { name: option }));
  };
  await choose("history-person", "Ada Moreno");
  await choose("history-kind", "People and sign-ins", "menuitemradio");
  await choose("history-field", "Role");
  await choose("history-origin", "People and roles");
  await user.type(screen.getByTestId("history-search"), "cho");
  await waitFor(() =>
    expect(lastFilter(calls)).toMatchObject({
      filter: {
        person: "018f-ada",
        kind: "user",
        field: "user.role",
        origins: ["people"],
        search: "cho",
        from: new Date(2020, 0, 1).getTime(),
      },
    }),
  );
  await waitFor(() => expect(rows().every((row) => row.includes("Cho Park"))).toBe(true));
  expect(window.location.hash).toContain("person=018f-ada");
  await user.click(screen.getByTestId("clear-filters"));
  await waitFor(() => expect(window.location.hash).toBe("#/history?q=cho"));
});

test("what nothing passes says so", async () => {
  const { user } = renderApp("/history?q=zzzz");
  await user.click(await screen.findByRole("button", { name: "Show the whole history" }));
  expect(await screen.findAllByTestId("grid-row")).not.toHaveLength(0);
});

test("it is exported with the filters of now", async () => {
  const host = fakeHost({ jobStepMs: 1 });
  const calls = recordCalls(host);
  const { user } = renderApp("/history?origin=settings", {}, host);
  await user.click(await screen.findByTestId("export-history"));
  expect(await screen.findByText(/entries written to history .*csv/)).toBeInTheDocument();
  expect(calls.find(({ name }) => name === "history.export")?.request).toMatchObject({
    filter: { origins: ["settings"] },
    file: "save-1",
  });
});

test("a history that is whole says what was checked", async () => {
  const { user } = renderApp("/history", { jobStepMs: 1 });
  await user.click(await screen.findByTestId("verify-history"));
  expect(await screen.findByTestId("history-fine")).toHaveTextContent(
    "The history is whole. 390 entries in 112 batches checked just now.",
  );
  await expectAccessible();
});

test("what was changed past the app is named", async () => {
  const what = "An entry of this batch was changed after it was written.";
  const tampered = [{ batch: "b1", label: "june.csv", person: "Ben Ode", at: 0, what }];
  const { user } = renderApp("/history", { jobStepMs: 1, tampered });
  await user.click(await screen.findByTestId("verify-history"));
  expect(await screen.findByTestId("history-tampered")).toHaveTextContent(
    "The history was changed past the app in 1 place.",
  );
  await user.click(screen.getByTestId("show-problems"));
  expect(await screen.findByTestId("problems")).toHaveTextContent(what);
  await expectAccessible();
});

test("without the right to it, the history shows products only", async () => {
  renderApp("/history", { role: "viewer" });
  await screen.findAllByTestId("grid-row");
  expect(rows().join()).not.toContain("Sign-in");
  expect(screen.queryByTestId("verify-history")).not.toBeInTheDocument();
  expect(screen.queryByTestId("history-kind")).not.toBeInTheDocument();
});
