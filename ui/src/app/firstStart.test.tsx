import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";

import type { AppState, KeyStoreState, WorkspaceInfo } from "../bindings";
import { coreHost, emptyHost, PASSWORD, STAFF } from "../host/pipe";
import { CommandError } from "../lib/errors";
import { expectAccessible, fill, recordCalls, renderWindow } from "../test/render";
import { follow } from "../test/stubHost";

const WAREHOUSE: WorkspaceInfo = {
  id: "018f0000-0000-7000-8000-000000000001",
  name: "Warehouse",
  kind: "shared",
  location: "shop@db.example.com:3306/backstock",
  remembered: false,
};

const ANY_TOKEN: unknown = expect.any(String);

/** A host whose shared workspace was open last: its server is out of the reach of tests. */
async function sharedHost(part: Partial<AppState>, keys: KeyStoreState = { available: true }) {
  const state = { now: part };
  const host = await coreHost({ as: "nothing" });
  return follow(host, {
    "app.state": async (_, real) => ({ ...(await real()), workspace: WAREHOUSE, ...state.now }),
    "workspaces.key_store": () => keys,
    "workspaces.open": ({ password }) => {
      if (password === "wrong") {
        const message = "The database refused the user shop.";
        throw new CommandError({ code: "database_refused", message });
      }
      state.now = { stage: "sign_in" };
      host.emit({ type: "stateChanged" });
      return WAREHOUSE;
    },
    "workspaces.close": () => {
      state.now = { stage: "choose_workspace", workspace: null, problem: null };
      host.emit({ type: "stateChanged" });
      return null;
    },
    "workspaces.list": () => [WAREHOUSE],
  });
}

test("a new person makes a workspace, an account, and stands before the first steps", async () => {
  const { user } = renderWindow("/", await coreHost({ as: "nothing" }));
  await screen.findByRole("heading", { name: "Welcome to Backstock" });
  await expectAccessible();
  await screen.findByTestId("workspace-name");
  fill("workspace-name", "Shop South");
  await user.click(screen.getByTestId("create-workspace"));

  await screen.findByRole("heading", { name: "Create the owner account" });
  await expectAccessible();
  await screen.findByTestId("owner-name");
  fill("owner-name", "Ada Moreno");
  await screen.findByTestId("owner-email");
  fill("owner-email", "ada@example.com");
  await screen.findByTestId("owner-password");
  fill("owner-password", "short");
  expect(screen.getByText("5 more characters.")).toBeInTheDocument();
  expect(screen.getByTestId("create-owner")).toBeDisabled();
  expect(screen.getByTestId("owner-currency")).toHaveValue("USD · US Dollar");
  await screen.findByTestId("owner-password");
  fill("owner-password", "short but longer now");
  await user.click(screen.getByTestId("create-owner"));

  await screen.findByText("Shop South has no products yet");
  await expectAccessible();
});

test("the practice catalogue fills an empty workspace", async () => {
  const { user } = renderWindow("/products", await emptyHost());
  await user.click(await screen.findByTestId("step-practice"));
  expect(await screen.findByRole("grid", { name: "Products" })).toBeInTheDocument();
  expect(await screen.findAllByTestId("grid-row")).not.toHaveLength(0);
});

test("a shared database says exactly what is wrong, then what it found", async () => {
  const core = await coreHost({ as: "nothing" });
  const host = follow(core, {
    "workspaces.test_shared": ({ host: server }) => {
      if (server === "nowhere") {
        throw new CommandError({
          code: "unreachable",
          message: "There is no server with this name.",
          hint: "Check the name of the server and the network.",
        });
      }
      return { empty: true, name: null, server: "MariaDB 10.11.19", encrypted: true };
    },
    "workspaces.connect_shared": () => core.call("workspaces.create_local", { name: "Shop" }),
  });
  const calls = recordCalls(host);
  const { user } = renderWindow("/", host);
  await user.click(await screen.findByTestId("kind-shared"));
  await expectAccessible();
  await screen.findByTestId("shared-host");
  fill("shared-host", "nowhere");
  await screen.findByTestId("shared-database");
  fill("shared-database", "backstock");
  await screen.findByTestId("shared-user");
  fill("shared-user", "shop");
  await user.click(screen.getByTestId("test-connection"));
  expect(await screen.findByText("There is no server with this name.")).toBeInTheDocument();
  expect(screen.getByTestId("inline-error")).toHaveTextContent(
    "Check the name of the server and the network.",
  );

  await screen.findByTestId("shared-host");
  fill("shared-host", "db.example.com");
  expect(screen.queryByTestId("inline-error")).not.toBeInTheDocument();
  await user.click(screen.getByTestId("test-connection"));
  expect(await screen.findByTestId("test-result")).toHaveTextContent(
    "MariaDB 10.11.19 answers, encrypted. The database is empty and will be set up.",
  );
  await user.click(screen.getByTestId("connect-shared"));
  await screen.findByRole("heading", { name: "Create the owner account" });
  expect(calls.find(({ name }) => name === "workspaces.connect_shared")?.request).toMatchObject({
    address: { host: "db.example.com", port: 3306, tls: "required" },
  });
});

