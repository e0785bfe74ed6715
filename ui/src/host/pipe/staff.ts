/** The people of the template, by the role that they have. */
export const STAFF = {
  owner: { name: "Ada Moreno", email: "ada@example.com" },
  manager: { name: "Ben Ode", email: "ben@example.com" },
  operator: { name: "Cho Park", email: "cho@example.com" },
  viewer: { name: "Dia Kowalczyk-Ramaswamy", email: "dia@example.com" },
} as const;

/** A role that a person of the template has. */
export type StaffRole = keyof typeof STAFF;

/** Everybody's password. */
export const PASSWORD = "four words of theirs";
