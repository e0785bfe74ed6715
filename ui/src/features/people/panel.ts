import { useOutletContext } from "react-router";

import type { NewPassword } from "../../bindings";

/** What the list of people gives to the panel beside it. */
export interface PeoplePanel {
  close: () => void;
  /** Shows a generated password, once, over whatever comes next. */
  showPassword: (made: NewPassword) => void;
}

/** The list that the panel stands beside. */
export function usePeoplePanel(): PeoplePanel {
  return useOutletContext<PeoplePanel>();
}
