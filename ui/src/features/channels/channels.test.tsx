import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";

import type { ChannelCheck, ChannelStatus, JobStatus } from "../../bindings";
import { coreHost, type CoreHost } from "../../host/pipe";
import { CommandError } from "../../lib/errors";
import { channel } from "../../test/channel";
import { expectAccessible, fill, renderWindow } from "../../test/render";
import { follow } from "../../test/stubHost";

/** The channel as if its shop had been read, with these numbers. */
function read(host: CoreHost, sums: Partial<ChannelStatus["sums"]>): void {
  follow(host, {
    "channels.status": async (_, real) =>
      (await real()).map((status) =>
        Object.assign(status, {
          isReading: false,
          fetchedAt: Date.now(),
          sums: Object.assign(status.sums, sums),
        }),
      ),
  });
}

/** Makes a command wait until its job is stopped, as the core does. */
function waitsForShop(host: CoreHost): void {
  const job: JobStatus = {
    id: 7,
    kind: "check_channel",
    label: "Shop North",
    state: "running",
    step: "Waiting for the shop",
    done: 0,
    total: 0,
    startedAt: Date.now() - 5000,
    at: Date.now(),
    stepStartedAt: Date.now() - 5000,
    plan: null,
    batch: null,
    error: null,
  };
  const stops: (() => void)[] = [];
  const stopped = new Promise<void>((resolve) => stops.push(resolve));
  const wait = async (): Promise<never> => {
    host.emit({ type: "job", job });
    await stopped;
    host.emit({ type: "job", job: { ...job, state: "cancelled" } });
    throw new CommandError({ code: "cancelled", message: "Stopped." });
  };
  follow(host, {
    "channels.connect": wait,
    "channels.test": wait,
    "jobs.cancel": () => {
      for (const stop of stops) stop();
      return job;
    },
  });
}

const CHECK: ChannelCheck = {
  name: "North & Co",
  currency: "EUR",
  timeZone: "Europe/Berlin",
  places: [
    { id: "1", name: "Warehouse", active: true },
    { id: "2", name: "Old cellar", active: false },
  ],
  problems: [{ message: "Orders cannot be read.", hint: "Add read_orders.", isFatal: false }],
};

const row = (name: string) => screen.findByRole("row", { name });

