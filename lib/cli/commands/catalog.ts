import type { Command } from "../command.ts";
import { answer } from "./answer.ts";
import { candidates } from "./candidates.ts";
import { check } from "./check.ts";
import { compare } from "./compare.ts";
import { demo } from "./demo.ts";
import { diagnose } from "./diagnose.ts";
import { diff } from "./diff.ts";
import { explain } from "./explain.ts";
import { filter } from "./filter.ts";
import { importCommand } from "./import.ts";
import { ladderCommand } from "./ladder.ts";
import { lint } from "./lint.ts";
import { merge } from "./merge.ts";
import { pairs } from "./pairs.ts";
import { record } from "./record.ts";
import { redact } from "./redact.ts";
import { replay } from "./replay.ts";
import { serve } from "./serve.ts";
import { servers } from "./servers.ts";

/** Every command, in alphabetical order. */
export const commands: readonly Command[] = [
  answer,
  candidates,
  check,
  compare,
  demo,
  diagnose,
  diff,
  explain,
  filter,
  importCommand,
  ladderCommand,
  lint,
  merge,
  pairs,
  record,
  redact,
  replay,
  serve,
  servers,
];
