import type { Code, Error as CoreError } from "../bindings";

export type { CoreError };

/** A core error that can be thrown. */
export class CommandError extends Error {
  readonly core: CoreError;

  constructor(core: CoreError, options?: ErrorOptions) {
    super(core.message, options);
    this.name = "CommandError";
    this.core = core;
  }
}

function isCoreError(value: unknown): value is CoreError {
  return (
    typeof value === "object" &&
    value !== null &&
    "code" in value &&
    typeof value.code === "string" &&
    "message" in value &&
    typeof value.message === "string"
  );
}

/** Whatever was thrown, as a core error. */
export function toCoreError(thrown: unknown): CoreError {
  if (thrown instanceof CommandError) return thrown.core;
  if (isCoreError(thrown)) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return {
    code: "internal",
    message: message === "" ? "Something unexpected happened." : message,
  };
}

/** Whether it was a person who stopped it. */
export function isCancelled(thrown: unknown): boolean {
  return thrown !== null && thrown !== undefined && toCoreError(thrown).code === "cancelled";
}

/** Whatever was thrown, as something to throw again. */
export function toCommandError(thrown: unknown): CommandError {
  return thrown instanceof CommandError
    ? thrown
    : new CommandError(toCoreError(thrown), { cause: thrown });
}

/** What the window can do about an error besides showing it. */
export type Remedy = "retry" | "sign_in" | "choose_workspace" | "reload" | "none";

/** The one table from a code to what the window offers. Texts are never looked at. */
const REMEDIES: Record<Code, Remedy> = {
  invalid: "none",
  not_found: "none",
  conflict: "reload",
  forbidden: "none",
  signed_out: "sign_in",
  sign_in_failed: "none",
  unreachable: "retry",
  database_refused: "choose_workspace",
  newer_schema: "choose_workspace",
  password_needed: "sign_in",
  password_expired: "sign_in",
  locked: "sign_in",
  cancelled: "retry",
  file: "retry",
  internal: "retry",
};

/** What to offer for `error`. */
export function remedyOf(error: CoreError): Remedy {
  return REMEDIES[error.code];
}

/** Whether asking again by itself makes sense. */
export function isTransient(thrown: unknown): boolean {
  return toCoreError(thrown).code === "unreachable";
}

/** The text behind "Copy details": what support needs, and nothing that was typed. */
export function errorDetails(thrown: unknown, where: string): string {
  const error = toCoreError(thrown);
  const lines = [
    `Backstock: ${error.message}`,
    `Code: ${error.code}`,
    `Where: ${where}`,
    `When: ${new Date().toISOString()}`,
  ];
  if (error.hint) lines.push(`Hint: ${error.hint}`);
  for (const [field, message] of Object.entries(error.fields ?? {})) {
    lines.push(`Field ${field}: ${message}`);
  }
  lines.push(`Window: ${navigator.userAgent}`);
  return lines.join("\n");
}
