import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";

import type { ChosenFile, Error as CoreError, Event } from "../../bindings";
import { CommandError } from "../../lib/errors";
import type { CommandName, Request, Response } from "../host";

/** The variable that names the core's program. */
const VARIABLE = "BACKSTOCK_BIN";

/** What the core says on one line. */
type Line = { id: number; ok: never } | { id: number; error: CoreError } | { event: Event };

interface Waiting {
  /** Only the caller knows what the answer to the command is. */
  resolve: (answer: never) => void;
  reject: (error: CommandError) => void;
}

/** The real core, in a process of its own. */
export class Pipe {
  private readonly process;
  private readonly ended: Promise<void>;
  private readonly waiting = new Map<number, Waiting>();
  private readonly listeners = new Set<(event: Event) => void>();
  private nextId = 1;

  /** Starts a core that keeps its data in a folder. */
  constructor(folder: string) {
    const { BACKSTOCK_WORKSPACE: _, ...environment } = process.env;
    this.process = spawn(program(), ["pipe"], {
      env: { ...environment, BACKSTOCK_DATA_DIR: folder },
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.ended = new Promise((resolve) => this.process.once("close", () => resolve()));
    createInterface({ input: this.process.stdout }).on("line", (line) => this.read(line));
  }

  call<N extends CommandName>(name: N, request: Request<N>): Promise<Response<N>> {
    return this.ask<Response<N>>(name, request);
  }

  /** A token for a file, as a person gets one by choosing or dropping it. */
  grant(path: string): Promise<ChosenFile> {
    return this.ask<ChosenFile>("host.grant", { path });
  }

  /** Says what the next dialog answers; null closes it. */
  async answerDialog(path: string | null): Promise<void> {
    await this.ask<null>("host.choose", { path });
  }

  /** Listens to what the core tells. */
  listen(listener: (event: Event) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Tells the window something, as a shell would: of drags, for one. */
  emit(event: Event): void {
    for (const listener of this.listeners) listener(event);
  }

  /** Lets the core finish what it does and end. What it still says is not read. */
  async close(): Promise<void> {
    this.listeners.clear();
    this.waiting.clear();
    this.process.stdin.end();
    await this.ended;
  }

  private ask<T>(command: string, request: unknown): Promise<T> {
    const id = this.nextId++;
    return new Promise<T>((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      if (this.process.stdin.writable) {
        this.process.stdin.write(`${JSON.stringify({ id, command, request })}\n`);
      }
    });
  }

  private read(text: string): void {
    const line: Line = JSON.parse(text);
    if ("event" in line) {
      this.emit(line.event);
      return;
    }
    const waiting = this.waiting.get(line.id);
    this.waiting.delete(line.id);
    if ("ok" in line) waiting?.resolve(line.ok);
    else waiting?.reject(new CommandError(line.error));
  }
}

function program(): string {
  const path = process.env[VARIABLE];
  if (path !== undefined && existsSync(path)) return path;
  throw new Error(
    `There is no core at ${path ?? VARIABLE}. Build it with \`cargo build --bin backstock\`, or name it with ${VARIABLE}.`,
  );
}
