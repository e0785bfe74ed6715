import { refuse, type Handlers, type World } from "./world";

/** The commands about imports and plans. */
export function planHandlers(world: World): Handlers {
  return {
    "plans.undo": ({ batchId }) => {
      const batch = world.batches.find((each) => each.id === batchId);
      if (!batch) throw refuse("not_found", "This batch is not there.");
      const plan = world.id("plan");
      const job = world.startJob(
        { kind: "plan_undo", label: batch.label, step: "Planning", total: batch.counts.read, plan },
        () => ({}),
      );
      return { job: job.id, plan };
    },
  };
}
