import { toCoreError } from "../lib/errors";

/** What can be done about what a message says, such as Undo. */
export interface ToastAction {
  label: string;
  onClick: () => void;
  /** The page that it leads to. */
  path?: string;
}

/** What a message is: something was done, something is to be known, something failed. */
export type ToastKind = "success" | "info" | "error";

/** A message of the window to the person. */
export interface Toast {
  id: number;
  kind: ToastKind;
  message: string;
  /** What to do about it. */
  hint: string;
  action?: ToastAction | undefined;
  /** When it came. */
  at: number;
}

interface Toasts {
  /** The one that is shown. */
  current: Toast | null;
  /** The errors that it covers, the latest first. */
  waiting: readonly Toast[];
  /** All that came, the latest first. */
  history: readonly Toast[];
}

const MOST_KEPT = 50;
const NONE: Toasts = { current: null, waiting: [], history: [] };

let toasts = NONE;
let nextId = 1;
const listeners = new Set<() => void>();

function change(next: Toasts): void {
  toasts = next;
  for (const listener of listeners) listener();
}

/**
 * One at a time, the latest: it is about what was just done. News takes the place of news, but an error
 * comes back until it was read.
 */
function add(toast: Omit<Toast, "id" | "at">): void {
  const added = { ...toast, id: nextId, at: Date.now() };
  nextId += 1;
  const { current, waiting } = toasts;
  change({
    current: added,
    waiting: current?.kind === "error" ? [current, ...waiting] : waiting,
    history: [added, ...toasts.history].slice(0, MOST_KEPT),
  });
}

/** Says what was done, with what can be done about it. */
export function showToast(message: string, action?: ToastAction): void {
  add({ kind: "success", message, hint: "", action });
}

/** Says what is to be known; nothing was done. */
export function showInfo(message: string, action?: ToastAction): void {
  add({ kind: "info", message, hint: "", action });
}

/** Says what could not be done, and why. */
export function showErrorToast(error: unknown): void {
  const { message, hint } = toCoreError(error);
  add({ kind: "error", message, hint: hint ?? "" });
}

/** Takes the message away that is shown; the next one comes. */
export function dismissToast(): void {
  const [next = null, ...waiting] = toasts.waiting;
  change({ ...toasts, current: next, waiting });
}

/** Takes the message away that does nothing but lead to this page. */
export function dismissToastTo(path: string): void {
  if (toasts.current?.action?.path === path) dismissToast();
}

/** Forgets every message, for another person. */
export function forgetToasts(): void {
  change(NONE);
}

/** The messages as they stand. */
export function readToasts(): Toasts {
  return toasts;
}

/** Tells when the messages change; answers how to stop. */
export function followToasts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
