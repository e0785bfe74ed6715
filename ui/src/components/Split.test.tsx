import { MantineProvider } from "@mantine/core";
import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { HostProvider } from "../host/context";
import { CommandError } from "../lib/errors";
import { expectAccessible } from "../test/accessible";
import { stubHost } from "../test/stubHost";
import { Panel } from "./Panel";
import { Split } from "./Split";

type PanelProps = React.ComponentProps<typeof Panel>;

function show(props: Partial<PanelProps> = {}) {
  const onClose = vi.fn<() => void>();
  const panel = <Panel title="Mug" label="Mug" onClose={onClose} testid="panel" {...props} />;
  const view = render(
    <MantineProvider env="test">
      <HostProvider value={stubHost(() => null)}>
        <Split panel={panel} isPanelOpen>
          The list
        </Split>
      </HostProvider>
    </MantineProvider>,
  );
  return { ...view, onClose };
}

const widthOf = () => Number(screen.getByTestId("panel-edge").getAttribute("aria-valuenow"));

test("the panel's width is changed by keys, has limits, and is remembered", async () => {
  const { unmount } = show();
  await expectAccessible();
  const edge = screen.getByTestId("panel-edge");
  const before = widthOf();
  fireEvent.keyDown(edge, { key: "ArrowLeft" });
  expect(widthOf()).toBe(before + 16);
  fireEvent.keyDown(edge, { key: "End" });
  fireEvent.keyDown(edge, { key: "ArrowRight" });
  expect(widthOf()).toBe(Number(edge.getAttribute("aria-valuemin")));
  fireEvent.keyDown(edge, { key: "Home" });
  expect(widthOf()).toBe(Number(edge.getAttribute("aria-valuemax")));
  unmount();
  show();
  expect(widthOf()).toBe(Number(edge.getAttribute("aria-valuemax")));
  fireEvent.doubleClick(screen.getByTestId("panel-edge"));
  expect(widthOf()).toBe(before);
});

test("the panel's edge follows the pointer until it is let go", () => {
  HTMLElement.prototype.setPointerCapture = () => {};
  show();
  const edge = screen.getByTestId("panel-edge");
  vi.spyOn(edge.parentElement ?? edge, "getBoundingClientRect").mockReturnValue(
    new DOMRect(0, 0, 500, 600),
  );
  fireEvent.pointerDown(edge, { clientX: 700, pointerId: 1 });
  fireEvent.pointerMove(edge, { clientX: 640, pointerId: 1 });
  expect(widthOf()).toBe(560);
  fireEvent.pointerUp(edge, { pointerId: 1 });
  fireEvent.pointerMove(edge, { clientX: 100, pointerId: 1 });
  expect(widthOf()).toBe(560);
});

test("while it is read, the panel is a skeleton that can be closed", async () => {
  const { onClose } = show({ title: undefined, children: "what is inside" });
  expect(screen.getByLabelText("Reading: Mug")).toBeInTheDocument();
  expect(screen.queryByText("what is inside")).not.toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Close" }));
  expect(onClose).toHaveBeenCalledTimes(1);
});

test("what could not be read is told, and can be tried again or closed", async () => {
  const retry = vi.fn<() => void>();
  const error = new CommandError({ code: "unreachable", message: "Nothing answers." });
  const { onClose } = show({ failure: { error, title: "The mug could not be read", retry } });
  expect(screen.getByRole("alert")).toHaveTextContent("Nothing answers.");
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(retry).toHaveBeenCalledTimes(1);
  await userEvent.keyboard("{Escape}");
  expect(onClose).toHaveBeenCalledTimes(1);
});

test("the keys lead to the neighbours in the list", async () => {
  const walk = vi.fn<(step: number) => void>();
  show({ walk });
  await userEvent.keyboard("jk");
  expect(walk.mock.calls).toEqual([[1], [-1]]);
});
