import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";

import { coreHost, PASSWORD, productOf, STAFF } from "../host/pipe";
import { expectAccessible, fill, recordCalls, renderWindow } from "../test/render";
import { follow } from "../test/stubHost";

test("a locked window keeps what was typed, and opens with the password only", async () => {
  const host = await coreHost();
  const { id } = await productOf(host, "KIT-1001");
  const { user } = renderWindow(`/products/${id}`, host);
  await screen.findByTestId("field-name");
  fill("field-name", "Half a name");
  await user.click(screen.getByTestId("field-name"));
  await user.keyboard("{Control>}l{/Control}");
  await screen.findByTestId("lock-screen");
  expect(screen.getByTestId("app")).toHaveAttribute("inert");
  expect(screen.getByTestId("field-name")).toHaveValue("Half a name");
  await expectAccessible(screen.getByTestId("lock-screen"));

  await user.type(screen.getByTestId("unlock-password"), "wrong{Enter}");
  expect(await screen.findByText("The password is wrong.")).toBeInTheDocument();
  expect(screen.getByTestId("unlock-password")).toHaveValue("");
  await user.type(screen.getByTestId("unlock-password"), `${PASSWORD}{Enter}`);
  await waitFor(() => expect(screen.queryByTestId("lock-screen")).not.toBeInTheDocument());
  expect(screen.getByTestId("app")).not.toHaveAttribute("inert");
  expect(screen.getByTestId("field-name")).toHaveValue("Half a name");
  expect(screen.getByTestId("field-name")).toHaveFocus();
});

test("what changes while the window is locked is not asked for, and read afterwards", async () => {
  const host = await coreHost();
  const { user } = renderWindow("/products", host);
  await screen.findAllByTestId("grid-row");
  await user.click(screen.getByTestId("person-menu"));
  await user.click(await screen.findByTestId("lock-now"));
  await screen.findByTestId("lock-screen");
  const calls = recordCalls(host);
  host.emit({ type: "dataChanged", kinds: ["product"] });
  await waitFor(() => expect(calls.map(({ name }) => name)).toContain("app.state"));
  expect(calls.filter(({ name }) => name.startsWith("products."))).toEqual([]);
  await user.type(screen.getByTestId("unlock-password"), `${PASSWORD}{Enter}`);
  await waitFor(() => expect(calls.map(({ name }) => name)).toContain("products.list"));
});

test("whoever cannot unlock can sign out", async () => {
  const host = await coreHost();
  await host.call("session.lock", {});
  const { user } = renderWindow("/products", host);
  await user.click(await screen.findByTestId("lock-sign-out"));
  expect(await screen.findByTestId("sign-in-password")).toBeInTheDocument();
});

/** A core whose window locks after so many minutes: fewer than a person can choose. */
async function locksAfter(idleLockMinutes: number) {
  return follow(await coreHost(), {
    "app.state": async (_, real) => ({ ...(await real()), idleLockMinutes }),
  });
}

test("a window that nobody touches locks, also when the first touch comes after a sleep", async () => {
  renderWindow("/", await locksAfter(0.001));
  await screen.findByTestId("frame");
  await new Promise((done) => setTimeout(done, 100));
  expect(screen.queryByTestId("lock-screen")).not.toBeInTheDocument();
  fireEvent.pointerMove(window);
  expect(await screen.findByTestId("lock-screen")).toBeInTheDocument();
});

test("a window that is never to lock does not", async () => {
  renderWindow("/", await locksAfter(0));
  await screen.findByTestId("frame");
  await new Promise((done) => setTimeout(done, 100));
  fireEvent.pointerMove(window);
  expect(screen.queryByTestId("lock-screen")).not.toBeInTheDocument();
});

test("a given password is changed before anything else", async () => {
  const host = await coreHost();
  const fay = { email: "fay@example.com", password: PASSWORD };
  await host.call("users.create", { ...fay, name: "Fay Lind", role: "operator" });
  await host.call("session.sign_out", {});
  await host.call("session.sign_in", fay);
  const { user } = renderWindow("/products", host);
  await screen.findByRole("heading", { name: "Choose your own password" });
  await expectAccessible();
  fill("current-password", PASSWORD);
  fill("new-password", "password123");
  expect(await screen.findByText(/This password is easy to guess/)).toBeInTheDocument();
  await waitFor(() => expect(screen.getByTestId("change-password")).toBeDisabled());
  fill("new-password", "quite another sentence");
  await waitFor(() => expect(screen.getByTestId("change-password")).toBeEnabled());
  await user.click(screen.getByTestId("change-password"));
  expect(await screen.findByTestId("frame")).toBeInTheDocument();
});

test("after too many wrong passwords the time until the next try counts down", async () => {
  const { user } = renderWindow("/", await coreHost({ as: "nobody" }));
  await screen.findByTestId("sign-in-email");
  fill("sign-in-email", STAFF.owner.email);
  for (let guess = 0; guess < 5; guess += 1) {
    await user.type(screen.getByTestId("sign-in-password"), "wrong{Enter}");
    await waitFor(() => expect(screen.getByTestId("sign-in-password")).toHaveValue(""));
  }
  expect(await screen.findByTestId("locked-out")).toHaveTextContent(
    /The next try is possible in 0:(30|29)/,
  );
  await user.type(screen.getByTestId("sign-in-password"), PASSWORD);
  expect(screen.getByTestId("sign-in")).toBeDisabled();
  await waitFor(() => expect(screen.getByRole("timer")).toHaveTextContent("0:28"));
  await expectAccessible();
  // Another account is not locked out.
  fill("sign-in-email", STAFF.manager.email);
  expect(screen.queryByTestId("locked-out")).not.toBeInTheDocument();
});
