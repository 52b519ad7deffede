import type { Message } from "../text.ts";
import { withParticles } from "../text.ts";
import type { DescriptionInit } from "./event.ts";

/** What a bare description was taken for, and why. */
export interface TypeReading {
  readonly type: "offer" | "answer";
  /** False when nothing in the text tells the two apart. */
  readonly isCertain: boolean;
  readonly reason: Message;
}

/**
 * Offer or answer, concluded from the SDP alone: `a=setup:actpass` stands in offers only, and who answers chooses
 * `active` or `passive` (RFC 4145 §4.1, RFC 8842 §5.3). Without any `a=setup` it is taken for an offer, uncertainly.
 */
export function descriptionType(sdp: string): TypeReading {
  const setup = /^a=setup:(actpass|active|passive)\s*$/m.exec(sdp)?.[1];
  switch (setup) {
    case "actpass":
      return { type: "offer", isCertain: true, reason: saysSetup("offer", setup) };
    case "active":
    case "passive":
      return { type: "answer", isCertain: true, reason: saysSetup("answer", setup) };
    default:
      return { type: "offer", isCertain: false, reason: saysNothing };
  }
}

/** A description with the type that its text shows. */
export function typedDescription(sdp: string): DescriptionInit {
  return { type: descriptionType(sdp).type, sdp };
}

function saysSetup(type: "offer" | "answer", setup: string): Message {
  return {
    en: `It is read as an ${type} because of a=setup:${setup}.`,
    ko: withParticles(`a=setup:${setup}을(를) 보고 ${type}(으)로 읽었습니다.`),
  };
}

const saysNothing: Message = {
  en: "Nothing in it tells an offer from an answer (there is no a=setup line); it is read as an offer.",
  ko: "offer인지 answer인지 알 수 있는 a=setup 줄이 없어 offer로 읽었습니다.",
};
