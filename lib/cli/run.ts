import { parseArgs } from "node:util";
import type { Language, Message } from "../text.ts";
import { withParticles } from "../text.ts";
import type { Command, CommandIo, CommandOption, Invocation } from "./command.ts";
import { UsageError } from "./command.ts";
import { terminalText } from "./terminal-text.ts";
import { wrap } from "./wrap.ts";

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
      io.out(overview(line, lang, io.columns));
      return 0;
    }
    const name = isNamed ? first : line.fallback;
    const command = line.commands.find((one) => one.name === name);
    if (command === undefined) throw new UsageError(unknownCommand(name, line));
    const { values, positionals } = parse(command, isNamed ? args.slice(1) : args);
    if (values["help"] === true) {
      io.out(help(command, lang, io.columns));
      return 0;
    }
    const { help: _help, json, lang: _lang, ...options } = values;
    return await command.run({
      options,
      operands: positionals,
      lang,
      json: json === true,
      io: ioFor(lang, json === true, io),
    });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.err(terminalText(`sdpscope: ${error.sentence[lang]}`, false));
    return 2;
  }
}

/** Lets nothing off the wire move a terminal's cursor, and says what is waited for. JSON stays as it is: a program reads it. */
function ioFor(lang: Language, json: boolean, io: CommandIo): CommandIo {
  let isRead = false;
  return {
    out: (line) => io.out(json ? line : terminalText(line, io.isColour)),
    write: io.write,
    err: (line) => io.err(terminalText(line, io.isColour)),
    input() {
      if (isRead) throw new UsageError(inputTwice);
      isRead = true;
      if (io.isInputTerminal === true) io.err(waitsForInput[lang]);
      return io.input();
    },
    env: io.env,
    isColour: io.isColour,
    // Who asks for it takes Ctrl-C into his own hands.
    get signal() {
      return io.signal;
    },
  };
}

const inputTwice: Message = {
  en: "Only one of the files may be - for the standard input: it can be read once.",
  ko: "표준 입력은 한 번만 읽을 수 있으므로 파일 하나만 -로 적을 수 있습니다.",
};

