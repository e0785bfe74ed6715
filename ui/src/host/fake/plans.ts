import { importHandlers } from "./imports";
import { PlanStore } from "./planStore";
import { refuse, type Handlers, type World } from "./world";

/** The commands about imports and plans. */
export function planHandlers(world: World): Handlers {
  const plans = new PlanStore(world);
  return {
    ...importHandlers(world, plans),
    "plans.get": ({ id }) => plans.find(id).summary,
    "plans.rows": (request) => plans.rows(request),
    "plans.resolve": (request) => plans.resolve(request),
    "plans.apply": ({ id }) => ({ job: plans.apply(id).id, plan: id }),
    "plans.discard": ({ id }) => {
      plans.discard(id);
      return null;
    },
    "plans.save_rejects": ({ id }) => ({
      rows: plans.find(id).summary.counts.error,
      name: "supplier-june rejected.csv",
    }),
    "plans.undo": ({ batchId }) => {
      const batch = world.batches.find((each) => each.id === batchId);
      if (!batch) throw refuse("not_found", "This batch is not there.");
      const plan = world.id("plan");
      const { label, counts } = batch;
      const job = world.startJob(
        { kind: "plan_undo", label, step: "Comparing", total: counts.read, plan },
        () => {
          plans.addUndo(plan, batch);
          return {};
        },
      );
      return { job: job.id, plan };
    },
  };
}
