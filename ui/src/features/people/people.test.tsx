import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, test } from "vitest";

import { coreHost, PASSWORD, STAFF, type CoreHost, type StaffRole } from "../../host/pipe";
import { expectAccessible, fill, recordCalls, renderWindow } from "../../test/render";

const rows = () => screen.getAllByTestId("grid-row").map((row) => row.textContent ?? "");

const keptDrafts = () =>
  Object.keys(localStorage)
    .filter((key) => key.startsWith("backstock.draft."))
    .map((key) => localStorage.getItem(key));

type User = ReturnType<typeof renderWindow>["user"];

/** A person of the staff. */
async function personOf(host: CoreHost, role: StaffRole) {
  const { users } = await host.call("users.list", {});
  const person = users.find(({ email }) => email === STAFF[role].email);
  if (!person) throw new Error(`Nobody is ${role}.`);
  return person;
}

/** The panel of somebody of the staff, over a core of its own. */
async function openPerson(role: StaffRole) {
  const host = await coreHost();
  const path = `/people/${(await personOf(host, role)).id}`;
  return { ...renderWindow(path, host), path };
}

/** Guesses the operator's password until no more guesses are taken. */
async function lockOut(host: CoreHost) {
  for (let guess = 0; guess < 5; guess += 1) {
    const wrong = { email: STAFF.operator.email, password: `guess ${guess}` };
    await host.call("session.sign_in", wrong).catch(() => {});
  }
}

async function choose(user: User, testId: string, option: string) {
  await user.click(screen.getByTestId(testId));
  await user.click(await screen.findByRole("option", { name: option, hidden: true }));
}

test("people are listed with role, status and last sign-in, searched and sorted", async () => {
  const host = await coreHost();
  await lockOut(await host.another("manager"));
  const { user } = renderWindow("/people", host);
  await waitFor(() => expect(rows()).toHaveLength(4));
  expect(rows()[1]).toContain("Ben Ode");
  expect(rows()[1]).toContain("Manager");
  expect(rows()[2]).toContain("Locked out");
  expect(rows()[3]).toContain("Never");
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: /^Last sign-in/ }));
  await waitFor(() => expect(rows()[0]).toContain("Never"));
  await user.type(screen.getByTestId("people-search"), "ben@");
  await waitFor(() => expect(rows()).toHaveLength(1));
  await user.type(screen.getByTestId("people-search"), "nobody");
  expect(await screen.findByText("No person matches")).toBeInTheDocument();
});

test("a new person gets a password that is shown once, to copy", async () => {
  const { user } = renderWindow("/people", await coreHost());
  await user.click(await screen.findByTestId("new-person"));
  await screen.findByTestId("person-name");
  await expectAccessible();
  fill("person-name", "Fay Lind");
  fill("person-email", "ada@example.com");
  await choose(user, "person-role", "Operator");
  await user.click(screen.getByTestId("create-person"));
  expect(
    await screen.findByText("Ada Moreno has the address ada@example.com already."),
  ).toBeInTheDocument();

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
  const host = await coreHost();
  const calls = recordCalls(host);
  const { user } = renderWindow("/people/new", host);
  await screen.findByTestId("person-name");
  fill("person-name", "Fay Lind");
  fill("person-email", "fay@example.com");
  await choose(user, "person-role", "Viewer");
  await user.click(screen.getByRole("radio", { name: "Type one" }));
  expect(screen.getByTestId("create-person")).toBeDisabled();
  fill("given-password", "four typed words");
  await waitFor(() => expect(screen.getByTestId("create-person")).toBeEnabled());
  await user.click(screen.getByTestId("create-person"));
  await screen.findByText("Fay Lind can sign in now.");
  expect(calls.find(({ name }) => name === "users.create")?.request).toMatchObject({
    password: "four typed words",
  });
  expect(screen.queryByTestId("generated-password")).not.toBeInTheDocument();
});

