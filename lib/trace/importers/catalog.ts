import type { Importer } from "../importer.ts";
import { sdp } from "./sdp.ts";
import { trace } from "./trace.ts";

/** Every format that can be imported, in alphabetical order. */
export const importers: readonly Importer[] = [sdp, trace];
