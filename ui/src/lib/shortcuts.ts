import { useEffect, useRef } from "react";

/** What a key does. Keys are written as `n`, `/`, `?`, `escape`, `mod+k` (Ctrl, or ⌘ on a Mac). */
export type Shortcuts = Record<string, (event: KeyboardEvent) => void>;

/** The name of the key that was pressed, as `Shortcuts` writes it. */
export function shortcutOf(event: KeyboardEvent): string {
  const mod = event.ctrlKey || event.metaKey;
  const alt = event.altKey && !mod;
  return `${mod ? "mod+" : ""}${alt ? "alt+" : ""}${event.key.toLowerCase()}`;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !["checkbox", "radio", "button"].includes(target.type))
  );
}

function isBehindDialog(): boolean {
  return document.querySelector("[aria-modal=true]") !== null;
}

/** Whether a menu, a list of choices or something like it floats over the page. */
function isUnderLayer(): boolean {
  return document.querySelector("[aria-haspopup][aria-expanded=true]") !== null;
}

/** Whether a shortcut may fire while a text field is typed into: those with Ctrl that a text field does not use. */
function worksWhileTyping(shortcut: string): boolean {
  return ["mod+k", "mod+l", "mod+s", "mod+enter", "escape"].includes(shortcut);
}

/**
 * Shortcuts of a screen while it is shown. Single keys never fire while a text field is typed into, none fires
 * behind an open dialog, and Escape is the menu's that is open over the screen.
 */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    let wasBehindDialog = false;
    let wasUnderLayer = false;
    // Looked at before dialog and layer hear of the key themselves: they may be gone by the time we do.
    const look = () => {
      wasBehindDialog = isBehindDialog();
      wasUnderLayer = isUnderLayer();
    };
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      // Ctrl with Shift is another shortcut: Ctrl Shift Z does not mean undo.
      if (event.shiftKey && (event.ctrlKey || event.metaKey)) return;
      const shortcut = shortcutOf(event);
      const action = latest.current[shortcut];
      if (!action || wasBehindDialog || isBehindDialog()) return;
      if (shortcut === "escape" && wasUnderLayer) return;
      if (isTyping(event.target) && !worksWhileTyping(shortcut)) return;
      event.preventDefault();
      action(event);
    };
    window.addEventListener("keydown", look, true);
    document.addEventListener("keydown", listen);
    return () => {
      window.removeEventListener("keydown", look, true);
      document.removeEventListener("keydown", listen);
    };
  }, []);
}

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** How this machine writes the main modifier. */
export const MOD_LABEL = isMac ? "⌘" : "Ctrl";