describe("the channels", () => {
  test("begin with what they are for, and the way to the first one", async () => {
    const { user } = renderWindow("/channels", await coreHost());
    expect(await screen.findByText("No shop is connected")).toBeInTheDocument();
    expect(screen.getByTestId("area-channels")).toHaveAttribute("aria-current", "page");
    await expectAccessible();
    await user.click(screen.getByTestId("connect-shop"));
    expect(await screen.findByTestId("channel-panel")).toBeVisible();
  });

  test("stand in a row each, whose numbers lead to what they count", async () => {
    const host = await coreHost();
    const { id } = await channel(host);
    read(host, { waiting: 3, conflicts: 5, unmatched: 2, failed: 1, gone: 4 });
    const { user } = renderWindow("/channels", host);
    const north = within(await row("Shop North"));
    expect(north.getByText("Shopify")).toBeInTheDocument();
    expect(north.getByText("5 conflicts")).toBeInTheDocument();
    expect(north.getByText("just now")).toBeInTheDocument();
    const links = ["waiting", "conflicts", "unmatched", "failed", "gone"].map((what) =>
      north.getByTestId(`count-${what}`).getAttribute("href"),
    );
    expect(links).toEqual([
      `#/channels/${id}/match?show=waiting`,
      `#/channels/${id}/match?show=conflict`,
      `#/channels/${id}/match?show=unmatched`,
      `#/channels/${id}/failures`,
      `#/channels/${id}/match?show=gone`,
    ]);
    await expectAccessible();
    await user.click(north.getByText("Shop North"));
    expect(await screen.findByTestId("standing")).toHaveTextContent("5 conflicts");
    await expectAccessible();
  });

  test("say how often they are synced by themselves, and what kept the last time from its end", async () => {
    const host = await coreHost();
    await channel(host, { "channel.every": 15, "channel.stock_every": 5 });
    const byItself = {
      productsAt: Date.now() - 720_000,
      stockAt: null,
      isRunning: false,
      problem: "North cannot be reached.",
    };
    follow(host, {
      "channels.status": async (_, real) =>
        (await real()).map((status) => Object.assign(status, { fetchedAt: Date.now(), byItself })),
    });
    const { user } = renderWindow("/channels", host);
    const north = await row("Shop North");
    expect(north).toHaveTextContent("Did not sync");
    await user.click(within(north).getByText("Shop North"));
    expect(await screen.findByTestId("by-itself")).toHaveTextContent(
      "Products every 15 min, last 12 minutes ago · Stock every 5 min · Last time it did not end: North cannot be reached.",
    );
  });

  test("can be tried with a practice shop that runs on this computer", async () => {
    const host = await coreHost();
    const { user } = renderWindow("/channels", host);
    await user.click(await screen.findByTestId("connect-shop"));
    await user.click(await screen.findByTestId("practice-maropost"));
    await waitFor(() =>
      expect(screen.getByTestId("channel-name")).toHaveValue("Practice Maropost"),
    );
    expect(screen.getByTestId<HTMLInputElement>("channel-address").value).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+$/,
    );
    await user.click(screen.getByTestId("connect-channel"));
    expect(await screen.findByText("Practice Maropost is connected")).toBeInTheDocument();
    await expectAccessible();
  });

  test("say that they were never read, rehearse or are paused, whatever waits", async () => {
    const host = await coreHost();
    await channel(host);
    await channel(host, { "channel.name": "Outlet", "channel.state": "rehearsal" });
    await channel(host, { "channel.name": "West", "channel.state": "paused" });
    renderWindow("/channels", host);
    expect(await row("Shop North")).toHaveTextContent("Never read");
    expect(await row("Outlet")).toHaveTextContent("Rehearsal");
    const west = await row("West");
    expect(west).toHaveTextContent("Paused");
    expect(within(west).getByTestId("sync")).toBeDisabled();
  });

  test("are paused, go on, and are removed and restored from the menu", async () => {
    const host = await coreHost();
    await channel(host);
    const { user } = renderWindow("/channels", host);
    await user.click(within(await row("Shop North")).getByTestId("record-menu"));
    await user.click(await screen.findByTestId("pause-channel"));
    expect(await screen.findByText("Shop North is paused.")).toBeInTheDocument();
    await waitFor(async () => expect(await row("Shop North")).toHaveTextContent("Paused"));
    await user.click(within(await row("Shop North")).getByTestId("record-menu"));
    expect(await screen.findByTestId("read-everything")).toBeDisabled();
    await user.click(await screen.findByTestId("pause-channel"));
    await waitFor(async () => expect(await row("Shop North")).toHaveTextContent("Never read"));
    await user.click(within(await row("Shop North")).getByTestId("record-menu"));
    await user.click(await screen.findByTestId("trash-record"));
    const dialog = await screen.findByRole("dialog", { name: "Move Shop North to the trash?" });
    await user.click(within(dialog).getByRole("button", { name: "Move to trash" }));
    await user.click(await screen.findByTestId("removed-channels"));
    expect(await screen.findByTestId("removed-table")).toHaveTextContent("Shop North");
    await expectAccessible();
    await user.click(screen.getByTestId("record-menu"));
    await user.click(await screen.findByTestId("restore-record"));
    expect(await screen.findByText("No channel is in the trash")).toBeInTheDocument();
  });

  test("tell at once what keeps a sync from starting", async () => {
    const host = await coreHost();
    await channel(host);
    const { user } = renderWindow("/channels", host);
    await user.click(within(await row("Shop North")).getByTestId("sync"));
    expect(await screen.findByText("The key of Shop North is not known.")).toBeVisible();
    await user.click(within(await row("Shop North")).getByTestId("record-menu"));
    await user.click(await screen.findByTestId("test-channel"));
    const dialog = await screen.findByRole("dialog", { name: "Test Shop North" });
    expect(await within(dialog).findByText("Give another key.")).toBeInTheDocument();
  });
});

