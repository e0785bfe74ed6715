import { useShortcuts, type Shortcuts } from "../../lib/shortcuts";

const KEYS = [
  "j",
  "arrowdown",
  "pagedown",
  "pageup",
  "home",
  "end",
  "mod+home",
  "mod+end",
  "mod+arrowdown",
  "mod+arrowup",
];

/** Leads the keyboard to the list of the page. */
export function focusGrid(): HTMLElement | null {
  const grid = document.querySelector<HTMLElement>("[role=grid]");
  grid?.focus();
  return grid;
}

/** The list has the key as if the keyboard had been there already. */
function giveToGrid({ key, ctrlKey, metaKey }: KeyboardEvent): void {
  const event = { key, ctrlKey, metaKey, bubbles: true, cancelable: true };
  focusGrid()?.dispatchEvent(new KeyboardEvent("keydown", event));
}

const SHORTCUTS: Shortcuts = Object.fromEntries(KEYS.map((key) => [key, giveToGrid]));

/** The keys that walk a list walk the one of this page, wherever on it the keyboard is. */
export function useGridKeys(isOn = true): void {
  useShortcuts(isOn ? SHORTCUTS : {});
}
