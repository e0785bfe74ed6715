import { createContext, useContext } from "react";

import { currentMoneyStyle, type MoneyStyle } from "../lib/money";

/** How amounts are written in a part of the window that is about another currency; null elsewhere. */
export const MoneyContext = createContext<MoneyStyle | null>(null);

/** How amounts are written here: as the workspace does, unless the part of the window says otherwise. */
export function useMoneyStyle(): MoneyStyle {
  return useContext(MoneyContext) ?? currentMoneyStyle();
}
