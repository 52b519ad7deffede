import { randomBytes } from "node:crypto";
import type { IceCredentials } from "../../ice/generation.ts";
import { browserCapabilities } from "../../offer-answer/browser-capabilities.ts";
import { negotiate } from "../../offer-answer/negotiate.ts";
import type { Negotiation } from "../../offer-answer/negotiation.ts";
import { choice } from "../choice.ts";
import type { Command, Invocation } from "../command.ts";
import { defineCommand, UsageError } from "../command.ts";
import { oneFile } from "../one-file.ts";
import { demandSdp } from "../read-sdp.ts";

/** Answers an offer as a browser would. */
export const answer: Command = defineCommand({
  name: "answer",
  summary: {
    en: "print the answer that a browser would give to an offer",
    ko: "offer에 대해 브라우저가 만들 answer를 출력합니다",
  },
  operands: "[FILE]",
  options: [
    {
      name: "browser",
      value: "chromium|firefox",
      description: {
        en: "whose recorded capabilities answer; chromium unless given",
        ko: "기록된 능력을 사용할 브라우저. 없으면 chromium입니다",
      },
    },
    {
      name: "direction",
      value: "sendrecv|sendonly|recvonly|inactive",
      description: {
        en: "what this side wants to do in each section; recvonly unless given",
        ko: "각 섹션에서 이쪽이 원하는 방향. 없으면 recvonly입니다",
      },
    },
    {
      name: "fingerprint",
      value: "VALUE",
      description: {
        en: "the a=fingerprint value of the certificate; a made-up one of zeros unless given",
        ko: "인증서의 a=fingerprint 값. 없으면 0으로 채운 예시 값을 씁니다",
      },
    },
    {
      name: "why",
      description: {
        en: "say on the error output what was decided, and why",
        ko: "무엇을 왜 결정했는지 오류 출력으로 알립니다",
      },
    },
  ],
  async run(invocation) {
    const { io, json, lang, options } = invocation;
    const browser = choice(invocation, "browser", ["chromium", "firefox"]) ?? "chromium";
    const direction = choice(invocation, "direction", directions);
    const fingerprint = fingerprintOf(options["fingerprint"]);
    const offer = await demandSdp(io, oneFile(invocation, "answer"));
    const negotiation = negotiate(offer, browserCapabilities(browser), {
      ice: newCredentials(),
      ...(direction !== undefined && { direction }),
      ...(fingerprint !== undefined && { fingerprints: [fingerprint] }),
    });
    const { answer: document, decisions, diagnostics } = negotiation;
    const sdp = document.toString();
    if (json) io.out(JSON.stringify({ sdp, decisions, diagnostics }));
    else io.write(sdp);
    if (options["why"] === true && !json) explainDecisions(invocation, negotiation);
    for (const { message } of json ? [] : diagnostics) io.err(message[lang]);
    return diagnostics.some(({ severity }) => severity !== "info") ? 1 : 0;
  },
});

/** RFC 8122 §5: a hash function, a space, and hexadecimal bytes with colons between them. */
function fingerprintOf(text: string | true | undefined): string | undefined {
  if (typeof text !== "string") return undefined;
  if (/^sha-\d{1,3} [\dA-F]{2}(?::[\dA-F]{2})+$/i.test(text)) return text;
  throw new UsageError({
    en: `--fingerprint is as after a=fingerprint:, such as "sha-256 12:AB:…"; got ${JSON.stringify(text)}.`,
    ko: `--fingerprint의 값은 a=fingerprint: 뒤에 오는 "sha-256 12:AB:…" 같은 형식입니다. 받은 값: ${JSON.stringify(text)}`,
  });
}

const directions = ["sendrecv", "sendonly", "recvonly", "inactive"] as const;

/** RFC 8839 §5.4 asks for 24 random bits in a user name fragment and 128 in a password. Base64's letters are ice-chars. */
function newCredentials(): IceCredentials {
  return {
    ufrag: randomBytes(6).toString("base64"),
    pwd: randomBytes(18).toString("base64"),
  };
}

function explainDecisions({ io, lang }: Invocation, { decisions }: Negotiation): void {
  for (const { isAccepted, kind, mid, index, reason } of decisions) {
    const section = `${kind} ${mid === undefined ? `#${index}` : `mid ${mid}`}`;
    io.err(`${isAccepted ? "+" : "-"} ${section}  ${reason[lang]}`);
  }
}
