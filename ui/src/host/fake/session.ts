import type { SharedAddress, WorkspaceInfo } from "../../bindings";
import { checkPassword } from "./account";
import { recordBatch } from "./journal";
import { ADA, refuse, type Handlers, type World } from "./world";

/** The commands about workspaces, signing in, files and jobs. */
export function sessionHandlers(world: World): Handlers {
  const open = (workspace: WorkspaceInfo, fresh: boolean): WorkspaceInfo => {
    world.workspaces = [workspace, ...world.workspaces.filter((each) => each.id !== workspace.id)];
    world.workspace = workspace;
    world.problem = null;
    world.enter(fresh ? "create_owner" : "sign_in");
    return workspace;
  };
  return {
    "app.state": () => world.state(),
    "workspaces.list": () => world.workspaces,
    "workspaces.create_local": ({ name }) => {
      if (name.trim() === "") {
        throw refuse("invalid", "A name is needed.", { fields: { name: "A name is needed." } });
      }
      const location = `/home/ada/.local/share/backstock/${name}.backstock`;
      return open(
        { id: world.id("local"), name, kind: "local", location, remembered: false },
        true,
      );
    },
    "workspaces.open_file": ({ file }) => {
      const name = file.includes("file-1") ? "Copy of June" : file;
      const location = `/home/ada/Backups/${name}.backstock`;
      return open(
        { id: world.id("local"), name, kind: "local", location, remembered: false },
        false,
      );
    },
    "workspaces.open": ({ id, password }) => {
      const workspace = world.workspaces.find((each) => each.id === id);
      if (!workspace) throw refuse("not_found", "This workspace is not on the list any more.");
      if (workspace.kind === "shared" && !password) {
        world.workspace = workspace;
        world.enter("password_needed");
        throw refuse("password_needed", "The database asks for a password.");
      }
      if (password === "wrong") {
        throw refuse("database_refused", "The database refused the user shop.", {
          hint: "Check the password and type it again.",
        });
      }
      return open(workspace, false);
    },
    "workspaces.key_store": () =>
      world.hasKeyStore
        ? { available: true }
        : {
            available: false,
            reason:
              "This computer has no key store. Set BACKSTOCK_MYSQL_PASSWORD, or type the password at each start.",
          },
    "workspaces.close": () => {
      world.workspace = null;
      world.problem = null;
      world.enter("choose_workspace");
      return null;
    },
    "workspaces.forget": ({ id }) => {
      world.workspaces = world.workspaces.filter((each) => each.id !== id);
      world.emit({ type: "stateChanged" });
      return null;
    },
    "workspaces.test_shared": (address) => {
      judgeAddress(address);
      return {
        empty: true,
        name: null,
        server: "MariaDB 10.11.19",
        encrypted: address.tls !== "off",
      };
    },
    "workspaces.connect_shared": ({ name, address }) => {
      judgeAddress(address);
      const location = `${address.user}@${address.host}:${address.port}/${address.database}`;
      return open(
        { id: world.id("shared"), name, kind: "shared", location, remembered: false },
        true,
      );
    },
    "session.create_owner": ({ name, email, password, currency }) => {
      if (password.length < 10) {
        throw refuse("invalid", "The password is too short.", {
          fields: { password: "A password has 10 characters or more." },
        });
      }
      world.password = password;
      world.settings.currency = currency ?? "";
      world.person = { ...ADA, name, email };
      world.enter("ready");
      return world.state();
    },
    "session.sign_in": ({ email, password }) => {
      checkPassword(world, password, "E-mail or password is wrong.");
      world.person = { ...ADA, email };
      world.enter("ready");
      return world.state();
    },
    "session.sign_out": () => {
      world.enter("sign_in");
      return null;
    },
    "files.choose": () => ({ token: "file-1", name: "supplier-june.csv", size: 2_345_678 }),
    "files.choose_save": ({ suggestedName }) => ({ token: "save-1", name: suggestedName, size: 0 }),
    "practice.load": () => {
      const job = world.startJob(
        { kind: "practice", label: "", step: "Applying", total: 240 },
        () => {
          world.catalog.fill(240);
          return { batch: recordBatch(world, "practice", "Practice catalogue", []) };
        },
      );
      return { job: job.id, plan: null };
    },
    "jobs.list": () => world.jobs,
    "jobs.get": ({ id }) => {
      const job = world.jobs.find((each) => each.id === id);
      if (!job) throw refuse("not_found", `There is no job ${id}.`);
      return job;
    },
    "jobs.cancel": ({ id }) => world.updateJob(id, { state: "cancelled" }),
    "batches.list": ({ origins, offset, limit }) => {
      const rows = world.batches.filter((each) => !origins || origins.includes(each.origin));
      return { rows: rows.slice(offset, offset + limit), total: rows.length };
    },
    "batches.get": ({ id }) => {
      const batch = world.batches.find((each) => each.id === id);
      if (!batch) throw refuse("not_found", "This batch is not there.");
      return batch;
    },
    "batches.entries": ({ id, offset, limit }) => {
      const rows = world.journal.filter((entry) => entry.batchId === id);
      return { rows: rows.slice(offset, offset + limit), total: rows.length };
    },
    "exports.run": ({ file }) => ({
      job: world.startJob({ kind: "export", label: file, step: "Writing", total: 240 }, () => ({}))
        .id,
      plan: null,
    }),
  };
}

function judgeAddress({ host, user, password }: SharedAddress): void {
  if (host === "nowhere") {
    throw refuse("unreachable", `The server ${host} cannot be found.`, {
      hint: "Check the name of the server and the network.",
      fields: { host: "There is no server with this name." },
    });
  }
  if (password === "wrong") {
    throw refuse("database_refused", `The database refused the user ${user}.`, {
      hint: "Check user and password.",
      fields: { password: "User or password is wrong." },
    });
  }
}
