import type { Coverage } from "../../bindings";
import { ToneBadge, type Tone } from "../../components/OutcomeBadge";

/** How well suppliers cover a product: in a list of suppliers, by itself, and how it looks. */
export const COVERAGES: Record<Coverage, { label: string; phrase: string; tone: Tone }> = {
  none: { label: "None", phrase: "No supplier", tone: "conflict" },
  one: { label: "One", phrase: "One supplier", tone: "unchanged" },
  several: { label: "Several", phrase: "Several suppliers", tone: "update" },
  preferred: { label: "Preferred", phrase: "Preferred supplier", tone: "create" },
};

interface CoverageBadgeProps {
  coverage: Coverage;
  /** Whether it stands where nothing else says that it is about suppliers. */
  isAlone?: boolean;
}

/** Whether a product can be ordered, and whether it is said from whom. */
export function CoverageBadge({ coverage, isAlone = false }: CoverageBadgeProps) {
  const { label, phrase, tone } = COVERAGES[coverage];
  return <ToneBadge tone={tone} label={isAlone ? phrase : label} />;
}
