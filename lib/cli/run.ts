import { parseArgs } from "node:util";
import type { Language, Message } from "../text.ts";
import { withParticles } from "../text.ts";
import type { Command, CommandIo, CommandOption, Invocation } from "./command.ts";
import { UsageError } from "./command.ts";

/** What the command line is made of. */
export interface CommandLine {
  readonly version: string;
  readonly commands: readonly Command[];
  /** The command that runs when none is named. */
  readonly fallback: string;
}

/**
 * Runs a command line. Resolves with the exit code: 0 clean, 1 findings, 2 wrong use or could not run.
 * Errors of the program itself reject.
 */
export async function runCommandLine(
  args: readonly string[],
  line: CommandLine,
  io: CommandIo,
): Promise<number> {
  let lang: Language = "en";
  try {
    const [first] = args;
    const isNamed = first !== undefined && !first.startsWith("-");
    lang = languageOf(args);
    if (!isNamed && args.includes("--version")) {
      io.out(line.version);
      return 0;
    }
    if (!isNamed && (args.includes("--help") || args.includes("-h"))) {
      io.out(overview(line, lang));
      return 0;
    }
    const name = isNamed ? first : line.fallback;
    const command = line.commands.find((one) => one.name === name);
    if (command === undefined) throw new UsageError(unknownCommand(name, line));
    const { values, positionals } = parse(command, isNamed ? args.slice(1) : args);
    if (values["help"] === true) {
      io.out(help(command, lang));
      return 0;
    }
    const { help: _help, json, lang: _lang, ...options } = values;
    return await command.run({ options, operands: positionals, lang, json: json === true, io });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.err(`sdpscope: ${error.sentence[lang]}`);
    return 2;
  }
}

interface Parsed {
  readonly values: Invocation["options"];
  readonly positionals: readonly string[];
}

const everyCommand: readonly CommandOption[] = [
  {
    name: "json",
    description: { en: "print JSON, one value a line", ko: "JSON으로 출력합니다(한 줄에 값 하나)" },
  },
  {
    name: "lang",
    value: "en|ko",
    description: { en: "the language of sentences", ko: "문장의 언어" },
  },
  { name: "help", description: { en: "print this help", ko: "이 도움말을 출력합니다" } },
];

function parse(command: Command, args: readonly string[]): Parsed {
  const options = Object.fromEntries(
    [...command.options, ...everyCommand].map(({ name, value }) => [
      name,
      {
        type: value === undefined ? ("boolean" as const) : ("string" as const),
        ...(name === "help" && { short: "h" }),
      },
    ]),
  );
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options,
      allowPositionals: command.operands !== "",
    });
    return { values: values as Invocation["options"], positionals };
  } catch (error) {
    const unknown = unknownOption(args, options);
    if (unknown !== undefined) {
      const known = Object.keys(options).map((name) => `--${name}`);
      throw new UsageError({
        en: `There is no option ${unknown}; ${command.name} has ${known.join(", ")}.\nTry: sdpscope ${command.name} --help`,
        ko: `${unknown} 옵션은 없습니다. ${command.name}의 옵션: ${known.join(", ")}.\n도움말: sdpscope ${command.name} --help --lang ko`,
      });
    }
    // parseArgs explains the rest, such as a value that is missing, in English alone.
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError({
      en: `${reason}\nTry: sdpscope ${command.name} --help`,
      ko: `${reason}\n도움말: sdpscope ${command.name} --help --lang ko`,
    });
  }
}

/** The first argument that looks like an option and is none. */
function unknownOption(
  args: readonly string[],
  options: Readonly<Record<string, unknown>>,
): string | undefined {
  const end = args.indexOf("--");
  return (end < 0 ? args : args.slice(0, end))
    .flatMap((arg) => arg.match(/^--([^=]+)/)?.[0] ?? [])
    .find((option) => !Object.hasOwn(options, option.slice(2)));
}

/** The language has to be known before anything is said, wrong options included. */
function languageOf(args: readonly string[]): Language {
  const at = args.findLastIndex((arg) => arg === "--lang" || arg.startsWith("--lang="));
  if (at === -1) return "en";
  const value = args[at] === "--lang" ? args[at + 1] : args[at]?.slice("--lang=".length);
  if (value === "en" || value === "ko") return value;
  throw new UsageError({
    en: `--lang is en or ko; got ${JSON.stringify(value ?? "")}.`,
    ko: `--lang의 값은 en 또는 ko입니다. 받은 값: ${JSON.stringify(value ?? "")}`,
  });
}

function overview(line: CommandLine, lang: Language): string {
  const rows = line.commands.map(({ name, summary }) => [name, summary[lang]] as const);
  const words = overviewWords(line.fallback);
  return [
    `sdpscope ${line.version}: ${words.what[lang]}`,
    "",
    "  sdpscope [COMMAND] [OPTIONS]",
    "",
    ...table(rows),
    "",
    words.fallback[lang],
    words.exit[lang],
  ].join("\n");
}

function overviewWords(fallback: string): Readonly<Record<"what" | "fallback" | "exit", Message>> {
  return {
    what: { en: "read, check and watch SDP and ICE", ko: "SDP와 ICE를 읽고 검사하고 관찰합니다" },
    fallback: {
      en: `Without a command: ${fallback}. Help on a command: sdpscope COMMAND --help`,
      ko: withParticles(
        `명령이 없으면 ${fallback}을(를) 실행합니다. 명령별 도움말: sdpscope COMMAND --help`,
      ),
    },
    exit: {
      en: "Exit codes: 0 clean, 1 findings, 2 wrong use or could not run.",
      ko: "종료 코드: 0 문제 없음, 1 발견된 문제 있음, 2 잘못된 사용 또는 실행 불가.",
    },
  };
}

function help(command: Command, lang: Language): string {
  const usage = `  sdpscope ${command.name} ${command.operands}`.trimEnd();
  const rows = [...command.options, ...everyCommand].map(
    ({ name, value, description }) =>
      [`--${name}${value === undefined ? "" : ` ${value}`}`, description[lang]] as const,
  );
  return [command.summary[lang], "", `${usage} [OPTIONS]`, "", ...table(rows)].join("\n");
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  return rows.map(([name, text]) => `  ${name.padEnd(width)}${text}`);
}

function unknownCommand(name: string, line: CommandLine): Message {
  const known = line.commands.map((command) => command.name).join(", ");
  return {
    en: `There is no command ${JSON.stringify(name)}; there are ${known}.`,
    ko: `${JSON.stringify(name)} 명령은 없습니다. 사용할 수 있는 명령: ${known}`,
  };
}
