import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, test } from "vitest";

import { fakeHost } from "../../host/fake";
import { expectAccessible, fill, recordCalls, renderApp } from "../../test/render";

const rows = () => screen.getAllByTestId("grid-row").map((row) => row.textContent ?? "");

const keptDrafts = () =>
  Object.keys(localStorage)
    .filter((key) => key.startsWith("backstock.draft."))
    .map((key) => localStorage.getItem(key));

async function choose(user: ReturnType<typeof renderApp>["user"], testId: string, option: string) {
  await user.click(screen.getByTestId(testId));
  await user.click(await screen.findByRole("option", { name: option, hidden: true }));
}

test("people are listed with role, status and last sign-in, searched and sorted", async () => {
  const { user } = renderApp("/people");
  await waitFor(() => expect(rows()).toHaveLength(5));
  expect(rows()[1]).toContain("Ben Ode");
  expect(rows()[1]).toContain("Manager");
  expect(rows()[2]).toContain("Locked out");
  expect(rows()[3]).toContain("Never");
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: /^Last sign-in/ }));
  await waitFor(() => expect(rows()[0]).toContain("Dia"));
  await user.type(screen.getByTestId("people-search"), "ben@");
  await waitFor(() => expect(rows()).toHaveLength(1));
  await user.type(screen.getByTestId("people-search"), "nobody");
  expect(await screen.findByText("Nobody matches")).toBeInTheDocument();
});

test("a new person gets a password that is shown once, to copy", async () => {
  const { user } = renderApp("/people");
  await user.click(await screen.findByTestId("new-person"));
  await screen.findByTestId("person-name");
  await expectAccessible();
  fill("person-name", "Fay Lind");
  fill("person-email", "ada@example.com");
  await choose(user, "person-role", "Operator");
  await user.click(screen.getByTestId("create-person"));
  expect(await screen.findByText("Somebody has this e-mail address already.")).toBeInTheDocument();

  fill("person-email", "fay@example.com");
  await user.click(screen.getByTestId("create-person"));
  expect(await screen.findByTestId("generated-password")).toHaveTextContent(/\w+-\w+-\w+-\w+/);
  await expectAccessible();
  await user.keyboard("{Escape}");
  expect(screen.getByTestId("generated-password")).toBeInTheDocument();
  await user.click(screen.getByTestId("password-noted"));
  await waitFor(() => expect(screen.queryByTestId("generated-password")).not.toBeInTheDocument());
  await waitFor(() => expect(screen.getByTestId("panel-title")).toHaveTextContent("Fay Lind"));
  expect(rows().join()).toContain("fay@example.com");
});

test("a typed first password must pass the rules", async () => {
  const host = fakeHost();
  const calls = recordCalls(host);
  const { user } = renderApp("/people/new", {}, host);
  await screen.findByTestId("person-name");
  fill("person-name", "Fay Lind");
  fill("person-email", "fay@example.com");
  await choose(user, "person-role", "Viewer");
  await user.click(screen.getByRole("radio", { name: "Type one" }));
  expect(screen.getByTestId("create-person")).toBeDisabled();
  fill("given-password", "four typed words");
  await user.click(screen.getByTestId("create-person"));
  await screen.findByText("Fay Lind can sign in now.");
  expect(calls.find(({ name }) => name === "users.create")?.request).toMatchObject({
    password: "four typed words",
  });
  expect(screen.queryByTestId("generated-password")).not.toBeInTheDocument();
});

test("a person is renamed and given another role", async () => {
  const { user } = renderApp("/people/018f-ben");
  await screen.findByTestId("person-name");
  fill("person-name", "Benjamin Ode");
  await choose(user, "person-role", "Viewer");
  expect(screen.getByTestId("save-bar")).toHaveTextContent("2 fields changed");
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: /^Save/ }));
  await waitFor(() => expect(screen.getByTestId("panel-title")).toHaveTextContent("Benjamin Ode"));
  expect(screen.queryByTestId("save-bar")).not.toBeInTheDocument();
  await waitFor(() => expect(rows().join()).toContain("Benjamin Ode"));
});

