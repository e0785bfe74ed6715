import axe from "axe-core";
import { expect, vi } from "vitest";

/** What axe finds wrong on the page. Colours need a real browser and are measured elsewhere. */
export async function expectAccessible(part: Element = document.body): Promise<void> {
  const { violations } = await withStylesOnce(() =>
    axe.run(part, {
      resultTypes: ["violations"],
      rules: {
        "color-contrast": { enabled: false },
        region: { enabled: false },
        "page-has-heading-one": { enabled: false },
      },
    }),
  );
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => node.html).join("\n")}`,
  );
  expect(found).toEqual([]);
}

/** Works out the styles of each element once: axe asks for them again and again, and jsdom goes through every rule. */
async function withStylesOnce<T>(look: () => Promise<T>): Promise<T> {
  const known = new WeakMap<Element, CSSStyleDeclaration>();
  const compute = window.getComputedStyle.bind(window);
  const spy = vi.spyOn(window, "getComputedStyle").mockImplementation((element, pseudo) => {
    if (pseudo) return compute(element, pseudo);
    const style = known.get(element) ?? compute(element);
    known.set(element, style);
    return style;
  });
  try {
    return await look();
  } finally {
    spy.mockRestore();
  }
}