test("a wrong password is told, and typed again", async () => {
  const { user } = renderWindow("/", await coreHost({ as: "nobody" }));
  await screen.findByTestId("sign-in-email");
  fill("sign-in-email", STAFF.owner.email);
  await user.type(screen.getByTestId("sign-in-password"), "wrong");
  await user.click(screen.getByTestId("sign-in"));
  expect(
    await screen.findByText("The e-mail address or the password is wrong."),
  ).toBeInTheDocument();
  expect(screen.getByTestId("sign-in-password")).toHaveValue("");
  await expectAccessible();
  await user.type(screen.getByTestId("sign-in-password"), `${PASSWORD}{Enter}`);
  expect(await screen.findByTestId("frame")).toBeInTheDocument();
  await waitFor(() => expect(localStorage.getItem("backstock.last-email")).toBe(STAFF.owner.email));
});

test("a database password is asked for, and a wrong one is told", async () => {
  const { user } = renderWindow("/", await sharedHost({ stage: "password_needed" }));
  await user.type(await screen.findByTestId("database-password"), "wrong{Enter}");
  expect(await screen.findByText("The database refused the user shop.")).toBeInTheDocument();
  expect(screen.getByTestId("database-password")).toHaveValue("");
  expect(screen.getByTestId("database-password")).toHaveFocus();
  await user.type(screen.getByTestId("database-password"), "right{Enter}");
  expect(await screen.findByRole("heading", { name: "Sign in to Warehouse" })).toBeInTheDocument();
});

test("a workspace that cannot be opened says why and lets another one be chosen", async () => {
  const message = "The database cannot be reached.";
  const problem = { code: "unreachable", message, hint: "Look." } as const;
  const { user } = renderWindow("/", await sharedHost({ stage: "broken", problem }));
  await screen.findByRole("heading", { name: "Warehouse cannot be opened" });
  expect(screen.getByTestId("inline-error")).toHaveTextContent("The database cannot be reached.");
  await expectAccessible();
  await user.click(screen.getByTestId("other-workspace"));
  await screen.findByRole("heading", { name: "Choose a workspace" });
  await expectAccessible();
  expect(await screen.findByTestId("known-workspaces")).toHaveTextContent("Warehouse");
});

test("signing out leaves nothing of the person before on the screen", async () => {
  const { user, client } = renderWindow("/products", await coreHost());
  await screen.findAllByTestId("grid-row");
  await user.click(screen.getByTestId("person-menu"));
  await user.click(await screen.findByTestId("sign-out"));
  await screen.findByTestId("sign-in-password");
  await waitFor(() => expect(client.getQueriesData({ queryKey: ["products.list"] })).toEqual([]));
});

test("the file of a workspace is opened from the first screen", async () => {
  const other = await coreHost({ as: "nobody" });
  const host = await coreHost({ as: "nothing" });
  await host.choosePath(other.workspace);
  const calls = recordCalls(host);
  const { user } = renderWindow("/", host);
  await user.click(await screen.findByTestId("open-workspace-file"));
  await screen.findByRole("heading", { name: "Sign in to Shop North" });
  expect(calls.find(({ name }) => name === "workspaces.open_file")?.request).toEqual({
    file: ANY_TOKEN,
  });
});

test("another workspace's file is opened from the switcher", async () => {
  const other = await coreHost({ as: "nobody" });
  const host = await emptyHost();
  await host.choosePath(other.workspace);
  const { user } = renderWindow("/", host);
  await user.click(await screen.findByTestId("workspace-switcher"));
  await user.click(await screen.findByTestId("open-file"));
  expect(await screen.findByRole("heading", { name: "Sign in to Shop North" })).toBeInTheDocument();
});

test("a database password is remembered only when that is ticked", async () => {
  const host = await sharedHost({ stage: "password_needed" });
  const calls = recordCalls(host);
  const { user } = renderWindow("/", host);
  await user.type(await screen.findByTestId("database-password"), "wrong{Enter}");
  await screen.findByTestId("inline-error");
  await user.click(screen.getByTestId("remember-password"));
  await expectAccessible();
  await user.type(screen.getByTestId("database-password"), "right{Enter}");
  await screen.findByTestId("sign-in-email");
  const asked = calls.filter(({ name }) => name === "workspaces.open");
  expect(asked.map(({ request }) => request)).toMatchObject([
    { remember: false },
    { remember: true },
  ]);
});

test("a computer that cannot keep passwords says so", async () => {
  const reason = "This computer has no key store. Type the password at each start.";
  const keys = { available: false, reason };
  renderWindow("/", await sharedHost({ stage: "password_needed" }, keys));
  expect(await screen.findByText(/This computer has no key store/)).toBeInTheDocument();
  expect(screen.getByTestId("remember-password")).toBeDisabled();
});
