import type { Message } from "../text.ts";
import type { CandidateType, TcpType } from "./candidate.ts";
import type { PriorityContext, SchemeParts } from "./priority-scheme.ts";
import { recognizeSchemes } from "./priority-scheme.ts";

/** What a priority is made of. */
export interface PriorityInput {
  /** The type, or its preference as a number of 0 to 126. RFC 8445 §5.1.2.2 recommends 126, 110, 100 and 0. */
  readonly type: CandidateType | number;
  /** 0 to 65535; 65535 when not given, as an agent with one address uses. */
  readonly localPreference?: number;
  /** 1 to 256; 1 when not given. */
  readonly component?: number;
}

/** A priority taken apart. */
export interface PriorityParts {
  /** 0 to 255; anything above 126 is against RFC 8445 §5.1.2.1. */
  readonly typePreference: number;
  /** 0 to 65535. */
  readonly localPreference: number;
  /** 1 to 256. */
  readonly component: number;
  /** The types whose recommended or known preference this is; without a context the candidate could be any of them. */
  readonly types: readonly CandidateType[];
  /** For TCP: the direction in the top three bits of the local preference, where it fits RFC 6544 §4.2. */
  readonly tcpDirection?: TcpType;
  /** The agents' formulas the number fits, the most specific first; empty when none does. */
  readonly schemes: readonly SchemeParts[];
  /** How the number contradicts the candidate it stands in, by name. Empty without a context. */
  readonly deviations: readonly PriorityDeviation[];
}

/** A difference between what a candidate is and what its priority says. */
export interface PriorityDeviation {
  readonly name: "component" | "type-preference" | "range" | "unknown-scheme";
  /** The priority that would agree; absent where nothing certain can be said. */
  readonly expected?: number;
  readonly message: Message;
}

/**
 * The priority of a candidate. RFC 8445 §5.1.2.1:
 * 2^24 · type preference + 2^8 · local preference + 256 − component.
 * Throws `RangeError` for an unknown type and for a part out of its range.
 */
export function candidatePriority(input: PriorityInput): number {
  if (typeof input.type !== "number" && !Object.hasOwn(typePreferences, input.type))
    throw new RangeError(
      `A candidate's type is ${Object.keys(typePreferences).join(", ")}, or its preference as a number; got ${JSON.stringify(input.type)}.`,
    );
  const type = typeof input.type === "number" ? input.type : typePreferences[input.type];
  const { localPreference = 65535, component = 1 } = input;
  demand("type preference", type, 0, 126);
  demand("local preference", localPreference, 0, 65535);
  demand("component", component, 1, 256);
  return type * 0x1000000 + localPreference * 256 + 256 - component;
}

/**
 * Takes a priority apart. With the candidate as context it names the agent's formula (libwebrtc, Firefox, libnice,
 * libjuice, Pion, werift), what that formula's bits mean, and where the number contradicts the candidate.
 * A number above 2^31 − 1 is taken apart and told; throws `TypeError` for what is no whole number of 0 or more.
 */
export function decodePriority(priority: number, context: PriorityContext = {}): PriorityParts {
  if (!Number.isSafeInteger(priority) || priority < 0)
    throw new TypeError(
      `A priority is a whole number from 1 to 2147483647, not ${typeof priority === "string" ? JSON.stringify(priority) : String(priority)}.`,
    );
  const typePreference = Math.floor(priority / 0x1000000);
  const localPreference = Math.floor(priority / 256) % 65536;
  const component = 256 - (priority % 256);
  const schemes = recognizeSchemes(typePreference, localPreference, context);
  const parts = {
    typePreference,
    localPreference,
    component,
    types: typesOf(typePreference),
    schemes,
    deviations: deviationsOf(
      priority,
      { typePreference, localPreference, component },
      schemes,
      context,
    ),
  };
  const tcpDirection = isTcp(context.transport)
    ? directionOf(localPreference >> 13, context.type)
    : undefined;
  return tcpDirection === undefined ? parts : { ...parts, tcpDirection };
}

