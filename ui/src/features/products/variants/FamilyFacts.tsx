import type { Variant } from "../../../bindings";
import { useMoneyStyle } from "../../../components/moneyContext";
import { formatCount, formatInteger } from "../../../lib/format";
import { formatRange } from "../../../lib/money";
import { numberOf } from "../../../lib/values";
import classes from "./Variants.module.css";

/** What a family comes to: how many variants, their stock, from which price to which. */
export function FamilyFacts({ variants }: { variants: readonly Variant[] }) {
  const money = useMoneyStyle();
  const stock = variants.reduce((sum, { fields }) => sum + (numberOf(fields, "stock") ?? 0), 0);
  const prices = variants.flatMap(({ fields }) => numberOf(fields, "store_price") ?? []);
  const range = prices.length === 0 ? null : { from: Math.min(...prices), to: Math.max(...prices) };
  const facts = [
    formatCount(variants.length, "variant"),
    `${formatInteger(stock)} in stock`,
    ...(range === null ? [] : [formatRange(range, money)]),
  ];
  return (
    <span className={classes.facts} data-testid="family-facts">
      {facts.join(" · ")}
    </span>
  );
}