describe("what is typed is kept when the form is left", () => {
  test("of a person, until it is discarded", async () => {
    const { user, host, unmount } = renderApp("/people/018f-ben");
    await screen.findByTestId("person-name");
    fill("person-name", "Benjamin Ode");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByTestId("person-panel")).not.toBeInTheDocument());
    unmount();
    const again = renderApp("/people/018f-ben", {}, host);
    expect(await screen.findByTestId("person-name")).toHaveValue("Benjamin Ode");
    expect(screen.getByTestId("save-bar")).toHaveTextContent("Unsaved draft, ");
    await again.user.click(screen.getByRole("button", { name: "Discard" }));
    expect(screen.getByTestId("person-name")).toHaveValue("Ben Ode");
    expect(keptDrafts()).toEqual([]);
  });

  test("of somebody new, but never a password", async () => {
    const { user, host, unmount } = renderApp("/people/new");
    await screen.findByTestId("person-name");
    fill("person-name", "Fay Lind");
    fill("person-email", "fay@example.com");
    await choose(user, "person-role", "Viewer");
    await user.click(screen.getByRole("radio", { name: "Type one" }));
    fill("given-password", "four typed words");
    unmount();
    expect(keptDrafts().join()).toContain("Fay Lind");
    expect(JSON.stringify(localStorage)).not.toContain("four typed words");
    renderApp("/people/new", {}, host);
    expect(await screen.findByTestId("person-email")).toHaveValue("fay@example.com");
    expect(screen.getByTestId("person-panel")).toHaveTextContent("Unsaved draft, ");
    expect(screen.queryByTestId("given-password")).not.toBeInTheDocument();
    await userEvent.click(screen.getByTestId("create-person"));
    await screen.findByTestId("generated-password");
    expect(keptDrafts()).toEqual([]);
  });

  test("but not what is saved after the form was closed", async () => {
    const host = fakeHost();
    const { user } = renderApp("/people/018f-ben", {}, host);
    await screen.findByTestId("person-name");
    const call = host.call.bind(host);
    const gate: { open: () => void } = { open: () => {} };
    const opened = new Promise<void>((resolve) => {
      gate.open = resolve;
    });
    host.call = async (name, request) => {
      if (name === "users.update") await opened;
      return call(name, request);
    };
    fill("person-name", "Benjamin Ode");
    await user.keyboard("{Control>}s{/Control}");
    await user.click(screen.getByTestId("close-panel"));
    await waitFor(() => expect(screen.queryByTestId("person-panel")).not.toBeInTheDocument());
    gate.open();
    await screen.findByText("Benjamin Ode saved.");
    expect(keptDrafts()).toEqual([]);
  });

  test("and what somebody else saved meanwhile is not replaced unseen", async () => {
    const { host, unmount } = renderApp("/people/018f-ben");
    await screen.findByTestId("person-name");
    fill("person-name", "Benjamin Ode");
    unmount();
    const ben = host.world.users.find(({ id }) => id === "018f-ben");
    Object.assign(ben ?? {}, { name: "Ben O.", version: 2 });
    renderApp("/people/018f-ben", {}, host);
    expect(await screen.findByTestId("overtaken")).toHaveTextContent("The name is now Ben O.");
    expect(screen.getByTestId("person-name")).toHaveValue("Benjamin Ode");
    await expectAccessible();
  });
});

describe("what is done with an account is asked for by name", () => {
  test("deactivate and reactivate", async () => {
    const { user } = renderApp("/people/018f-ben");
    await user.click(await screen.findByTestId("person-actions"));
    await user.click(await screen.findByTestId("deactivate-person"));
    const dialog = await screen.findByRole("dialog", { name: "Deactivate Ben Ode?" });
    await expectAccessible();
    await user.click(within(dialog).getByRole("button", { name: "Deactivate Ben Ode" }));
    await waitFor(() =>
      expect(screen.getByTestId("person-panel")).toHaveTextContent("Deactivated"),
    );
    await user.click(screen.getByTestId("person-actions"));
    await user.click(await screen.findByTestId("reactivate-person"));
    await user.click(await screen.findByRole("button", { name: "Reactivate Ben Ode" }));
    await waitFor(() => expect(screen.getByTestId("person-panel")).toHaveTextContent("Active"));
  });

  test("delete", async () => {
    const { user } = renderApp("/people/018f-eli");
    await user.click(await screen.findByTestId("person-actions"));
    await user.click(await screen.findByTestId("delete-person"));
    await screen.findByRole("dialog", { name: "Delete Eli Brandt?" });
    await waitFor(() => expect(screen.getByRole("button", { name: "Cancel" })).toHaveFocus());
    await user.click(screen.getByRole("button", { name: "Delete Eli Brandt" }));
    await waitFor(() => expect(rows()).toHaveLength(4));
    await waitFor(() => expect(screen.queryByTestId("person-panel")).not.toBeInTheDocument());
  });

  test("reset the password", async () => {
    const { user } = renderApp("/people/018f-cho");
    expect(await screen.findByTestId("person-locked")).toHaveTextContent("For 4:00");
    await user.click(screen.getByTestId("person-actions"));
    await user.click(await screen.findByTestId("reset-password"));
    await screen.findByRole("dialog", { name: "Reset the password of Cho Park?" });
    await user.click(screen.getByRole("button", { name: "Reset password" }));
    expect(await screen.findByTestId("generated-password")).toBeInTheDocument();
    await user.click(screen.getByTestId("copy-password"));
    expect(await screen.findByText("Copied")).toBeInTheDocument();
  });

  test("the only owner stays", async () => {
    const { user } = renderApp("/people/018f-ada");
    await user.click(await screen.findByTestId("person-actions"));
    await user.click(await screen.findByTestId("deactivate-person"));
    await user.click(await screen.findByRole("button", { name: "Deactivate Ada Moreno" }));
    expect(await screen.findByTestId("inline-error")).toHaveTextContent(
      "Ada Moreno is the only owner and cannot be deactivated.",
    );
  });
});

test("somebody with more rights cannot be changed, and it says why", async () => {
  const host = fakeHost();
  host.world.person = {
    id: "018f-cho",
    name: "Cho Park",
    email: "cho@example.com",
    role: "clerk",
    roleName: "Clerk",
    permissions: ["view_products", "manage_users"],
  };
  renderApp("/people/018f-ada", {}, host);
  expect(await screen.findByTestId("reason")).toHaveTextContent(
    "Ada Moreno has rights that you do not have.",
  );
  expect(screen.getByTestId("person-name")).toBeDisabled();
  expect(screen.getByTestId("person-actions")).toBeDisabled();
  await expectAccessible();
});

test("whoever may not manage people does not see the area, nor its pages", async () => {
  renderApp("/people", { role: "viewer" });
  expect(await screen.findByText("Not for your role")).toBeInTheDocument();
  expect(screen.queryByTestId("area-people")).not.toBeInTheDocument();
  expect(screen.queryByTestId("area-imports")).not.toBeInTheDocument();
  expect(screen.getByTestId("area-history")).toBeInTheDocument();
  await expectAccessible();
});
