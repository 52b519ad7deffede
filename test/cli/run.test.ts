import { describe, expect, test } from "vitest";
import type { Command, CommandIo, Invocation } from "../../lib/cli/command.ts";
import { defineCommand, UsageError } from "../../lib/cli/command.ts";
import { commands } from "../../lib/cli/commands/catalog.ts";
import { runCommandLine } from "../../lib/cli/run.ts";
import { displayWidth } from "../../lib/text.ts";

const greet = defineCommand({
  name: "greet",
  summary: { en: "say hello", ko: "인사합니다" },
  operands: "[NAME]",
  options: [
    { name: "loud", description: { en: "in capitals", ko: "대문자로" } },
    { name: "times", value: "N", description: { en: "how often", ko: "횟수" } },
  ],
  async run({ operands, options, json, io }) {
    if (options["times"] === "many") {
      throw new UsageError({ en: "N is a number.", ko: "N은 숫자입니다." });
    }
    io.out(JSON.stringify({ operands, options, json }));
    return operands.length === 0 ? 1 : 0;
  },
});
const rest: Command = defineCommand({
  name: "rest",
  summary: { en: "do nothing", ko: "쉽니다" },
  operands: "",
  options: [],
  run: async ({ io }: Invocation) => {
    io.out("resting");
    return 0;
  },
});

async function run(...args: string[]) {
  return runWith([greet, rest], undefined, ...args);
}

async function runWith(
  commands: readonly Command[],
  columns: number | undefined,
  ...args: readonly string[]
) {
  const out: string[] = [];
  const err: string[] = [];
  const io: CommandIo = {
    out: (line) => out.push(line),
    write: (text) => out.push(text),
    err: (line) => err.push(line),
    input: async () => "",
    env: {},
    isColour: false,
    signal: new AbortController().signal,
    columns,
  };
  const line = { version: "1.2.3", commands, fallback: "rest" };
  const code = await runCommandLine(args, line, io);
  return { code, out: out.join("\n"), err: err.join("\n") };
}

describe("the command line", () => {
  test("runs a command with its operands and options, and gives its exit code", async () => {
    expect(await run("greet", "Ann", "--loud", "--times", "2", "--json")).toEqual({
      code: 0,
      out: '{"operands":["Ann"],"options":{"loud":true,"times":"2"},"json":true}',
      err: "",
    });
    expect(await run("greet")).toMatchObject({ code: 1 });
  });

  test("runs the fallback without a command, options or not", async () => {
    expect(await run()).toEqual({ code: 0, out: "resting", err: "" });
    expect(await run("--json")).toMatchObject({ code: 0, out: "resting" });
  });

  test("lists the commands, in the language asked for", async () => {
    const { code, out } = await run("--help");
    expect(code).toBe(0);
    expect(out).toContain("greet  say hello");
    expect((await run("--help", "--lang", "ko")).out).toContain("greet  인사합니다");
  });

  test("explains a command with every option", async () => {
    const { out } = await run("greet", "--help");
    expect(out).toContain("sdpscope greet [NAME] [OPTIONS]");
    for (const option of ["--loud", "--times N", "--json", "--lang en|ko", "--help"]) {
      expect(out).toContain(option);
    }
    expect((await run("greet", "-h", "--lang=ko")).out).toContain("대문자로");
  });

  test.each([
    [30, "en"],
    [60, "en"],
    [30, "ko"],
    [60, "ko"],
  ])("fits its help into a terminal of %d columns: %s", async (columns, lang) => {
    for (const command of commands) {
      const { out } = await runWith(commands, columns, command.name, "--help", "--lang", lang);
      const [, usage = ""] = out.split("\n\n");
      for (const shown of out.replace(usage, "").split("\n")) {
        // A word longer than a line stands alone.
        const isOneWord = !shown.trim().includes(" ") || shown.trim().startsWith("--");
        expect(isOneWord || displayWidth(shown) <= columns, shown).toBe(true);
      }
      const wide = await runWith(commands, undefined, command.name, "--help", "--lang", lang);
      expect(out.split(/\s+/)).toEqual(wide.out.split(/\s+/));
    }
  });

  test("tells its version", async () => {
    expect(await run("--version")).toEqual({ code: 0, out: "1.2.3", err: "" });
  });

  test.each([
    ["an unknown command", ["dance"], 'There is no command "dance"; there are greet, rest.'],
    ["an unknown option", ["greet", "--fast"], "There is no option --fast; greet has"],
    ["an option without its value", ["greet", "--times"], "--times needs a value"],
    ["an option in the place of a value", ["greet", "--times", "--loud"], "--times needs a value"],
    ["a value that looks like an option", ["greet", "--times", "-1"], "written --times=-…"],
    ["a switch with a value", ["greet", "--loud=yes"], "--loud takes no value."],
    ["an unknown letter", ["greet", "-x"], "There is no option -x; greet has"],
    ["an operand where there is none", ["rest", "now"], "rest takes options only"],
    [
      "a language that is none of the two",
      ["rest", "--lang", "de"],
      '--lang is en or ko; got "de".',
    ],
    ["a value that the command refuses", ["greet", "--times", "many"], "N is a number."],
  ])("ends with 2 for %s", async (_name, args, text) => {
    const { code, out, err } = await run(...args);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(text);
  });

  test("refuses in Korean when asked in Korean", async () => {
    expect((await run("greet", "--lang", "ko", "--times")).err).toContain("--times에는 값이 필요");
    expect((await run("greet", "--lang", "ko", "--loud=1")).err).toContain("값을 쓰지 않습니다");
    expect((await run("rest", "--lang", "ko", "now")).err).toContain("옵션만");
    expect((await run("dance", "--lang", "ko")).err).toContain("명령은 없습니다");
    expect((await run("greet", "--times", "many", "--lang", "ko")).err).toBe(
      "sdpscope: N은 숫자입니다.",
    );
  });
});

