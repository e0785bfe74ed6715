/** Where the browser's menu is what a person expects: to cut, copy and paste text. */
const TEXT = "input, textarea, [contenteditable=true]";

function prevent(event: MouseEvent): void {
  const isText = event.target instanceof Element && event.target.closest(TEXT) !== null;
  if (!isText) event.preventDefault();
}

/** Keeps the menu of the web view (back, reload) away from an app that has its own; answers how to stop. */
export function withoutBrowserMenu(): () => void {
  document.addEventListener("contextmenu", prevent);
  return () => document.removeEventListener("contextmenu", prevent);
}
