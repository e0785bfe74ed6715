const KEY = "backstock.last-email";

/** The address that a person last signed in with on this machine; empty for none. */
export function readLastEmail(): string {
  return localStorage.getItem(KEY) ?? "";
}

/** Remembers who signed in, for the next time. */
export function keepLastEmail(email: string): void {
  localStorage.setItem(KEY, email.trim());
}
