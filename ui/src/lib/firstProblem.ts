/** Brings the first field with something wrong into sight, or the first choice between two values, and focuses it. */
export function showFirstProblem(): void {
  const found = document.querySelector<HTMLElement>("[aria-invalid=true], [data-problem] button");
  found?.scrollIntoView({ block: "center" });
  found?.focus({ preventScroll: true });
}