test("a person is renamed and given another role", async () => {
  const { user } = await openPerson("manager");
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
    const { user, host, path, unmount } = await openPerson("manager");
    await screen.findByTestId("person-name");
    fill("person-name", "Benjamin Ode");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByTestId("person-panel")).not.toBeInTheDocument());
    unmount();
    const again = renderWindow(path, host);
    expect(await screen.findByTestId("person-name")).toHaveValue("Benjamin Ode");
    expect(screen.getByTestId("save-bar")).toHaveTextContent("Unsaved draft, ");
    await again.user.click(screen.getByRole("button", { name: "Discard" }));
    expect(screen.getByTestId("person-name")).toHaveValue("Ben Ode");
    expect(keptDrafts()).toEqual([]);
  });

  test("of somebody new, but never a password", async () => {
    const host = await coreHost();
    const { user, unmount } = renderWindow("/people/new", host);
    await screen.findByTestId("person-name");
    fill("person-name", "Fay Lind");
    fill("person-email", "fay@example.com");
    await choose(user, "person-role", "Viewer");
    await user.click(screen.getByRole("radio", { name: "Type one" }));
    fill("given-password", "four typed words");
    unmount();
    expect(keptDrafts().join()).toContain("Fay Lind");
    expect(JSON.stringify(localStorage)).not.toContain("four typed words");
    renderWindow("/people/new", host);
    expect(await screen.findByTestId("person-email")).toHaveValue("fay@example.com");
    expect(screen.getByTestId("person-panel")).toHaveTextContent("Unsaved draft, ");
    expect(screen.queryByTestId("given-password")).not.toBeInTheDocument();
    await userEvent.click(screen.getByTestId("create-person"));
    await screen.findByTestId("generated-password");
    expect(keptDrafts()).toEqual([]);
  });

  test("but not what is saved after the form was closed", async () => {
    const host = await coreHost();
    const { user } = renderWindow(`/people/${(await personOf(host, "manager")).id}`, host);
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
    const { host, path, unmount } = await openPerson("manager");
    await screen.findByTestId("person-name");
    fill("person-name", "Benjamin Ode");
    unmount();
    const { id, version, email, role } = await personOf(host, "manager");
    await host.call("users.update", { id, version, email, role, name: "Ben O." });
    renderWindow(path, host);
    expect(await screen.findByTestId("overtaken")).toHaveTextContent("The name is now Ben O.");
    expect(screen.getByTestId("person-name")).toHaveValue("Benjamin Ode");
    await expectAccessible();
  });
});

describe("what is done with an account is asked for by name", () => {
  test("deactivate and reactivate", async () => {
    const { user } = await openPerson("manager");
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
    const { user } = await openPerson("viewer");
    await user.click(await screen.findByTestId("person-actions"));
    await user.click(await screen.findByTestId("delete-person"));
    await screen.findByRole("dialog", { name: "Delete Dia Kowalczyk-Ramaswamy?" });
    await waitFor(() => expect(screen.getByRole("button", { name: "Cancel" })).toHaveFocus());
    await user.click(screen.getByRole("button", { name: "Delete Dia Kowalczyk-Ramaswamy" }));
    await waitFor(() => expect(rows()).toHaveLength(3));
    await waitFor(() => expect(screen.queryByTestId("person-panel")).not.toBeInTheDocument());
  });

  test("reset the password", async () => {
    const host = await coreHost();
    await lockOut(await host.another("manager"));
    const { user } = renderWindow(`/people/${(await personOf(host, "operator")).id}`, host);
    expect(await screen.findByTestId("person-locked")).toHaveTextContent(/For 0:\d\d/);
    await user.click(screen.getByTestId("person-actions"));
    await user.click(await screen.findByTestId("reset-password"));
    await screen.findByRole("dialog", { name: "Reset the password of Cho Park?" });
    await user.click(screen.getByRole("button", { name: "Reset password" }));
    expect(await screen.findByTestId("generated-password")).toBeInTheDocument();
    await user.click(screen.getByTestId("copy-password"));
    expect(await screen.findByText("Copied")).toBeInTheDocument();
  });

  test("not one's own", async () => {
    const { user } = await openPerson("owner");
    await user.click(await screen.findByTestId("person-actions"));
    await user.click(await screen.findByTestId("deactivate-person"));
    await user.click(await screen.findByRole("button", { name: "Deactivate Ada Moreno" }));
    expect(await screen.findByTestId("inline-error")).toHaveTextContent(
      "You cannot deactivate your own account.",
    );
  });
});

test("somebody with more rights cannot be changed, and it says why", async () => {
  const host = await coreHost();
  const clerk = { email: "fay@example.com", password: PASSWORD };
  const permissions = ["view_products" as const, "manage_users" as const];
  const { key: role } = await host.call("roles.create", { name: "Clerk", permissions });
  await host.call("users.create", { ...clerk, name: "Fay Lind", role, mustChange: false });
  const { id } = await personOf(host, "owner");
  await host.call("session.sign_out", {});
  await host.call("session.sign_in", clerk);
  renderWindow(`/people/${id}`, host);
  expect(await screen.findByTestId("reason")).toHaveTextContent(
    "Ada Moreno has all rights, and only an owner may change that.",
  );
  expect(screen.getByTestId("person-name")).toBeDisabled();
  expect(screen.getByTestId("person-actions")).toBeDisabled();
  await expectAccessible();
});

test("whoever may not manage people does not see the area, nor its pages", async () => {
  renderWindow("/people", await coreHost({ as: "viewer" }));
  expect(await screen.findByText("Not for your role")).toBeInTheDocument();
  expect(screen.queryByTestId("area-people")).not.toBeInTheDocument();
  expect(screen.queryByTestId("area-imports")).not.toBeInTheDocument();
  expect(screen.getByTestId("area-history")).toBeInTheDocument();
  await expectAccessible();
});
