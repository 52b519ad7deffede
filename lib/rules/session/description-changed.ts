import { rfc } from "../../rfc.ts";
import { diff } from "../../sdp/diff.ts";
import type { Message } from "../../text.ts";
import { missing } from "../missing-knowledge.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";
import type { AppliedDescription, Connection, Session } from "../session.ts";
import { cameUp, originOf } from "../session.ts";

/** What one side applied arrives at the other as it was. RFC 9429 §5.4. */
export const descriptionChanged: Rule<"session"> = defineRule({
  code: "session/description-changed",
  subject: "session",
  severity: "error",
  rfc: rfc(9429, "5.4"),
  summary: {
    en: "The other side applies the description that this side applied: nothing changes its meaning on the way.",
    ko: "이쪽이 적용한 description을 상대도 그대로 적용합니다. 중간에 의미가 바뀌지 않습니다.",
  },
  check({ session, report, skip }) {
    if (!session.hasCalls) return skip(undefined, missing.calls);
    for (const connection of session.connections) {
      const other = session.otherEnd(connection);
      if (!other) {
        if (connection.applied.some(({ side }) => side === "remote"))
          skip(connection, missing.otherEnd);
        continue;
      }
      const originals = originalsOf(other);
      for (const received of connection.applied) {
        if (received.side !== "remote" || received.sdp === undefined) continue;
        const original = originalOf(received, originals);
        if (!original?.sdp || isSame(original.sdp, received.sdp)) continue;
        const changes = changesOf(original.sdp, received.sdp, session);
        if (changes.length === 0) continue;
        const where = whereChanged(original.sdp, received, session);
        const worked = cameUp(connection) && received.error === undefined;
        report(connection, {
          events: [original.seq, ...where.events, received.seq],
          t: received.t,
          severity: worked && !changes.some(({ isIdentity }) => isIdentity) ? "warning" : "error",
          message: {
            en: `The ${received.type} that ${connection.name} was given is not the one that ${other.name} applied. ${sentence(listed(changes, "en"))} ${where.message.en}`,
            ko: `${connection.name}이(가) 받은 ${received.type}은(는) ${other.name}이(가) 적용한 것과 다릅니다. ${listed(changes, "ko")} ${where.message.ko}`,
          },
          advice: {
            en: "Send pc.localDescription as it is, in JSON, and let no server or handler rewrite it. Where a change is wanted, reduce what is offered with setCodecPreferences or by the other side's answer.",
            ko: "pc.localDescription을 JSON으로 그대로 보내고 서버나 핸들러가 바꾸지 않게 하십시오. 바꿔야 한다면 setCodecPreferences로 제안을 줄이거나 상대의 answer에서 고르십시오.",
          },
        });
      }
    }
  },
});

interface DescriptionChange {
  readonly message: Message;
  /** The certificate or the ICE credentials: whose change nothing survives. */
  readonly isIdentity: boolean;
}

/** What the other side applied before that: with the same origin. */
function originalOf(
  received: AppliedDescription,
  originals: ReadonlyMap<string, readonly AppliedDescription[]>,
): AppliedDescription | undefined {
  const own = originals.get(keyOf(received)) ?? [];
  return own.findLast(({ t }) => t <= received.t);
}

/** The text with a capital at its beginning, where it begins with a word. */
function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function originalsOf({ applied }: Connection): ReadonlyMap<string, readonly AppliedDescription[]> {
  const originals = new Map<string, AppliedDescription[]>();
  for (const each of applied) {
    if (each.side !== "local" || each.sdp === undefined) continue;
    const list = originals.get(keyOf(each));
    if (list) list.push(each);
    else originals.set(keyOf(each), [each]);
  }
  return originals;
}

function keyOf({ type, sdp }: AppliedDescription): string {
  return `${type} ${originOf(sdp ?? "")}`;
}

function changesOf(before: string, after: string, session: Session): DescriptionChange[] {
  const found = diff(session.read(before).document, session.read(after).document)
    .filter(({ isVolatile, what }) => !isVolatile || what === "a=ice-ufrag" || what === "a=ice-pwd")
    .map(({ message, what }) => ({ message, isIdentity: identities.has(what) }));
  const prints = [before, after].map((sdp) => fingerprintOf(sdp, session));
  if (prints[0] === prints[1]) return found;
  const [was = "–", is = "–"] = prints;
  const certificate: DescriptionChange = {
    isIdentity: true,
    message: {
      en: `The fingerprint was changed from ${was.slice(0, 12)}… to ${is.slice(0, 12)}….`,
      ko: `지문이 바뀌었습니다: ${was.slice(0, 12)}… → ${is.slice(0, 12)}….`,
    },
  };
  return [certificate, ...found.filter(({ message }) => !message.en.includes("fingerprint"))];
}

const identities: ReadonlySet<string> = new Set(["a=fingerprint", "a=ice-ufrag", "a=ice-pwd"]);

function fingerprintOf(sdp: string, session: Session): string | undefined {
  const { media } = session.read(sdp).description;
  return media.flatMap(({ dtls }) => dtls.fingerprints)[0]?.value.toUpperCase();
}

const MOST_TOLD = 3;

function listed(changes: readonly DescriptionChange[], lang: keyof Message): string {
  const told = changes.slice(0, MOST_TOLD).map(({ message }) => withoutStop(message[lang]));
  const more = changes.length - told.length;
  if (more > 0) told.push(lang === "en" ? `and ${more} more` : `그 밖에 ${more}곳`);
  return `${told.join("; ")}.`;
}

function withoutStop(sentence: string): string {
  return sentence.endsWith(".") ? sentence.slice(0, -1) : sentence;
}

/** Candidates join a description after it was applied, and with them addresses and ports. */
function isSame(a: string, b: string): boolean {
  return a === b || coreOf(a) === coreOf(b);
}

function coreOf(sdp: string): string {
  return sdp
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "" && !/^(?:a=candidate|a=end-of-candidates|a=rtcp:|c=)/.test(line))
    .map((line) =>
      line.startsWith("m=") ? line.replace(" ", " port ").replace(/ port \d+/, " ") : line,
    )
    .join("\n");
}

function whereChanged(
  original: string,
  received: AppliedDescription,
  session: Session,
): { readonly message: Message; readonly events: readonly number[] } {
  const delivery = session.messagesWith(received.type, original).find((each) => each.received);
  const arrived = delivery?.received;
  if (!delivery || !arrived || delivery.payload.kind !== "description")
    return { events: [], message: nowhere };
  const events = [delivery.sent?.seq, arrived.seq].filter((seq) => seq !== undefined);
  if (isSame(delivery.payload.description.sdp, original)) {
    return {
      events,
      message: {
        en: "It arrived as it was sent: the receiving application changed it.",
        ko: "보낸 그대로 도착했으므로 받는 쪽 애플리케이션이 바꾼 것입니다.",
      },
    };
  }
  return {
    events,
    message: {
      en: "It arrived changed: the sending application or the signaling server changed it.",
      ko: "바뀐 채로 도착했으므로 보내는 쪽 애플리케이션이나 시그널링 서버가 바꾼 것입니다.",
    },
  };
}

const nowhere: Message = {
  en: "Where it was changed was not recorded.",
  ko: "어디서 바뀌었는지는 기록되지 않았습니다.",
};
