import { fragmentRules } from "../fragment/text.ts";
import type { Rule } from "../rule.ts";
import { candidateAfterEnd } from "./after-end.ts";
import { componentGap } from "./component-gap.ts";
import { duplicateCandidate } from "./duplicate.ts";
import { foundationShared } from "./foundation-shared.ts";
import { candidateGeneration } from "./generation.ts";
import { hiddenBase } from "./hidden-base.ts";
import { linkLocal } from "./link-local.ts";
import { priorityUnique } from "./priority-unique.ts";
import { tcpAboveUdp } from "./tcp-above-udp.ts";
import { tcpDirection } from "./tcp-direction.ts";
import { candidateTextRules } from "./text.ts";
import { typePreference } from "./type-preference.ts";
import { typePreferenceOrder } from "./type-preference-order.ts";

/** Every rule about candidates and fragments, sorted by code. */
export const candidateRules: readonly Rule<"candidate">[] = [
  ...candidateTextRules,
  ...fragmentRules,
  candidateAfterEnd,
  componentGap,
  duplicateCandidate,
  foundationShared,
  candidateGeneration,
  hiddenBase,
  linkLocal,
  priorityUnique,
  tcpAboveUdp,
  tcpDirection,
  typePreference,
  typePreferenceOrder,
].sort((a, b) => (a.code < b.code ? -1 : 1));
