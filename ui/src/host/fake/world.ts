import type {
  AppState,
  Batch,
  Error as CoreError,
  Event,
  HistoryEntry,
  JobKind,
  JobStatus,
  Person,
  RoleInfo,
  RoleKey,
  Stage,
  User,
  Verification,
  VerificationProblem,
  WorkspaceInfo,
} from "../../bindings";
import { CommandError } from "../../lib/errors";
import type { CommandName, Request, Response } from "../host";
import { Catalog } from "./catalog";
import { FIELDS } from "./fields";
import { startingEvents } from "./past";
import { startingRoles, startingUsers } from "./staff";

/** How the double answers commands: each file of this folder gives some of them. */
export type Handlers = {
  [N in CommandName]?: (request: Request<N>) => Response<N> | Promise<Response<N>>;
};

/** What the double starts with. */
export interface FakeOptions {
  stage?: Stage;
  /** How many generated products there are. */
  products?: number;
  /** Milliseconds before each answer. */
  latency?: number;
  problem?: CoreError;
  /** How many rows the file has that is imported. */
  importRows?: number;
  /** Milliseconds of each of the ten steps of a job. */
  jobStepMs?: number;
  /** The built-in role of the person who is signed in; an owner when it is not told. */
  role?: RoleKey;
  /** After so many minutes without a touch the window locks. */
  idleLockMinutes?: number;
  /** Whether this computer can keep passwords. */
  hasKeyStore?: boolean;
  /** What the check of the history finds. */
  tampered?: VerificationProblem[];
}

/** The person who is signed in to the double. */
export const ADA: Person = {
  id: "018f-ada",
  name: "Ada Moreno",
  email: "ada@example.com",
  role: "owner",
  roleName: "Owner",
  permissions: [
    "view_products",
    "see_costs",
    "edit_products",
    "purge_products",
    "import",
    "export",
    "view_history",
    "manage_users",
    "manage_workspace",
  ],
};

const LOCAL: WorkspaceInfo = {
  id: "local-1",
  name: "Shop North",
  kind: "local",
  location: "/home/ada/.local/share/backstock/shop-north.backstock",
  remembered: false,
};

const SHARED: WorkspaceInfo = {
  id: "shared-1",
  name: "Warehouse",
  kind: "shared",
  location: "shop@db.example.com:3306/backstock",
  remembered: false,
};

/** Whether somebody is signed in at this stage. */
function isSignedIn(stage: Stage): boolean {
  return stage === "ready" || stage === "locked" || stage === "change_password";
}

/** All that the double remembers. */
export class World {
  readonly catalog: Catalog;
  readonly batches: Batch[] = [];
  readonly journal: HistoryEntry[] = [];
  jobs: JobStatus[] = [];
  workspaces: WorkspaceInfo[] = [LOCAL, SHARED];
  workspace: WorkspaceInfo | null = LOCAL;
  person: Person | null = ADA;
  password = "correct horse";
  guesses = { failed: 0, until: 0 };
  users: User[] = startingUsers();
  roles: RoleInfo[] = startingRoles();
  settings = { currency: "GBP", idleLockMinutes: 15, version: 1 };
  readonly events: HistoryEntry[] = startingEvents();
  verification: Verification | null = null;
  readonly tampered: VerificationProblem[];
  stage: Stage;
  problem: CoreError | null;
  readonly hasKeyStore: boolean;
  readonly latency: number;
  readonly importRows: number;
  private readonly jobStepMs: number;
  private readonly listeners = new Set<(event: Event) => void>();
  private nextJob = 1;
  private nextId = 1;

  constructor(options: FakeOptions) {
    this.catalog = new Catalog(options.products ?? 240);
    this.stage = options.stage ?? "ready";
    this.hasKeyStore = options.hasKeyStore ?? true;
    this.latency = options.latency ?? 0;
    this.problem = options.problem ?? null;
    this.importRows = options.importRows ?? 19_999;
    this.jobStepMs = options.jobStepMs ?? 150;
    this.tampered = options.tampered ?? [];
    this.settings.idleLockMinutes = options.idleLockMinutes ?? 15;
    const role = this.roles.find(({ key }) => key === options.role);
    if (role)
      this.person = { ...ADA, role: role.key, roleName: role.name, permissions: role.permissions };
    if (!isSignedIn(this.stage)) this.person = null;
    if (this.stage === "choose_workspace") {
      this.workspace = null;
      this.workspaces = [];
    }
    if (this.stage === "password_needed" || this.stage === "broken") this.workspace = SHARED;
  }

  state(): AppState {
    return {
      version: "0.1.0",
      stage: this.stage,
      workspace: this.workspace,
      person: this.person,
      problem: this.problem,
      fields: FIELDS,
      empty: this.catalog.isEmpty(),
      currency: this.settings.currency,
      idleLockMinutes: this.settings.idleLockMinutes,
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

  /** Moves on to another stage and says so. */
  enter(stage: Stage): void {
    this.stage = stage;
    if (!isSignedIn(stage)) this.person = null;
    this.emit({ type: "stateChanged" });
  }

  /** Runs a job in ten steps of `stepMs`, then does `finish`. */
  startJob(
    job: { kind: JobKind; label: string; step: string; total: number; plan?: string },
    finish: () => Partial<JobStatus>,
    stepMs = this.jobStepMs,
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
        setTimeout(() => tick(part + 1), stepMs);
      } else {
        this.updateJob(status.id, { done, state: "done", ...finish() });
      }
    };
    setTimeout(() => tick(1), stepMs);
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
