import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Agent, AgentConnection, Candidate } from "./agent.ts";
import { EndpointCrash } from "./agent.ts";

/** How the program of an agent is started. */
export interface ProgramOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Where the version is known better than to the program itself. */
  readonly version?: string;
}

/**
 * An agent that is a program: it prints `{"version"}`, reads calls as JSON Lines, and prints their results and its
 * candidates. What it writes to its error output is kept, and told when it ends too early.
 */
export async function openProgram(
  command: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<Agent> {
  const program = spawn(command, args, {
    stdio: ["pipe", "pipe", "pipe"],
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
  });
  let complaints = "";
  program.stderr.on("data", (chunk) => {
    complaints = (complaints + chunk).slice(-2000);
  });
  const waiting = new Map<number, (answer: Line | EndpointCrash) => void>();
  const listeners = new Map<number, (candidate: Candidate) => void>();
  const hello = deferred<string>();
  createInterface({ input: program.stdout }).on("line", (text) => {
    const line = JSON.parse(text) as Line;
    if (line.version !== undefined) hello.resolve(line.version);
    else if (line.event === "candidate") listeners.get(line.id ?? -1)?.(line.candidate ?? null);
    else if (line.call !== undefined) {
      waiting.get(line.call)?.(line);
      waiting.delete(line.call);
    }
  });
  const gone = (reason: string): void => {
    const crash = new EndpointCrash(`${command} ended: ${reason}. ${complaints.trim()}`);
    hello.reject(crash);
    for (const settle of waiting.values()) settle(crash);
    waiting.clear();
  };
  program.on("error", (error) => gone(error.message));
  program.on("exit", (code, signal) => gone(String(signal ?? code)));
  program.stdin.on("error", () => {});

  let calls = 0;
  const request = (method: string, id: number, value?: unknown): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const call = calls++;
      waiting.set(call, (answer) => {
        if (answer instanceof EndpointCrash) reject(answer);
        else if (answer.error === undefined) resolve(answer.result);
        else reject(new Error(answer.error));
      });
      if (program.exitCode !== null || program.signalCode !== null)
        return gone(String(program.signalCode ?? program.exitCode));
      program.stdin.write(`${JSON.stringify({ call, method, id, value })}\n`);
    });

  let connections = 0;
  const version = await hello.promise;
  return {
    version: options.version ?? version,
    async open(agentOptions, onCandidate) {
      const id = connections++;
      listeners.set(id, onCandidate);
      await request("open", id, agentOptions);
      return connectionOver((method, value) => request(method, id, value));
    },
    async close() {
      if (program.exitCode !== null || program.signalCode !== null) return;
      const ended = once(program, "exit");
      program.stdin.end();
      const timer = setTimeout(() => program.kill("SIGKILL"), 1000);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** The connection of an agent whose methods are called by name. */
export function connectionOver(
  request: (method: string, value?: unknown) => Promise<unknown>,
): AgentConnection {
  return {
    offer: () => request("offer") as ReturnType<AgentConnection["offer"]>,
    answer: (offer) => request("answer", offer) as ReturnType<AgentConnection["answer"]>,
    accept: async (answer) => void (await request("accept", answer)),
    addCandidate: async (candidate) => void (await request("candidate", candidate)),
    say: async (text) => void (await request("say", text)),
    report: () => request("report") as ReturnType<AgentConnection["report"]>,
    close: async () => void (await request("close")),
  };
}

interface Line {
  readonly version?: string;
  readonly event?: string;
  readonly id?: number;
  readonly candidate?: Candidate;
  readonly call?: number;
  readonly error?: string;
  readonly result?: unknown;
}

interface Deferred<Value> {
  readonly promise: Promise<Value>;
  readonly resolve: (value: Value) => void;
  readonly reject: (error: Error) => void;
}

function deferred<Value>(): Deferred<Value> {
  let resolve: Deferred<Value>["resolve"] = () => {};
  let reject: Deferred<Value>["reject"] = () => {};
  const promise = new Promise<Value>((fulfil, fail) => {
    resolve = fulfil;
    reject = fail;
  });
  return { promise, resolve, reject };
}
