import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";

import { coreHost } from "../../host/pipe";
import { importFile, supplierFile } from "../../host/pipe/imports";
import { expectAccessible, renderWindow } from "../../test/render";

const SLOW = { timeout: 30_000 };

test("all of a long list go to the trash by a plan that is read before", async () => {
  const host = await coreHost();
  await importFile(host, "long.csv", supplierFile(5_200));
  const { user } = renderWindow("/products?q=AB-", host);
  await waitFor(() =>
    expect(screen.getByTestId("grid").getAttribute("aria-rowcount")).toBe("5201"),
  );
  await user.click(screen.getByTestId("select-all"));
  expect(await screen.findByText("All 5,200 selected")).toBeInTheDocument();
  const [tick] = screen.getAllByRole("checkbox", { name: /^Select AB-/ });
  await user.click(tick ?? document.body);
  expect(await screen.findByText("5,199 selected, all but 1")).toBeInTheDocument();
  expect(tick).not.toBeChecked();
  await user.click(screen.getByTestId("trash-selected"));
  expect(await screen.findByTestId("plan-count-trash", {}, SLOW)).toHaveTextContent("5,199");
  expect(screen.getByTestId("plan-tab-trash")).toHaveTextContent("Move to the trash");
  await expectAccessible();
  await user.click(screen.getByTestId("plan-apply"));
  const done = await screen.findByTestId("plan-done", {}, SLOW);
  await waitFor(() => expect(done).toHaveTextContent("5,199 moved to the trash"));
  expect(await host.call("products.count", { filter: { search: "AB-" } })).toMatchObject({
    count: 1,
  });
}, 90_000);
