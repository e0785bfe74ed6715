import type {
  AppState,
  Error as CoreError,
  Event,
  JobKind,
  JobStatus,
  Person,
  WorkspaceInfo,
} from "../../bindings";
import { CommandError } from "../../lib/errors";
import type { CommandName, Request, Response } from "../host";
import { FIELDS } from "./fields";

/** How the double answers commands: each file of this folder gives some of them. */
export type Handlers = {
  [N in CommandName]?: (request: Request<N>) => Response<N> | Promise<Response<N>>;
};

/** What the double starts with. */
export interface FakeOptions {
  /** How many rows the file has that is imported. */
  importRows?: number;
}

const ADA: Person = {
  id: "018f-ada",
  name: "Ada Moreno",
  email: "ada@example.com",
  role: "owner",
  roleName: "Owner",
  permissions: ["view_products", "see_costs", "edit_products", "import"],
};

const WORKSPACE: WorkspaceInfo = {
  id: "local-1",
  name: "Shop North",
  kind: "local",
  location: "/home/ada/.local/share/backstock/shop-north.sqlite",
  remembered: false,
};

/** Milliseconds of each of the ten steps of a job. */
const STEP_MS = 150;

/** All that the double remembers. */
export class World {
  jobs: JobStatus[] = [];
  readonly importRows: number;
  private readonly listeners = new Set<(event: Event) => void>();
  private nextJob = 1;
  private nextId = 1;

  constructor(options: FakeOptions) {
    this.importRows = options.importRows ?? 19_999;
  }

  state(): AppState {
    return {
      version: "0.1.0",
      stage: "ready",
      workspace: WORKSPACE,
      person: ADA,
      problem: null,
      fields: FIELDS,
      empty: false,
      currency: "GBP",
      idleLockMinutes: 15,
    };
  }

  id(prefix: string): string {
    return `${prefix}-${this.nextId++}`;
  }

  listen(listener: (event: Event) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  emit(event: Event): void {
    for (const listener of this.listeners) listener(event);
  }

  /** Runs a job in ten steps, then does `finish`. */
  startJob(
    job: { kind: JobKind; label: string; step: string; total: number; plan?: string },
    finish: () => Partial<JobStatus>,
  ): JobStatus {
    const now = Date.now();
    const status: JobStatus = {
      id: this.nextJob++,
      kind: job.kind,
      label: job.label,
      state: "running",
      step: job.step,
      done: 0,
      total: job.total,
      startedAt: now,
      at: now,
      stepStartedAt: now,
      plan: job.plan ?? null,
      batch: null,
      error: null,
    };
    this.jobs.unshift(status);
    const tick = (part: number) => {
      const current = this.jobs.find((each) => each.id === status.id);
      if (!current || current.state !== "running") return;
      const done = Math.round((job.total * part) / 10);
      if (part < 10) {
        this.updateJob(status.id, { done });
        setTimeout(() => tick(part + 1), STEP_MS);
      } else {
        this.updateJob(status.id, { done, state: "done", ...finish() });
      }
    };
    setTimeout(() => tick(1), STEP_MS);
    return status;
  }

  updateJob(id: number, change: Partial<JobStatus>): JobStatus {
    const old = this.jobs.find((job) => job.id === id);
    if (!old) throw refuse("not_found", `There is no job ${id}.`);
    const job = { ...old, ...change, at: Date.now() };
    this.jobs = this.jobs.map((each) => (each.id === id ? job : each));
    this.emit({ type: "job", job });
    return job;
  }
}

/** An error as the core would give it. */
export function refuse(
  code: CoreError["code"],
  message: string,
  more: Partial<CoreError> = {},
): CommandError {
  return new CommandError({ code, message, ...more });
}
