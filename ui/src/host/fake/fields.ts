import { inject } from "vitest";

/** The fields of a product, as the core declares them. */
export const FIELDS = inject("fields");
