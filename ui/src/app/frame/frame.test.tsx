import { act, screen, waitFor } from "@testing-library/react";
import { describe, expect, test } from "vitest";

import { fakeHost } from "../../host/fake";
import { expectAccessible, recordCalls, renderApp } from "../../test/render";

describe("the frame", () => {
  test("tells where the data is and what runs, and cancels it", async () => {
    const { host, user } = renderApp("/settings");
    await screen.findByRole("heading", { name: "Settings" });
    expect(screen.getByTestId("data-place")).toHaveTextContent("Saved on this computer");
    act(() => {
      host.world.startJob(
        { kind: "apply_plan", label: "june.csv", step: "Applying", total: 1000 },
        () => ({}),
        50,
      );
    });
    await waitFor(() => expect(screen.getByTestId("running-job")).toHaveTextContent(/\d0 %/));
    await user.click(screen.getByRole("button", { name: "Cancel Apply june.csv" }));
    await waitFor(() => expect(host.world.jobs[0]?.state).toBe("cancelled"));
    expect(screen.queryByTestId("running-job")).not.toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Activity: show details" }));
    expect(await screen.findByTestId("job-list")).toHaveTextContent("Cancelled");
  });

  test("goes to what the palette finds: pages, commands and products", async () => {
    const { user } = renderApp("/");
    await screen.findByTestId("frame");
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByTestId("palette-search"), "bs-100004");
    await user.click(await screen.findByText("Classic Bread knife"));
    expect(await screen.findByTestId("panel-title")).toHaveTextContent("Classic Bread knife");
  });

  test("lists its shortcuts", async () => {
    const { user } = renderApp("/");
    await screen.findByTestId("frame");
    await user.keyboard("?");
    expect(await screen.findByTestId("shortcuts")).toHaveTextContent("Undo your last batch");
    await expectAccessible();
  });

  test("shows a viewer nothing that the core would refuse", async () => {
    const host = fakeHost();
    const { person } = host.world;
    host.world.person = person && { ...person, role: "viewer", permissions: ["view_products"] };
    const { user } = renderApp("/products", {}, host);
    await screen.findAllByTestId("grid-row");
    expect(screen.queryByTestId("new-product")).not.toBeInTheDocument();
    expect(screen.queryByTestId("area-imports")).not.toBeInTheDocument();
    await user.keyboard("n");
    expect(window.location.hash).toBe("#/products");
  });

  test("says what an address that leads nowhere is", async () => {
    renderApp("/nowhere");
    expect(await screen.findByText("There is no such page")).toBeInTheDocument();
  });
});

describe("files over the window", () => {
  test("make all of it a target that says what will happen, then open the import", async () => {
    const { host } = renderApp("/");
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
    const { host } = renderApp("/");
    await screen.findByTestId("frame");
    const files = ["a.csv", "b.csv"].map((name) => ({ token: name, name, size: 1 }));
    act(() => host.emit({ type: "filesDropped", files }));
    expect(await screen.findByText("Drop one CSV file at a time.")).toBeInTheDocument();
    expect(window.location.hash).toBe("#/");
  });
});

test("Ctrl Z undoes the last batch of this person, and nobody else's", async () => {
  const host = fakeHost();
  const calls = recordCalls(host);
  const { user } = renderApp("/", {}, host);
  await screen.findByTestId("frame");
  // Redo is another wish: it says nothing, so that the sentence is found once.
  await user.keyboard("{Control>}{Shift>}z{/Shift}{/Control}");
  await user.keyboard("{Control>}z{/Control}");
  expect(await screen.findByText("There is nothing of yours to undo.")).toBeInTheDocument();
  const trashed = await host.call("products.trash", { ids: ["p4"] });
  await user.keyboard("{Control>}z{/Control}");
  await waitFor(() =>
    expect(calls.find(({ name }) => name === "plans.undo")?.request).toEqual({
      batchId: trashed.batchId,
    }),
  );
  await waitFor(() => expect(window.location.hash).toMatch(/^#\/plans\//));
});