const waitsForInput: Message = {
  en: "Reading the standard input: paste the text, and end it with Ctrl-D on a line of its own (Windows: Ctrl-Z, Enter).",
  ko: "표준 입력을 읽는 중입니다. 텍스트를 붙여 넣고 새 줄에서 Ctrl-D를 누르십시오(Windows에서는 Ctrl-Z 다음 Enter).",
};

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
    const unknown = codeOf(error) === UNKNOWN_OPTION ? unknownOption(args, options) : undefined;
    if (unknown !== undefined) {
      const known = Object.keys(options).map((name) => `--${name}`);
      throw new UsageError({
        en: `There is no option ${unknown}; ${command.name} has ${known.join(", ")}.\nTry: sdpscope ${command.name} --help`,
        ko: `${unknown} 옵션은 없습니다. ${command.name}의 옵션: ${known.join(", ")}.\n도움말: sdpscope ${command.name} --help --lang ko`,
      });
    }
    const { en, ko } = wrongUse(command, args, options, error);
    throw new UsageError({
      en: `${en}\nTry: sdpscope ${command.name} --help`,
      ko: `${ko}\n도움말: sdpscope ${command.name} --help --lang ko`,
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
    .flatMap((arg) => arg.match(/^-[^=]+/)?.[0] ?? [])
    .find(
      (option) => option !== "-h" && !(isLong(option) && Object.hasOwn(options, option.slice(2))),
    );
}

function isLong(option: string): boolean {
  return option.startsWith("--");
}

const UNKNOWN_OPTION = "ERR_PARSE_ARGS_UNKNOWN_OPTION";

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

/** What `parseArgs` says in English, with a way out. */
function wrongUse(
  command: Command,
  args: readonly string[],
  options: Readonly<Record<string, { readonly type: string }>>,
  error: unknown,
): Message {
  if (codeOf(error) === "ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL") {
    return {
      en: `${command.name} takes options only, no file and no other word.`,
      ko: `${command.name}에는 옵션만 쓸 수 있습니다. 파일이나 다른 단어는 쓸 수 없습니다.`,
    };
  }
  const wrong = args.find((arg, at) => {
    const [name = "", value] = arg.replace(/^--/, "").split(/=(.*)/s);
    const type = arg.startsWith("--") ? options[name]?.type : undefined;
    if (type === "boolean") return value !== undefined;
    const next = args[at + 1];
    return type === "string" && value === undefined && (next === undefined || next.startsWith("-"));
  });
  const name = wrong?.split("=", 1)[0] ?? "";
  if (options[name.slice(2)]?.type === "boolean") {
    return { en: `${name} takes no value.`, ko: `${name}에는 값을 쓰지 않습니다.` };
  }
  if (wrong !== undefined) {
    return {
      en: `${name} needs a value; one that begins with - is written ${name}=-….`,
      ko: `${name}에는 값이 필요합니다. -로 시작하는 값은 ${name}=-…처럼 적으십시오.`,
    };
  }
  const reason = error instanceof Error ? error.message : String(error);
  return { en: reason, ko: reason };
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

function overview(line: CommandLine, lang: Language, columns: number | undefined): string {
  const rows = line.commands.map(({ name, summary }) => [name, summary[lang]] as const);
  const words = overviewWords(line.fallback);
  return [
    `sdpscope ${line.version}: ${words.what[lang]}`,
    "",
    "  sdpscope [COMMAND] [OPTIONS]",
    "",
    ...table(rows, columns),
    "",
    ...[words.every, words.fallback, words.exit].flatMap((text) =>
      wrap(text[lang], columns ?? WIDE),
    ),
  ].join("\n");
}

function overviewWords(
  fallback: string,
): Readonly<Record<"what" | "every" | "fallback" | "exit", Message>> {
  return {
    what: { en: "read, check and watch SDP and ICE", ko: "SDP와 ICE를 읽고 검사하고 관찰합니다" },
    every: {
      en: "Every command knows --help, --json and --lang en|ko; a file may be - for the standard input.",
      ko: "모든 명령에 --help, --json, --lang en|ko를 쓸 수 있고, 파일 대신 -를 적으면 표준 입력을 읽습니다.",
    },
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

function help(command: Command, lang: Language, columns: number | undefined): string {
  const usage = `  sdpscope ${command.name} ${command.operands}`.trimEnd();
  const rows = [...command.options, ...everyCommand].map(
    ({ name, value, description }) =>
      [`--${name}${value === undefined ? "" : ` ${value}`}`, description[lang]] as const,
  );
  const summary = wrap(command.summary[lang], columns ?? WIDE);
  return [...summary, "", `${usage} [OPTIONS]`, "", ...table(rows, columns)].join("\n");
}

/** Names with what they mean beside them; below them where a terminal is too narrow for that. */
function table(rows: readonly (readonly [string, string])[], columns = WIDE): string[] {
  const width = Math.max(...rows.map(([name]) => name.length)) + 4;
  const isNarrow = columns - width < NARROWEST;
  return rows.flatMap(([name, text]) => {
    const indent = " ".repeat(isNarrow ? 6 : width);
    const [first = "", ...rest] = wrap(text, columns - indent.length);
    const head = isNarrow ? [`  ${name}`, indent + first] : [`  ${name}`.padEnd(width) + first];
    return [...head, ...rest.map((line) => indent + line)];
  });
}

/** Where nothing is known of a terminal, such as in a file, no line is broken. */
const WIDE = Number.POSITIVE_INFINITY;
/** In columns, for what an option means. */
const NARROWEST = 30;

function unknownCommand(name: string, line: CommandLine): Message {
  const known = line.commands.map((command) => command.name).join(", ");
  return {
    en: `There is no command ${JSON.stringify(name)}; there are ${known}.`,
    ko: `${JSON.stringify(name)} 명령은 없습니다. 사용할 수 있는 명령: ${known}`,
  };
}