describe("a terminal", () => {
  const line = (command: Command) => ({ version: "1", commands: [command], fallback: "say" });
  const say = (run: Command["run"]) =>
    defineCommand({ name: "say", summary: { en: "", ko: "" }, operands: "", options: [], run });
  const ioOf = (given: Partial<CommandIo>) => {
    const shown: string[] = [];
    const io: CommandIo = {
      out: (text) => shown.push(text),
      write: (text) => shown.push(text),
      err: (text) => shown.push(`! ${text}`),
      input: async () => "",
      env: {},
      isColour: true,
      signal: new AbortController().signal,
      ...given,
    };
    return { io, shown };
  };

  test("gets the styles of this program, and nothing else that it would obey", async () => {
    const { io, shown } = ioOf({});
    const command = say(async ({ io }) => {
      io.out("\u001b[1mbold\u001b[0m \u001b[31mred\u001b[0m\n\ttab \u001b[2Jgone\u001b[8m");
      io.err("\u0007");
      io.write("\u0007");
      return 0;
    });
    await runCommandLine([], line(command), io);
    expect(shown).toEqual([
      "\u001b[1mbold\u001b[0m \u001b[31mred\u001b[0m\n\ttab ␛[2Jgone␛[8m",
      "! ␇",
      "\u0007",
    ]);
    const plain = ioOf({ isColour: false });
    const red = say(async ({ io }) => {
      io.out("\u001b[31mred");
      return 0;
    });
    await runCommandLine([], line(red), plain.io);
    await runCommandLine(["--json"], line(red), plain.io);
    expect(plain.shown).toEqual(["␛[31mred", "\u001b[31mred"]);
  });

  test("is told that its input is waited for", async () => {
    const command = say(async ({ io }) => {
      await io.input();
      return 0;
    });
    const typed = ioOf({ isInputTerminal: true });
    await runCommandLine(["--lang", "ko"], line(command), typed.io);
    expect(typed.shown).toEqual([expect.stringMatching(/^! 표준 입력을 읽는 중입니다.*Ctrl-D/)]);
    const piped = ioOf({ isInputTerminal: false });
    await runCommandLine([], line(command), piped.io);
    expect(piped.shown).toEqual([]);
  });

  test("keeps Ctrl-C for itself where a command does not ask for it", async () => {
    let asked = 0;
    const { io } = ioOf({});
    Object.defineProperty(io, "signal", {
      get() {
        asked++;
        return new AbortController().signal;
      },
    });
    await runCommandLine([], line(say(async () => 0)), io);
    expect(asked).toBe(0);
    await runCommandLine([], line(say(async ({ io }) => (io.signal.aborted ? 1 : 0))), io);
    expect(asked).toBe(1);
  });
});
