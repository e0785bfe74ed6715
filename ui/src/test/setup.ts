import "@testing-library/jest-dom/vitest";

import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";

import { forgetToasts } from "../components/toast";

configure({ asyncUtilTimeout: 15_000 });

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
