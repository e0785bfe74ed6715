import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MantineProvider } from "@mantine/core";
import { afterEach, expect, test, vi } from "vitest";

import { CommandError } from "../lib/errors";
import { readToasts, showErrorToast, showInfo, showToast } from "./toast";
import { ToastStrip } from "./ToastStrip";

afterEach(() => vi.useRealTimers());

const show = () =>
  render(
    <MantineProvider env="test">
      <ToastStrip />
    </MantineProvider>,
  );
const shown = () => screen.queryByTestId("toast")?.textContent;

test("one message at a time: news takes the place of news", () => {
  show();
  act(() => showToast("A saved."));
  act(() => showInfo("B is to be known."));
  expect(screen.getAllByTestId("toast")).toHaveLength(1);
  expect(shown()).toContain("B is to be known.");
  expect(readToasts().history.map(({ message }) => message)).toEqual([
    "B is to be known.",
    "A saved.",
  ]);
});

test("what was done last is told at once; an error that it covers comes back", async () => {
  show();
  const failed = { code: "file", message: "The disk is full.", hint: "Make room." } as const;
  act(() => showErrorToast(new CommandError(failed)));
  act(() => showToast("B saved."));
  expect(screen.getByRole("status")).toHaveTextContent("B saved.");
  act(() => showToast("C saved."));
  expect(screen.getByRole("status")).toHaveTextContent("C saved.");
  await userEvent.click(screen.getByRole("button", { name: "Dismiss" }));
  expect(screen.getByRole("alert")).toHaveTextContent("The disk is full. Make room.");
  await userEvent.click(screen.getByRole("button", { name: "Dismiss" }));
  expect(shown()).toBeUndefined();
});

test("success, information and error do not look alike", () => {
  show();
  const kinds = [
    () => showToast("Done."),
    () => showInfo("Known."),
    () => showErrorToast(new Error("Failed.")),
  ].map((tell) => {
    act(tell);
    return screen.getByTestId("toast").dataset["kind"];
  });
  expect(kinds).toEqual(["success", "info", "error"]);
});

test("a message goes by itself, and what can be done about it goes with it", async () => {
  vi.useFakeTimers();
  show();
  const undo = vi.fn<() => void>();
  act(() => showToast("Moved.", { label: "Undo", onClick: undo }));
  act(() => void vi.advanceTimersByTime(9_000));
  expect(shown()).toContain("Moved.");
  act(() => void vi.advanceTimersByTime(2_000));
  expect(shown()).toBeUndefined();

  vi.useRealTimers();
  act(() => showToast("Moved.", { label: "Undo", onClick: undo }));
  await userEvent.click(screen.getByRole("button", { name: "Undo" }));
  expect(undo).toHaveBeenCalledTimes(1);
  expect(shown()).toBeUndefined();
});
