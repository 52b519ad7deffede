import type { LineKind } from "../attribute.ts";
import { bandwidth } from "./bandwidth.ts";
import { connection } from "./connection.ts";
import { media } from "./media.ts";
import { origin } from "./origin.ts";

/** Every kind of line other than `a=`, sorted by the name of its file. */
export const lineKinds: readonly LineKind<unknown>[] = [bandwidth, connection, media, origin];

/** The kind of line of a type letter; `undefined` for a letter that SDP does not know. */
export function lineKindOf(type: string): LineKind<unknown> | undefined {
  return byType.get(type);
}

const byType: ReadonlyMap<string, LineKind<unknown>> = new Map(
  lineKinds.map((kind) => [kind.type, kind]),
);
