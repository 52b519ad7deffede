import type { LineKind } from "../attribute.ts";
import { bandwidth } from "./bandwidth.ts";
import { connection } from "./connection.ts";
import { email } from "./email.ts";
import { information } from "./information.ts";
import { key } from "./key.ts";
import { media } from "./media.ts";
import { origin } from "./origin.ts";
import { phone } from "./phone.ts";
import { repeat } from "./repeat.ts";
import { sessionName } from "./session-name.ts";
import { timeZone } from "./time-zone.ts";
import { timing } from "./timing.ts";
import { uri } from "./uri.ts";
import { version } from "./version.ts";

/** Every kind of line other than `a=`, sorted by the name of its file. */
export const lineKinds: readonly LineKind<unknown>[] = [
  bandwidth,
  connection,
  email,
  information,
  key,
  media,
  origin,
  phone,
  repeat,
  sessionName,
  timeZone,
  timing,
  uri,
  version,
];

/** The kind of line of a type letter; `undefined` for a letter that SDP does not know. */
export function lineKindOf(type: string): LineKind<unknown> | undefined {
  return byType.get(type);
}

const byType: ReadonlyMap<string, LineKind<unknown>> = new Map(
  lineKinds.map((kind) => [kind.type, kind]),
);
