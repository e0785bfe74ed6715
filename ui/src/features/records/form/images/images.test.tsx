import { writeFile } from "node:fs/promises";

import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { coreHost, productOf, type CoreHost } from "../../../../host/pipe";
import { expectAccessible, fill, renderWindow } from "../../../../test/render";

/** Pictures of one pixel, white and black. */
const WHITE =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg==";
const BLACK =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==";

async function picture(host: CoreHost, name: string, base64: string): Promise<string> {
  const path = await host.file(name, "");
  await writeFile(path, Buffer.from(base64, "base64"));
  return path;
}

async function openMug() {
  const host = await coreHost();
  const fields = { sku: "PIC-1", name: "Pictured mug" };
  const { record } = await host.call("products.create", { fields });
  const view = renderWindow(`/products/${record.id}`, host);
  await screen.findByTestId("choose-images");
  return view;
}

const cards = () =>
  within(screen.getByRole("listbox", { name: "Pictures" })).getAllByRole("option");

async function saved(host: CoreHost) {
  const { fields } = await productOf(host, "PIC-1");
  return { main: fields["main_image"], rest: fields["alt_images"] };
}

test("pictures are chosen, named, put into order by keys and saved with the form", async () => {
  const { host, user } = await openMug();
  await host.choosePath(await picture(host, "white.png", WHITE));
  await user.click(screen.getByTestId("choose-images"));
  await waitFor(() => expect(cards()).toHaveLength(1));
  fill("image-shows", "A white mug");
  fill("image-address", "https://a.test/1.png https://a.test/2.png");
  await user.click(screen.getByRole("button", { name: "Add" }));
  expect(cards().map((card) => card.getAttribute("aria-label"))).toEqual([
    "Main: A white mug",
    "2",
    "3",
  ]);
  await expectAccessible();

  cards()[0]?.focus();
  await user.keyboard("{Alt>}{ArrowRight}{/Alt}");
  await user.keyboard("{ArrowRight}{Delete}");
  expect(cards()).toHaveLength(2);
  await user.keyboard("{Control>}s{/Control}");
  await waitFor(async () => {
    const { main, rest } = await saved(host);
    expect(main).toBe("https://a.test/1.png");
    expect(rest).toHaveLength(1);
    expect(String(rest)).toMatch(/^image:[0-9a-f]{64} A white mug$/);
  });
  await user.click(cards()[1] ?? document.body);
  await user.click(screen.getByRole("button", { name: "Set as main" }));
  expect(cards()[0]?.getAttribute("aria-label")).toBe("Main: A white mug");
});

test("pictures that are dropped or pasted go to the form, and other files are imported", async () => {
  const { host } = await openMug();
  const files = [await host.grant(await picture(host, "white.png", WHITE))];
  act(() => host.emit({ type: "dragEntered", names: ["white.png"] }));
  expect(screen.getByTestId("drop-target")).toHaveTextContent("Drop to add white.png to PIC-1");
  act(() => host.emit({ type: "filesDropped", files }));
  await waitFor(() => expect(cards()).toHaveLength(1));

  const pasted = new File([Buffer.from(BLACK, "base64")], "image.png", { type: "image/png" });
  fireEvent.paste(document.body, { clipboardData: { files: [pasted] } });
  await waitFor(() => expect(cards()).toHaveLength(2));
  act(() => host.emit({ type: "filesDropped", files }));
  await waitFor(() => expect(screen.queryByText(/Adding/)).toBeNull());
  expect(cards()).toHaveLength(2);

  act(() => host.emit({ type: "dragEntered", names: ["june.csv"] }));
  expect(screen.getByTestId("drop-target")).toHaveTextContent("Drop to import june.csv");
});

test("what is no picture is refused by name, and where nothing takes pictures that is said", async () => {
  const { host } = await openMug();
  const letter = await host.grant(await host.file("letter.png", "Dear shop"));
  act(() => host.emit({ type: "filesDropped", files: [letter] }));
  await screen.findByText("letter.png was not added.");
  expect(screen.getByText(/It is no picture\./)).toBeInTheDocument();
  window.location.hash = "#/products";
  await waitFor(() => expect(screen.queryByTestId("choose-images")).toBeNull());
  act(() => host.emit({ type: "dragEntered", names: ["white.png"] }));
  expect(screen.getByTestId("drop-target")).toHaveTextContent("Nothing here takes a picture");
});

test("whoever may only look sees the pictures and changes nothing", async () => {
  const owner = await coreHost();
  const fields = { sku: "PIC-1", name: "Mug", main_image: "https://a.test/1.png Front" };
  const { record } = await owner.call("products.create", { fields });
  const host = await owner.another("viewer");
  renderWindow(`/products/${record.id}`, host);
  await waitFor(() => expect(cards()).toHaveLength(1));
  expect(screen.queryByTestId("choose-images")).toBeNull();
  expect(screen.queryByRole("button", { name: "Remove" })).toBeNull();
  fireEvent.keyDown(cards()[0] ?? document.body, { key: "Delete" });
  expect(cards()).toHaveLength(1);
});

test("a picture that failed says why in its place and stands in a list with a retry", async () => {
  const host = await coreHost();
  const address = `image:${"ab".repeat(32)}`;
  const fields = { sku: "PIC-1", name: "Mug", main_image: address };
  const { record } = await host.call("products.create", { fields });
  await host.call("images.fetch", {});
  const { user } = renderWindow(`/products/${record.id}`, host);
  await waitFor(() => expect(cards()).toHaveLength(1));
  fireEvent.error(within(cards()[0] ?? document.body).getByTestId("picture"));
  const missing = await within(cards()[0] ?? document.body).findByTestId("picture-missing");
  await waitFor(() =>
    expect(missing).toHaveAttribute("title", expect.stringContaining("not in this workspace")),
  );

  window.location.hash = "#/settings/pictures";
  const table = await screen.findByTestId("failed-pictures");
  expect(table).toHaveTextContent("not in this workspace");
  expect(within(table).getByRole("link", { name: "PIC-1" })).toBeInTheDocument();
  await expectAccessible();
  await user.click(screen.getByTestId("retry-all"));
  await screen.findByText("1 picture will be fetched again.");
  await user.click(screen.getByTestId("clean-pictures"));
  await user.click(await screen.findByRole("button", { name: "Remove pictures" }));
  await screen.findByText("Every picture is needed.");
});
