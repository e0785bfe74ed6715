import { screen } from "@testing-library/react";
import { expect, test } from "vitest";

import { coreHost, productOf, saveField } from "../../host/pipe";
import { renderWindow } from "../../test/render";

test("a product shows the pictures that two people gave it, and not how they are stored", async () => {
  const host = await coreHost();
  const { user } = renderWindow(`/products/${(await productOf(host, "KIT-1001")).id}`, host);
  await screen.findByTestId("field-name");
  await user.type(screen.getByTestId("image-address"), "https://a.test/mine.png{Enter}");
  const stored = `image:${"ab".repeat(32)}`;
  await saveField(await host.another("manager"), "KIT-1001", "main_image", stored);
  const conflict = await screen.findByTestId("conflict-main_image");
  expect(conflict).toHaveTextContent("Ben Ode set Main image to “Stored picture”. It was empty.");
  expect(conflict).toHaveTextContent("Keep yourshttps://a.test/mine.png");
  const sources = [...conflict.querySelectorAll("img")].map(({ src }) => src);
  expect(sources).toEqual([
    expect.stringContaining("mine.png"),
    expect.stringContaining(encodeURIComponent(stored)),
  ]);
});
