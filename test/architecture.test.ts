import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..");

/** The floor of each room of lib/; the ground files stand by themselves. A file imports its own room and lower floors. */
const floors: Readonly<Record<string, number>> = {
  "text.ts": 1,
  "rfc.ts": 1,
  "steps.ts": 1,
  "diagnostic.ts": 2,
  codec: 3,
  ice: 3,
  sdp: 4,
  "offer-answer": 5,
  trace: 5,
  rules: 6,
  handshake: 7,
  doors: 7,
  "index.ts": 7,
  vitest: 7,
  record: 8,
  signaling: 8,
  stun: 8,
  peer: 9,
  serve: 9,
  cli: 10,
  embed: 10,
};

/** Rooms that touch no platform: no node: module, no npm package, no clock, no chance, no console. */
const pure = new Set([
  "text.ts",
  "rfc.ts",
  "steps.ts",
  "diagnostic.ts",
  "codec",
  "ice",
  "sdp",
  "offer-answer",
  "trace",
  "rules",
  "handshake",
  "doors",
  "index.ts",
]);

/** Families: every member stands alone; only its catalog (and the tests) know all of them. */
const families = [
  "codec/rules",
  "sdp/attributes",
  "trace/importers",
  "rules/description",
  "rules/answer",
  "rules/reoffer",
  "rules/candidate",
  "rules/fragment",
  "rules/session",
  "cli/commands",
  "vitest/matchers",
];

/**
 * The npm packages of the pure rooms, each in one file: the ecosystem's model of SDP, and a hash of which the platform
 * has no synchronous one that is the same in Node and browsers.
 */
const packages: Readonly<Record<string, RegExp>> = {
  "sdp/sdp-transform.ts": /^sdp-transform(\/|$)/,
  "sdp/mask.ts": /^@noble\/hashes\//,
};

const ambient =
  /\b(?:Date\.now|new Date\(\)|Math\.random|performance\.|setTimeout|setInterval|setImmediate|queueMicrotask|console\.|process\.)/;

interface Source {
  readonly path: string;
  readonly room: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const sources = filesBelow(join(root, "lib"))
  .filter((file) => file.endsWith(".ts"))
  .map(readSource);

describe("the house", () => {
  it("has a floor for every room", () => {
    const rooms = new Set(sources.map((source) => source.room));
    expect([...rooms].filter((room) => floors[room] === undefined)).toEqual([]);
  });

  it("imports downwards only, types too", () => {
    const upwards = sources.flatMap((source) =>
      localImports(source)
        .filter((target) => !standsBelow(source.room, target.room))
        .map((target) => `${source.path} → ${target.path}`),
    );
    expect(upwards).toEqual([]);
  });

  it("has no file that imports an index.ts or a door from inside", () => {
    const throughDoors = sources
      .filter((source) => source.room !== "index.ts")
      .flatMap((source) =>
        localImports(source)
          .filter(({ path }) => path.endsWith("/index.ts") || path === "index.ts")
          .map(({ path }) => `${source.path} → ${path}`),
      );
    expect(throughDoors).toEqual([]);
  });

  it("keeps the members of a family apart", () => {
    const crossings = sources.flatMap((source) => {
      const family = families.find((folder) => source.path.startsWith(`${folder}/`));
      if (family === undefined || source.path === `${family}/catalog.ts`) return [];
      return localImports(source)
        .filter(({ path }) => path.startsWith(`${family}/`))
        .map(({ path }) => `${source.path} → ${path}`);
    });
    expect(crossings).toEqual([]);
  });

  it("keeps platform and packages out of the pure rooms", () => {
    const foreign = sources
      .filter(({ room }) => pure.has(room))
      .flatMap(({ path, imports }) =>
        imports
          .filter((name) => !name.startsWith(".") && !packages[path]?.test(name))
          .map((name) => `${path} → ${name}`),
      );
    expect(foreign).toEqual([]);
  });

  it("keeps clock, chance and console out of the pure rooms", () => {
    const impure = sources
      .filter(({ room }) => pure.has(room))
      .flatMap(({ path, text }) =>
        withoutComments(text)
          .split("\n")
          .filter((line) => ambient.test(line))
          .map((line) => `${path}: ${line.trim()}`),
      );
    expect(impure).toEqual([]);
  });

  it("names werift and ws each at their own edge only", () => {
    const weriftUsers = sources.filter(({ imports }) => imports.includes("werift"));
    expect(weriftUsers.filter(({ path }) => !path.startsWith("peer/werift/"))).toEqual([]);
    // The rest of the package sees one file of that folder.
    const users = sources.filter(
      (source) =>
        !source.path.startsWith("peer/werift/") &&
        localImports(source).some(({ path }) => path.startsWith("peer/werift/")),
    );
    expect(users.map(({ path }) => path)).toEqual(["peer/werift.ts"]);
    const wsUsers = sources.filter(({ imports }) => imports.includes("ws"));
    expect(wsUsers.filter(({ room }) => room !== "signaling" && room !== "serve")).toEqual([]);
  });

  // Its doors stand beside index.ts so that the page can load the parts with many words when they are first needed.
  it("lets the inspector come in through public doors only", () => {
    const deep = filesBelow(join(root, "inspector"))
      .filter((file) => /\.(ts|svelte)$/.test(file))
      .flatMap((file) =>
        importsOf(readFileSync(file, "utf8"))
          .filter((name) => name.startsWith("."))
          .map((name) => relative(root, resolve(dirname(file), name)))
          .filter((target) => target.startsWith(`lib${sep}`))
          .filter((target) => target !== join("lib", "index.ts"))
          .filter((target) => dirname(target) !== join("lib", "doors"))
          .map((target) => `${relative(root, file)} → ${target}`),
      );
    expect(deep).toEqual([]);
  });
});

function standsBelow(from: string, to: string): boolean {
  const here = floors[from] ?? 0;
  const there = floors[to] ?? 0;
  // index.ts shares its floor with handshake/ and may show it; every other room of a floor stands alone.
  return from === to || there < here || (from === "index.ts" && to === "handshake");
}

function localImports(source: Source): Source[] {
  return source.imports
    .filter((name) => name.startsWith("."))
    .map((name) => join(dirname(source.path), name).split(sep).join("/"))
    .map((path) => sources.find((other) => other.path === path))
    .filter((other) => other !== undefined);
}

function readSource(file: string): Source {
  const path = relative(join(root, "lib"), file).split(sep).join("/");
  const text = readFileSync(file, "utf8");
  return { path, room: path.split("/")[0] ?? path, text, imports: importsOf(text) };
}

function importsOf(text: string): string[] {
  const found: string[] = [];
  for (const match of text.matchAll(/^\s*(?:import|export)\b[^"';]*?from\s+"([^"]+)"/gm)) {
    if (match[1] !== undefined) found.push(match[1]);
  }
  for (const match of text.matchAll(/(?:^|[^.\w])import\s*\(?\s*"([^"]+)"/gm)) {
    if (match[1] !== undefined) found.push(match[1]);
  }
  return found;
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "$1");
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}
