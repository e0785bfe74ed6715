import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";

import { coreHost, PASSWORD, type CoreHost } from "../../host/pipe";
import { expectAccessible, fill, renderWindow } from "../../test/render";

/** A core with a role that was made in it, and somebody who has it. */
async function hostWithBuyer(): Promise<{ host: CoreHost; path: string }> {
  const host = await coreHost();
  const { key } = await host.call("roles.create", {
    name: "Buyer",
    permissions: ["view_products", "see_costs", "export"],
  });
  const eli = { name: "Eli Brandt", email: "eli@example.com", role: key, password: PASSWORD };
  await host.call("users.create", eli);
  return { host, path: `/people/roles/${key}` };
}

const rows = () => screen.getAllByTestId("grid-row").map((row) => row.textContent ?? "");

test("roles are listed; a built-in one is shown but cannot be changed", async () => {
  const { user } = renderWindow("/people", (await hostWithBuyer()).host);
  await user.click(await screen.findByRole("radio", { name: "Roles" }));
  await waitFor(() => expect(rows()[4]).toContain("Made here"));
  await user.click(screen.getByText("Manager"));
  expect(await screen.findByTestId("reason")).toHaveTextContent("Built in");
  expect(await screen.findByTestId("permission-see_costs")).toBeDisabled();
  expect(screen.getByTestId("permission-see_costs")).toBeChecked();
  await expectAccessible();
});

test("roles are sorted by every column", async () => {
  const { user } = renderWindow("/people/roles", (await hostWithBuyer()).host);
  await waitFor(() => expect(rows()).toHaveLength(5));
  for (const [sort, first, last] of [
    ["name", "Buyer", "Viewer"],
    ["kind", "Built in", "Buyer"],
    ["permissions", "Viewer", "Owner"],
  ] as const) {
    await user.click(screen.getByTestId(`sort-${sort}`));
    await waitFor(() => expect(rows()[4]).toContain(last));
    expect(rows()[0]).toContain(first);
    await user.click(screen.getByTestId(`sort-${sort}`));
    await waitFor(() => expect(rows()[4]).toContain(first));
  }
  expect(screen.getAllByTestId(/^sort-/)).toHaveLength(4);
});

test("a role is made, and what a right needs is ticked along", async () => {
  const { user } = renderWindow("/people/roles/new", (await hostWithBuyer()).host);
  await screen.findByTestId("permission-view_products");
  await expectAccessible();
  await user.click(screen.getByTestId("permission-view_products"));
  expect(screen.getByTestId("create-role")).toBeDisabled();
  await user.click(screen.getByTestId("permission-export"));
  expect(screen.getByTestId("permission-view_products")).toBeChecked();
  fill("role-name", "Buyer");
  await user.click(screen.getByTestId("create-role"));
  expect(await screen.findByText("There is a role Buyer already.")).toBeInTheDocument();
  fill("role-name", "Packer");
  await user.click(screen.getByTestId("create-role"));
  await waitFor(() => expect(screen.getByTestId("panel-title")).toHaveTextContent("Packer"));
  expect(screen.getByTestId("role-panel")).toHaveTextContent("No person has it.");
  expect(rows().join()).toContain("Packer");

  await user.click(screen.getByTestId("role-actions"));
  await user.click(await screen.findByTestId("delete-role"));
  await user.click(await screen.findByRole("button", { name: "Delete Packer" }));
  await waitFor(() => expect(rows()).toHaveLength(5));
});

test("a made role is changed; one that somebody has cannot be deleted", async () => {
  const { host, path } = await hostWithBuyer();
  const { user } = renderWindow(path, host);
  await user.click(await screen.findByTestId("permission-see_costs"));
  expect(screen.getByTestId("save-bar")).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: /^Save/ }));
  await waitFor(() => expect(screen.queryByTestId("save-bar")).not.toBeInTheDocument());
  expect(screen.getByTestId("permission-see_costs")).not.toBeChecked();
  await user.click(screen.getByTestId("role-actions"));
  expect(await screen.findByTestId("delete-role")).toHaveTextContent(
    "Delete: 1 person with it first need another",
  );
  expect(screen.getByTestId("delete-role")).toHaveAttribute("data-disabled", "true");
});

test("a role that is left before it is saved is kept", async () => {
  const { host, path } = await hostWithBuyer();
  const first = renderWindow("/people/roles/new", host);
  await first.user.click(await screen.findByTestId("permission-import"));
  fill("role-name", "Packer");
  first.unmount();
  const second = renderWindow(path, host);
  await second.user.click(await screen.findByTestId("permission-see_costs"));
  second.unmount();
  const third = renderWindow(path, host);
  expect(await screen.findByTestId("permission-see_costs")).not.toBeChecked();
  expect(screen.getByTestId("save-bar")).toHaveTextContent("1 field changedUnsaved draft, ");
  await third.user.click(screen.getByRole("button", { name: "Discard" }));
  expect(screen.getByTestId("permission-see_costs")).toBeChecked();
  third.unmount();
  renderWindow("/people/roles/new", host);
  expect(await screen.findByTestId("role-name")).toHaveValue("Packer");
  expect(await screen.findByTestId("permission-import")).toBeChecked();
});

test("a role begins with the rights of another one", async () => {
  const { user } = renderWindow("/people/roles/operator", await coreHost());
  await user.click(await screen.findByTestId("role-actions"));
  await user.click(await screen.findByTestId("copy-role"));
  expect(await screen.findByText("With the rights of Operator.")).toBeInTheDocument();
  expect(screen.getByTestId("permission-import")).toBeChecked();
  expect(screen.getByTestId("permission-see_costs")).not.toBeChecked();
});
