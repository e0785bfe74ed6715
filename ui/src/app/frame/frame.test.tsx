import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";

import type { JobStatus } from "../../bindings";
import { followJob } from "../../host/jobs";
import { coreHost, emptyHost } from "../../host/pipe";
import { planFile, supplierFile } from "../../host/pipe/imports";
import { CommandError } from "../../lib/errors";
import { expectAccessible, recordCalls, renderWindow } from "../../test/render";
import { follow } from "../../test/stubHost";

const END = {
  id: 4711,
  kind: "export",
  label: "all.csv",
  state: "done",
  step: "",
  done: 117,
  total: 117,
  startedAt: 0,
  stepStartedAt: 0,
  at: 0,
  plan: null,
  batch: null,
  error: null,
} as const satisfies JobStatus;

const RUNNING = {
  ...END,
  kind: "apply_plan",
  label: "Import june.csv",
  state: "running",
  step: "Applying",
  done: 400,
  total: 1000,
} as const satisfies JobStatus;

describe("the frame", () => {
  test("tells where the data is and what runs, and cancels it", async () => {
    const core = await coreHost();
    const host = follow(core, {
      "jobs.cancel": () => {
        const job = { ...RUNNING, state: "cancelled" } as const;
        core.emit({ type: "job", job });
        return job;
      },
    });
    const { user } = renderWindow("/settings", host);
    await screen.findByRole("heading", { name: "Settings" });
    expect(screen.getByTestId("data-place")).toHaveTextContent("Saved on this computer");
    act(() => host.emit({ type: "job", job: RUNNING }));
    expect(await screen.findByTestId("running-job")).toHaveTextContent("40 %");
    await user.click(screen.getByRole("button", { name: "Cancel Import june.csv" }));
    await waitFor(() => expect(screen.queryByTestId("running-job")).not.toBeInTheDocument());
    await user.click(screen.getByRole("button", { name: "Activity: show details" }));
    expect(await screen.findByTestId("job-list")).toHaveTextContent("Cancelled");
  });

  test("goes to what the palette finds: pages, commands and products", async () => {
    const { user } = renderWindow("/", await coreHost());
    await screen.findByTestId("frame");
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByTestId("palette-search"), "kit-1008");
    await user.click(await screen.findByText("Bread knife 22 cm"));
    expect(await screen.findByTestId("panel-title")).toHaveTextContent("Bread knife 22 cm");
  });

  test("lists its shortcuts", async () => {
    const { user } = renderWindow("/", await coreHost());
    await screen.findByTestId("frame");
    await user.keyboard("?");
    expect(await screen.findByTestId("shortcuts")).toHaveTextContent("Undo your last batch");
    expect(screen.getByTestId("shortcuts")).toHaveTextContent("First, last cell of the rowHomeEnd");
    await expectAccessible();
  });

  test("shows a viewer nothing that the core would refuse", async () => {
    const host = await coreHost({ as: "viewer" });
    const { user } = renderWindow("/products", host);
    await screen.findAllByTestId("grid-row");
    expect(screen.queryByTestId("new-product")).not.toBeInTheDocument();
    expect(screen.queryByTestId("area-imports")).not.toBeInTheDocument();
    await user.keyboard("n");
    expect(window.location.hash).toBe("#/products");
  });

  test("says what an address that leads nowhere is", async () => {
    renderWindow("/nowhere", await coreHost());
    expect(await screen.findByText("There is no such page")).toBeInTheDocument();
  });
});

describe("files over the window", () => {
  test("make all of it a target that says what will happen, then open the import", async () => {
    const { host } = renderWindow("/", await coreHost());
    await screen.findByTestId("frame");
    act(() => host.emit({ type: "dragEntered", names: ["june.csv"] }));
    expect(await screen.findByTestId("drop-target")).toHaveTextContent("Drop to import june.csv");
    act(() =>
      host.emit({ type: "filesDropped", files: [{ token: "t-1", name: "june.csv", size: 9 }] }),
    );
    await waitFor(() => expect(window.location.hash).toBe("#/imports/new?file=t-1&name=june.csv"));
    expect(screen.queryByTestId("drop-target")).not.toBeInTheDocument();
  });

  test("are refused when there are several", async () => {
    const { host } = renderWindow("/", await coreHost());
    await screen.findByTestId("frame");
    const files = ["a.csv", "b.csv"].map((name) => ({ token: name, name, size: 1 }));
    act(() => host.emit({ type: "filesDropped", files }));
    expect(await screen.findByText("Drop one CSV file at a time.")).toBeInTheDocument();
    expect(window.location.hash).toBe("#/");
  });

  test("a folder is said to be no file", async () => {
    const { host } = renderWindow("/", await coreHost());
    await screen.findByTestId("frame");
    act(() => host.emit({ type: "filesDropped", files: [] }));
    expect(await screen.findByText(/a folder cannot be taken/)).toBeInTheDocument();
  });
});

