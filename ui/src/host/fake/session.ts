import { refuse, type Handlers, type World } from "./world";

/** The commands about the state, files and jobs. */
export function sessionHandlers(world: World): Handlers {
  return {
    "app.state": () => world.state(),
    "files.choose": () => ({ token: "file-1", name: "supplier-june.csv", size: 2_345_678 }),
    "jobs.list": () => world.jobs,
    "jobs.get": ({ id }) => {
      const job = world.jobs.find((each) => each.id === id);
      if (!job) throw refuse("not_found", `There is no job ${id}.`);
      return job;
    },
  };
}
