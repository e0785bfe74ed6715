import "@testing-library/jest-dom/vitest";

import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";

import { forgetToasts } from "../components/toast";

configure({
  // Long enough for a machine that compiles beside the tests: only what never comes runs into it.
  asyncUtilTimeout: 60_000,
  // The page would be printed again at every look while something is waited for.
  getElementError: (message) => new Error(message ?? "nothing was found"),
});

/** What jsdom lacks and the components need: media queries, observers, a size for everything. */
class StillObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

vi.stubGlobal("ResizeObserver", StillObserver);
vi.stubGlobal("IntersectionObserver", StillObserver);
window.matchMedia = (media) =>
  ({
    matches: false,
    media,
    addEventListener: () => {},
    removeEventListener: () => {},
    addListener: () => {},
    removeListener: () => {},
    dispatchEvent: () => true,
    onchange: null,
  }) satisfies MediaQueryList;
Object.defineProperty(document, "fonts", { value: new EventTarget() });
Element.prototype.scrollIntoView = () => {};
HTMLDialogElement.prototype.showModal = function showModal(this: HTMLDialogElement) {
  this.open = true;
};

beforeEach(() => {
  localStorage.clear();
  window.location.hash = "#/";
});

afterEach(() => {
  cleanup();
  forgetToasts();
  delete document.documentElement.dataset["density"];
});