test("Ctrl Z undoes the last batch of this person, and nobody else's", async () => {
  const host = await emptyHost();
  const calls = recordCalls(host);
  const { user } = renderWindow("/", host);
  await screen.findByTestId("frame");
  // Redo is another wish: it says nothing, so that the sentence is found once.
  await user.keyboard("{Control>}{Shift>}z{/Shift}{/Control}");
  await user.keyboard("{Control>}z{/Control}");
  expect(await screen.findByText("There is nothing of yours to undo.")).toBeInTheDocument();
  const { batchId } = await host.call("products.create", {
    fields: { sku: "AB-1", name: "Mug" },
  });
  await user.keyboard("{Control>}z{/Control}");
  await waitFor(() =>
    expect(calls.find(({ name }) => name === "plans.undo")?.request).toEqual({
      batchId,
    }),
  );
  await waitFor(() => expect(window.location.hash).toMatch(/^#\/plans\//));
});

describe("ways through the window", () => {
  test("back and forward lead where they can, by button and by key", async () => {
    const { user } = renderWindow("/products", await coreHost());
    await screen.findByRole("heading", { name: /Products/ });
    expect(screen.getByTestId("go-forward")).toBeDisabled();
    await user.click(screen.getByTestId("area-settings"));
    await screen.findByRole("heading", { name: "Settings" });
    expect(document.title).toBe("Shop North – Settings");
    await user.click(screen.getByTestId("go-back"));
    await screen.findByRole("heading", { name: /Products/ });
    await user.keyboard("{Alt>}{ArrowRight}{/Alt}");
    await screen.findByRole("heading", { name: "Settings" });
    await waitFor(() => expect(screen.getByTestId("go-forward")).toBeDisabled());
    await user.keyboard("{Alt>}{ArrowLeft}{/Alt}");
    await screen.findByRole("heading", { name: /Products/ });
    expect(document.title).toBe("Shop North – Products");
  });

  test("the field in the rail opens the palette, and the mark beside it help", async () => {
    const { user } = renderWindow("/", await coreHost());
    await user.click(await screen.findByTestId("jump"));
    expect(await screen.findByTestId("palette-search")).toBeInTheDocument();
    await user.keyboard("{Escape}");
    await user.click(screen.getByTestId("help"));
    expect(await screen.findByRole("dialog", { name: "Help" })).toHaveTextContent(
      "Every bulk change is a plan",
    );
  });
});

test("a job that ended while no page showed it is told, and the messages are kept", async () => {
  const { host, user } = renderWindow("/settings", await coreHost());
  await screen.findByRole("heading", { name: "Settings" });
  act(() => host.emit({ type: "job", job: END }));
  expect(await screen.findByTestId("toast")).toHaveTextContent("Export all.csv: done, 117 rows.");
  await user.click(screen.getByRole("button", { name: "Dismiss" }));
  expect(screen.queryByTestId("toast")).not.toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Activity: show details" }));
  expect(await screen.findByTestId("messages")).toHaveTextContent(
    "Export all.csv: done, 117 rows.",
  );
});

test("a job whose end is told where it was started is not told twice", async () => {
  const { host } = renderWindow("/settings", await coreHost());
  await screen.findByRole("heading", { name: "Settings" });
  followJob(4712);
  act(() => host.emit({ type: "job", job: { ...END, id: 4712 } }));
  await new Promise((done) => setTimeout(done, 600));
  expect(screen.queryByTestId("toast")).not.toBeInTheDocument();
});

test("a plan that is ready is told elsewhere, not on its own page", async () => {
  const host = await coreHost();
  const plan = await planFile(host, "june.csv", supplierFile(3));
  const ready = (id: number) =>
    act(() => host.emit({ type: "job", job: { ...END, id, kind: "plan_import", plan } }));
  const { user } = renderWindow("/settings", host);
  await screen.findByRole("heading", { name: "Settings" });
  ready(4713);
  await user.click(within(await screen.findByTestId("toast")).getByText("Show"));
  await screen.findByTestId("review");
  await waitFor(() => expect(screen.queryByTestId("toast")).not.toBeInTheDocument());
  ready(4714);
  await new Promise((done) => setTimeout(done, 600));
  expect(screen.queryByTestId("toast")).not.toBeInTheDocument();
});

test("a server that does not answer is told in the status bar, and tried again", async () => {
  const host = follow(await coreHost(), {
    "app.state": async (_, real) => {
      const state = await real();
      return { ...state, workspace: state.workspace && { ...state.workspace, kind: "shared" } };
    },
  });
  const call = host.call.bind(host);
  const server = { isUp: true };
  host.call = (name, request) =>
    server.isUp
      ? call(name, request)
      : Promise.reject(new CommandError({ code: "unreachable", message: "Nothing answers." }));
  const { user } = renderWindow("/settings", host);
  expect(await screen.findByTestId("connection")).toHaveTextContent("Online");
  server.isUp = false;
  await user.click(screen.getByTestId("area-people"));
  await waitFor(() => expect(screen.getByTestId("connection")).toHaveTextContent("trying again"));
  await waitFor(() => expect(screen.getByTestId("connection")).toHaveTextContent(/Offline since/));
  server.isUp = true;
  await user.click(screen.getByRole("button", { name: "Try now" }));
  await waitFor(() => expect(screen.getByTestId("connection")).toHaveTextContent("Online"));
  expect(await screen.findAllByTestId("grid-row")).not.toHaveLength(0);
});