describe("connecting a shop", () => {
  test("asks for what its platform needs, and keeps a draft of all but the secret", async () => {
    const host = await coreHost();
    const { user, unmount } = renderWindow("/channels/new", host);
    await screen.findByTestId("channel-panel");
    expect(screen.getByTestId("connect-channel")).toBeDisabled();
    fill("channel-name", "Shop North");
    fill("channel-address", "north.myshopify.com");
    expect(screen.getByTestId("channel-secret")).toHaveAttribute("type", "password");
    fill("channel-secret", "shpat-planted");
    expect(screen.getByTestId("connect-channel")).toBeEnabled();
    await user.click(screen.getByText("By an app"));
    expect(screen.getByTestId("connect-channel")).toBeDisabled();
    fill("channel-account", "client-7");
    expect(screen.getByTestId("connect-channel")).toBeEnabled();
    await expectAccessible(screen.getByTestId("channel-panel"));
    expect(JSON.stringify(localStorage)).toContain("client-7");
    expect(JSON.stringify(localStorage)).not.toContain("shpat-planted");
    unmount();
    renderWindow("/channels/new", host);
    expect(await screen.findByTestId("channel-account")).toHaveValue("client-7");
    expect(screen.getByTestId("channel-secret")).toHaveValue("");
  });

  test("tells what the core refuses at the field", async () => {
    const host = await coreHost();
    await channel(host);
    const { user } = renderWindow("/channels/new", host);
    await screen.findByTestId("channel-panel");
    fill("channel-name", "Shop North");
    fill("channel-address", "other.myshopify.com");
    fill("channel-secret", "planted");
    await user.click(screen.getByTestId("connect-channel"));
    await waitFor(() => expect(screen.getByTestId("channel-name")).toBeInvalid());
    expect(screen.getByTestId("channel-secret")).toHaveValue("planted");
  });

  test("says why the shop does not let us in, and then what it says of itself", async () => {
    const host = await coreHost();
    let isKnown = false;
    follow(host, {
      "channels.connect": async () => {
        if (!isKnown) {
          const message = "The shop refuses the token.";
          throw new CommandError({ code: "invalid", message, hint: "Copy it once more." });
        }
        return { record: await channel(host), check: CHECK };
      },
    });
    const { user } = renderWindow("/channels/new", host);
    await screen.findByTestId("channel-panel");
    fill("channel-name", "Shop North");
    fill("channel-address", "north.myshopify.com");
    fill("channel-secret", "planted");
    await user.click(screen.getByTestId("channel-rehearse"));
    await user.click(screen.getByTestId("connect-channel"));
    expect(await screen.findByTestId("inline-error")).toHaveTextContent("Copy it once more.");
    isKnown = true;
    await user.click(screen.getByTestId("connect-channel"));
    const check = await screen.findByTestId("channel-check");
    expect(check).toHaveTextContent("EUR");
    expect(check).toHaveTextContent("Warehouse, Old cellar (not in use)");
    expect(screen.getByTestId("channel-problem")).toHaveTextContent("Add read_orders.");
    await expectAccessible(screen.getByTestId("connected-panel"));
    await user.click(screen.getByTestId("open-connected"));
    expect(await screen.findByTestId("standing")).toBeInTheDocument();
  });
});

describe("a shop that does not answer", () => {
  test("is waited for in sight and can be given up, and what was typed stands", async () => {
    const host = await coreHost();
    waitsForShop(host);
    const { user } = renderWindow("/channels/new", host);
    await screen.findByTestId("channel-panel");
    fill("channel-name", "Shop North");
    fill("channel-address", "dead.example.com");
    fill("channel-secret", "planted");
    await user.click(screen.getByTestId("connect-channel"));
    const wait = await screen.findByTestId("shop-wait");
    await waitFor(() => expect(wait).toHaveTextContent(/Waiting for dead\.example\.com for/));
    await expectAccessible(screen.getByTestId("channel-panel"));
    await user.click(screen.getByTestId("stop-waiting"));
    expect(await screen.findByText(/Nothing is connected; what you typed is kept/)).toBeVisible();
    expect(screen.queryByTestId("inline-error")).not.toBeInTheDocument();
    expect(screen.getByTestId("channel-secret")).toHaveValue("planted");
    expect(screen.getByTestId("connect-channel")).toBeEnabled();
  });

  test("is given up in a test of the connection, too", async () => {
    const host = await coreHost();
    await channel(host);
    waitsForShop(host);
    const { user } = renderWindow("/channels", host);
    await user.click(within(await row("Shop North")).getByTestId("record-menu"));
    await user.click(await screen.findByTestId("test-channel"));
    await user.click(await screen.findByTestId("stop-waiting"));
    expect(await screen.findByText("Stopped before the shop answered.")).toBeInTheDocument();
  });
});

describe("who may not manage channels", () => {
  test("syncs as an operator, and neither connects nor sets up", async () => {
    const owner = await coreHost();
    const { id } = await channel(owner);
    const { user } = renderWindow("/channels", await owner.another("operator"));
    const north = within(await row("Shop North"));
    expect(north.getByTestId("sync")).toBeEnabled();
    expect(screen.queryByTestId("connect-shop")).not.toBeInTheDocument();
    await user.click(north.getByTestId("record-menu"));
    expect(await screen.findByTestId("plan-offline")).toBeInTheDocument();
    for (const item of ["pause-channel", "new-key", "trash-record"]) {
      expect(screen.queryByTestId(item)).not.toBeInTheDocument();
    }
    window.location.hash = `#/channels/${id}`;
    expect(await screen.findByTestId("reason")).toHaveTextContent("not change them");
  });

  test("only looks as a viewer", async () => {
    const owner = await coreHost();
    await channel(owner);
    const { user } = renderWindow("/channels", await owner.another("viewer"));
    const north = within(await row("Shop North"));
    expect(north.queryByTestId("sync")).not.toBeInTheDocument();
    await user.click(north.getByTestId("record-menu"));
    expect(await screen.findAllByRole("menuitem")).toHaveLength(1);
    window.location.hash = "#/channels/new";
    expect(await screen.findByText("Not for your role")).toBeInTheDocument();
  });
});
