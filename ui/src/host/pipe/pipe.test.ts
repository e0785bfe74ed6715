import { expect, test, vi } from "vitest";

import type { Event } from "../../bindings";
import { CommandError, toCoreError } from "../../lib/errors";
import { coreHost, productOf, saveField } from ".";

test("what one desktop saves is told to another one, which then reads it", async () => {
  const host = await coreHost();
  const other = await host.another("manager");
  await productOf(host, "KIT-1001");
  const heard = vi.fn<(event: Event) => void>();
  const stop = host.onEvent(heard);
  await saveField(other, "KIT-1001", "stock", 7);
  await vi.waitFor(
    () =>
      expect(heard).toHaveBeenCalledWith({
        type: "dataChanged",
        kinds: expect.arrayContaining(["product"]),
      }),
    10_000,
  );
  expect((await productOf(host, "KIT-1001")).fields["stock"]).toBe(7);
  stop();
});

test("each test begins with the template, whatever another one did to its copy", async () => {
  const one = await coreHost();
  await saveField(one, "KIT-1001", "stock", 7);
  expect((await productOf(await coreHost(), "KIT-1001")).fields["stock"]).toBe(42);
});

test("what the core refuses is thrown, with its code and its fields", async () => {
  const host = await coreHost({ as: "viewer" });
  const fields = { sku: "AB-1", name: "Mug" };
  const refused = await host.call("products.create", { fields }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(CommandError);
  expect(toCoreError(refused).code).toBe("forbidden");
});

test("a dialog answers what was said before, and is closed without", async () => {
  const host = await coreHost();
  await host.choosePath(await host.file("june.csv", "sku\n"));
  expect(await host.call("files.choose", {})).toMatchObject({ name: "june.csv", size: 4 });
  expect(await host.call("files.choose", {})).toBeNull();
});
