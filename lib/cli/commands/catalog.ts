import type { Command } from "../command.ts";
import { demo } from "./demo.ts";
import { serve } from "./serve.ts";

/** Every command, in alphabetical order. */
export const commands: readonly Command[] = [demo, serve];