/** The direction preference of a TCP candidate, to be put into the top three bits of its local preference. RFC 6544 §4.2. Throws `RangeError` for an unknown tcptype. */
export function tcpDirectionPreference(type: CandidateType, tcpType: TcpType): number {
  if (!hostDirections.includes(tcpType))
    throw new RangeError(
      `A tcptype is ${hostDirections.join(", ")}, not ${JSON.stringify(tcpType)}.`,
    );
  const order = isReflexive(type) ? reflexiveDirections : hostDirections;
  return 6 - 2 * order.indexOf(tcpType);
}

/** RFC 8445 §5.1.2.2. */
const typePreferences: Readonly<Record<CandidateType, number>> = {
  host: 126,
  prflx: 110,
  srflx: 100,
  relay: 0,
};

/** Directions from preference 6 down to 2. */
const hostDirections: readonly TcpType[] = ["active", "passive", "so"];
const reflexiveDirections: readonly TcpType[] = ["so", "active", "passive"];

function directionOf(preference: number, type: string | undefined): TcpType | undefined {
  const order = isReflexive(type) ? reflexiveDirections : hostDirections;
  return preference % 2 === 0 ? order[(6 - preference) / 2] : undefined;
}

function isReflexive(type: string | undefined): boolean {
  return type === "srflx" || type === "prflx";
}

function isTcp(transport: string | undefined): boolean {
  const lower = transport?.toLowerCase();
  return lower === "tcp" || lower === "ssltcp";
}

/** The types that a known agent gives this preference. */
function typesOf(preference: number): readonly CandidateType[] {
  return knownTypes[preference] ?? [];
}

const knownTypes: Readonly<Record<number, readonly CandidateType[]>> = {
  126: ["host"],
  125: ["host"],
  120: ["host"],
  110: ["prflx"],
  109: ["prflx"],
  105: ["host"],
  100: ["srflx"],
  99: ["srflx", "host"],
  90: ["host", "prflx"],
  80: ["prflx", "srflx"],
  76: ["host"],
  60: ["host"],
  30: ["relay"],
  20: ["relay"],
  5: ["relay"],
  3: ["relay"],
  2: ["relay"],
  1: ["relay"],
  0: ["relay"],
};

interface Numbers {
  readonly typePreference: number;
  readonly localPreference: number;
  readonly component: number;
}

function deviationsOf(
  priority: number,
  numbers: Numbers,
  schemes: readonly SchemeParts[],
  context: PriorityContext,
): PriorityDeviation[] {
  const deviations: PriorityDeviation[] = [];
  const { typePreference, localPreference, component } = numbers;
  if (priority < 1 || priority > 0x7fffffff)
    deviations.push({
      name: "range",
      message: {
        en: `Priority ${priority} is not between 1 and 2147483647.`,
        ko: `priority 값(${priority})이 1~2147483647 범위를 벗어났습니다.`,
      },
    });
  if (context.component !== undefined && context.component !== component)
    deviations.push({
      name: "component",
      expected: typePreference * 0x1000000 + localPreference * 256 + 256 - context.component,
      message: {
        en: `The priority was computed for component ${component}, but the candidate is of component ${context.component}.`,
        ko: `이 priority는 component ${component}용으로 계산되었지만 candidate는 component ${context.component}입니다.`,
      },
    });
  if (context.type === undefined || schemes.length > 0) return deviations;
  const known = typesOf(typePreference);
  if (known.length > 0 && !known.some((type) => type === context.type))
    deviations.push({
      name: "type-preference",
      message: {
        en: `Type preference ${typePreference} is what agents give ${known.join(" or ")}, but the candidate is ${context.type}.`,
        ko: `type preference 값(${typePreference})은 보통 ${known.join(" 또는 ")}에 쓰지만 candidate의 type은 ${context.type}입니다.`,
      },
    });
  else
    deviations.push({
      name: "unknown-scheme",
      message: {
        en: `The number fits no formula known here (type preference ${typePreference}, local preference ${localPreference}).`,
        ko: `알려진 공식에 맞지 않는 값입니다(type preference ${typePreference}, local preference ${localPreference}).`,
      },
    });
  return deviations;
}

function demand(name: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most)
    throw new RangeError(`The ${name} ${value} is not a whole number from ${least} to ${most}.`);
}
