import { importHandlers } from "./imports";
import { PlanStore } from "./planStore";
import type { Handlers, World } from "./world";

/** The commands about imports and plans. */
export function planHandlers(world: World): Handlers {
  const plans = new PlanStore();
  return {
    ...importHandlers(world, plans),
    "plans.get": ({ id }) => plans.find(id).summary,
    "plans.rows": (request) => plans.rows(request),
  };
}
