import { useEffect } from "react";

const APP = "Backstock";

let workspace = "";
let page = "";

function show(): void {
  document.title = [workspace, page].filter(Boolean).join(" – ") || APP;
}

/** Says which workspace the window shows; empty for none. */
export function titleWorkspace(name: string): void {
  workspace = name;
  show();
}

/** Calls the window as the page is called while that is shown: "Shop North – Products". */
export function useWindowTitle(title: string | undefined): void {
  useEffect(() => {
    if (title === undefined) return;
    page = title;
    show();
    return () => {
      page = "";
      show();
    };
  }, [title]);
}
