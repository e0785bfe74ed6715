import { QueryClient } from "@tanstack/react-query";
import { describe, expect, test } from "vitest";

import type { Event, JobStatus } from "../bindings";
import { CommandError, errorDetails, remedyOf, toCoreError } from "../lib/errors";
import { handleEvent } from "./events";
import { jobFraction, jobRate, jobTimeLeft, waitForJob } from "./jobs";
import { coreHost } from "./pipe";
import { openFile, supplierFile } from "./pipe/imports";

const JOB: JobStatus = {
  id: 1,
  kind: "export",
  label: "products.csv",
  state: "running",
  step: "Writing",
  done: 250,
  total: 1000,
  startedAt: 0,
  at: 2000,
  stepStartedAt: 1000,
  plan: null,
  batch: null,
  error: null,
};

describe("a job", () => {
  test("tells rate, part and time left from what was measured", () => {
    expect(jobRate(JOB)).toBe(250);
    expect(jobFraction(JOB)).toBe(0.25);
    expect(jobTimeLeft(JOB)).toBe(3000);
  });

  test("tells nothing that it does not know", () => {
    expect(jobRate({ ...JOB, at: 1100 })).toBeNull();
    expect(jobFraction({ ...JOB, total: 0 })).toBeNull();
    expect(jobTimeLeft({ ...JOB, total: 0 })).toBeNull();
  });

  test("is waited for, whether it ends later or has ended", async () => {
    const host = await coreHost();
    const { id } = await openFile(host, "june.csv", supplierFile(40));
    const { job } = await host.call("imports.plan", { id });
    expect((await waitForJob(host, job)).state).toBe("done");
    expect((await waitForJob(host, job)).state).toBe("done");
  });

  test("that is not there is an error", async () => {
    await expect(waitForJob(await coreHost(), 77)).rejects.toThrow("Job 77 is not known any more.");
  });
});

describe("an event", () => {
  test.each([
    [
      "of a product",
      { type: "dataChanged", kinds: ["product"] },
      ["products.list", "supplier_products.list", "batches.list", "plans.get", "app.state"],
    ],
    [
      "of a supplier",
      { type: "dataChanged", kinds: ["supplier"] },
      ["suppliers.list", "supplier_products.list", "batches.list", "plans.get", "app.state"],
    ],
    [
      "of batches alone",
      { type: "dataChanged", kinds: [] },
      ["batches.list", "plans.get", "app.state"],
    ],
    ["of the state", { type: "stateChanged" }, ["app.state", "workspaces.list"]],
  ] satisfies [string, Event, string[]][])(
    "%s makes just what it touches out of date",
    (_, event, names) => {
      const client = new QueryClient();
      const all = [
        "products.list",
        "suppliers.list",
        "supplier_products.list",
        "users.list",
        "batches.list",
        "plans.get",
        "app.state",
        "workspaces.list",
      ];
      for (const name of all) client.setQueryData([name, {}], 1);
      handleEvent(client, event);
      const stale = all.filter((name) => client.getQueryState([name, {}])?.isInvalidated);
      expect(stale.toSorted()).toEqual([...names].toSorted());
    },
  );

  test("about a job is remembered, the latest news only", () => {
    const client = new QueryClient();
    handleEvent(client, { type: "job", job: JOB });
    handleEvent(client, { type: "job", job: { ...JOB, done: 500 } });
    handleEvent(client, { type: "job", job: { ...JOB, id: 2 } });
    const jobs = client.getQueryData<JobStatus[]>(["jobs.list", {}]);
    expect(jobs?.map(({ id, done }) => [id, done])).toEqual([
      [2, 250],
      [1, 500],
    ]);
  });
});

describe("an error", () => {
  test("is understood in whatever form it comes", () => {
    const core = { code: "forbidden", message: "You may not edit products." } as const;
    expect(toCoreError(core)).toEqual(core);
    expect(toCoreError(new CommandError(core))).toEqual(core);
    expect(toCoreError("boom")).toEqual({ code: "internal", message: "boom" });
    expect(toCoreError(new Error("broken")).message).toBe("broken");
  });

  test("leads to what can be done about it", () => {
    expect(remedyOf({ code: "signed_out", message: "" })).toBe("sign_in");
    expect(remedyOf({ code: "newer_schema", message: "" })).toBe("choose_workspace");
  });

  test("has details for support, with the fields", () => {
    const error = new CommandError({
      code: "invalid",
      message: "Some fields break a rule.",
      fields: { sku: "A SKU is needed." },
    });
    expect(errorDetails(error, "Saving")).toContain("Field sku: A SKU is needed.");
  });
});
