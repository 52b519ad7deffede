import type { Diagnostic, Severity } from "../diagnostic.ts";
import type { RfcRef } from "../rfc.ts";
import { rfc } from "../rfc.ts";
import type { Message } from "../text.ts";
import type { FragmentBinding, FragmentResult } from "./fragment.ts";
import { parseFragment } from "./fragment.ts";

/** An HTTP PATCH of a WHIP session. */
export interface WhipPatch {
  readonly contentType?: string;
  /** The `If-Match` header: the session's ETag when candidates trickle, `*` when ICE restarts. */
  readonly ifMatch?: string;
  readonly body: string;
}

/**
 * Judges an HTTP PATCH of a WHIP session with its body: media type, `If-Match`, and the fragment against the offer it
 * belongs to. RFC 9725 §4.3. New credentials mean an ICE restart, which is asked for with `If-Match: *`.
 */
export function checkWhipPatch(patch: WhipPatch, offer: FragmentBinding): FragmentResult {
  const { fragment, diagnostics } = parseFragment(patch.body, offer);
  const sent = [fragment.ufrag, ...fragment.media.map(({ ufrag }) => ufrag)].filter(
    (ufrag) => ufrag !== undefined,
  );
  const isRestart =
    sent.length > 0 &&
    sent.every((ufrag) => !offer.sections.some((known) => known.ufrag === ufrag));
  const own: Diagnostic[] = [];
  const type = (patch.contentType ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (type !== MEDIA_TYPE)
    own.push(
      finding("whip/patch-content-type", "error", rfc(9725, "4.3.1", "MUST"), {
        en: `The Content-Type is "${patch.contentType ?? ""}"; a WHIP PATCH has ${MEDIA_TYPE}.`,
        ko: `Content-Type이 "${patch.contentType ?? ""}"입니다. WHIP PATCH에는 ${MEDIA_TYPE}을 써야 합니다.`,
      }),
    );
  const { ifMatch } = patch;
  if (isRestart && ifMatch !== "*")
    own.push(
      finding("whip/patch-if-match", "error", rfc(9725, "4.3.3", "MUST"), {
        en: `The fragment has new credentials, so it restarts ICE, but If-Match is ${shown(ifMatch)} instead of "*".`,
        ko: `fragment의 자격 증명이 새것이므로 ICE 재시작인데, If-Match가 "*"가 아니라 ${shown(ifMatch)}입니다.`,
      }),
    );
  if (!isRestart && ifMatch === "*")
    own.push(
      finding("whip/patch-if-match", "error", rfc(9725, "4.3.3", "MUST"), {
        en: 'If-Match is "*", which restarts ICE, but the fragment has the credentials of the running session.',
        ko: 'If-Match가 "*"이면 ICE 재시작인데, fragment에는 현재 세션의 자격 증명이 있습니다.',
      }),
    );
  if (!isRestart && ifMatch === undefined)
    own.push(
      finding("whip/patch-if-match", "warning", rfc(9725, "4.3.1"), {
        en: "There is no If-Match with the session's ETag: a server that gave one answers 428.",
        ko: "세션의 ETag를 담은 If-Match가 없습니다. ETag를 준 서버는 428로 응답합니다.",
      }),
    );
  // What is a surprise while candidates trickle is the point of a restart.
  const rest = diagnostics.filter(
    ({ code }) => !(isRestart && code === "fragment/credentials-unknown"),
  );
  return { fragment, diagnostics: [...own, ...rest] };
}

const MEDIA_TYPE = "application/trickle-ice-sdpfrag";

function shown(header: string | undefined): string {
  return header === undefined ? "-" : `"${header}"`;
}

function finding(
  code: `whip/${string}`,
  severity: Severity,
  reference: RfcRef,
  message: Message,
): Diagnostic {
  return { code, severity, message, rfc: reference };
}
