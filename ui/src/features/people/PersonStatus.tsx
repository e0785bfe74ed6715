import type { User } from "../../bindings";
import { type Tone, ToneBadge } from "../../components/OutcomeBadge";
import { formatMoment } from "../../lib/format";

/** Whether a person can sign in now, and if not, why. */
export function statusOf(user: User, now = Date.now()): { label: string; tone: Tone } {
  if (user.status === "deactivated") return { label: "Deactivated", tone: "unchanged" };
  if (user.status === "deleted") return { label: "Deleted", tone: "unchanged" };
  if (user.lockedUntil !== undefined && user.lockedUntil > now) {
    return { label: "Locked out", tone: "error" };
  }
  if (user.mustChangePassword) return { label: "Password given", tone: "waiting" };
  return { label: "Active", tone: "create" };
}

/** What the status means, for the user who points at it. */
function explain(user: User): string {
  const { label } = statusOf(user);
  if (label === "Locked out" && user.lockedUntil !== undefined) {
    return `Too many wrong passwords; the next try is possible from ${formatMoment(user.lockedUntil)}.`;
  }
  if (label === "Password given") return "Chooses an own password at the next sign-in.";
  return user.status === "deactivated" ? "Cannot sign in until reactivated." : "Can sign in.";
}

/** How the account of a person stands. */
export function PersonStatus({ user }: { user: User }) {
  return (
    <span title={explain(user)}>
      <ToneBadge {...statusOf(user)} />
    </span>
  );
}
