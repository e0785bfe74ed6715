import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";

import { coreHost, PASSWORD } from "../../host/pipe";
import { expectAccessible, fill, recordCalls, renderWindow } from "../../test/render";

test("a person changes their own name and password", async () => {
  const { user } = renderWindow("/", await coreHost());
  await user.click(await screen.findByTestId("person-menu"));
  await user.click(await screen.findByTestId("your-account"));
  await screen.findByTestId("account-name");
  await expectAccessible();
  fill("account-name", "Ada M. Moreno");
  expect(screen.getByTestId("save-bar")).toHaveTextContent("1 field changed");
  await user.keyboard("{Control>}s{/Control}");
  await waitFor(() => expect(screen.getByTestId("person-menu")).toHaveTextContent("Ada M. Moreno"));
  fill("current-password", "not mine");
  fill("new-password", "quite another sentence");
  await waitFor(() => expect(screen.getByTestId("change-password")).toBeEnabled());
  await user.click(screen.getByTestId("change-password"));
  expect(await screen.findByText("This is not your current password.")).toBeVisible();
  fill("current-password", PASSWORD);
  await user.click(screen.getByTestId("change-password"));
  expect(await screen.findByText("Your password is changed.")).toBeInTheDocument();
  expect(screen.getByTestId("new-password")).toHaveValue("");
});

test("the settings of the workspace are changed by whoever manages it", async () => {
  const host = await coreHost();
  const { version } = await host.call("settings.get", {});
  const calls = recordCalls(host);
  const { user } = renderWindow("/settings", host);
  await screen.findByTestId("settings-name");
  await expectAccessible();
  expect(screen.queryByTestId("save-bar")).not.toBeInTheDocument();
  fill("settings-name", "Shop West");
  await user.click(screen.getByTestId("settings-currency"));
  await user.click(await screen.findByRole("option", { name: /^EUR/, hidden: true }));
  fill("settings-idle", "5");
  await user.click(screen.getByRole("button", { name: /^Save/ }));
  expect(await screen.findByText("Settings saved.")).toBeInTheDocument();
  expect(calls.find(({ name }) => name === "settings.update")?.request).toEqual({
    version,
    name: "Shop West",
    currency: "EUR",
    idleLockMinutes: 5,
  });
  await waitFor(() =>
    expect(screen.getByTestId("workspace-switcher")).toHaveTextContent("Shop West"),
  );
});

test("settings that somebody else saved meanwhile come in, and what was typed stays", async () => {
  const host = await coreHost();
  const { user } = renderWindow("/settings", host);
  await screen.findByTestId("settings-name");
  fill("settings-name", "Shop West");
  const other = await host.another("owner");
  const theirs = await other.call("settings.get", {});
  await other.call("settings.update", { ...theirs, idleLockMinutes: 30 });
  await user.click(screen.getByRole("button", { name: /^Save/ }));
  expect(await screen.findByTestId("inline-error")).toHaveTextContent(
    "You, at another desktop, changed the settings just now.",
  );
  await waitFor(() => expect(screen.getByTestId("settings-idle")).toHaveValue("30"));
  expect(screen.getByTestId("settings-name")).toHaveValue("Shop West");
  await user.click(screen.getByRole("button", { name: /^Save/ }));
  expect(await screen.findByText("Settings saved.")).toBeInTheDocument();
});

test("settings that were typed and left are a draft", async () => {
  const host = await coreHost();
  const { user, unmount } = renderWindow("/settings", host);
  await screen.findByTestId("settings-name");
  fill("settings-name", "Shop West");
  expect(screen.getByTestId("save-bar")).toHaveTextContent("1 field changed");
  unmount();
  renderWindow("/settings", host);
  expect(await screen.findByTestId("settings-name")).toHaveValue("Shop West");
  expect(screen.getByTestId("save-bar")).toHaveTextContent("Unsaved draft, ");
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: "Discard" }));
  expect(screen.getByTestId("settings-name")).toHaveValue("Shop North");
  expect(screen.queryByTestId("save-bar")).not.toBeInTheDocument();
});

test("whoever may not change them sees them, and why", async () => {
  renderWindow("/settings", await coreHost({ as: "operator" }));
  expect(await screen.findByTestId("reason")).toHaveTextContent("manage the workspace");
  expect(screen.getByTestId("settings-name")).toBeDisabled();
  expect(screen.queryByTestId("save-bar")).not.toBeInTheDocument();
  await expectAccessible();
});
