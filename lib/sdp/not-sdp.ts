import type { Fix } from "../diagnostic.ts";
import { rfc } from "../rfc.ts";
import type { Message } from "../text.ts";
import type { Fault } from "./fault-list.ts";

/**
 * Recognises a text that is no SDP but something people hand over in its place: nothing at all, JSON with the SDP in it,
 * an SDP whose line ends were escaped, base64, an object turned into text, a single candidate.
 * The fix puts the SDP itself in the place of the whole text. `undefined` for a text with the lines of an SDP.
 */
export function recogniseOther(text: string): Fault | undefined {
  const content = text.trim();
  if (content === "") return fault("sdp/empty", text, emptyText);
  if (content === "[object Object]") return fault("sdp/object-as-text", text, objectAsText);
  if (/^[[{"]/.test(content)) return recogniseJson(text, content);
  const escaped = recogniseEscaped(text, content);
  if (escaped) return escaped;
  if (isCandidate(content)) return fault("sdp/candidate-alone", text, candidateAlone);
  const plain = decodeUrl(content);
  if (plain !== undefined) {
    return fault("sdp/url-encoded", text, urlEncoded, replaceAll(text, plain, decodeUrlText));
  }
  const decoded = decodeBase64(content);
  if (decoded !== undefined) {
    const sdp = sdpsIn(jsonOf(decoded))[0] ?? decoded;
    return fault("sdp/base64", text, base64, replaceAll(text, sdp, decodeIt));
  }
  return hasSdpLine(text) ? undefined : fault("sdp/not-sdp", text, notSdp);
}

function recogniseJson(text: string, content: string): Fault | undefined {
  const value = jsonOf(content);
  if (value === undefined) {
    if (
      /^[[{]/.test(content) &&
      /(?:^|[{,\s])["']?sdp["']?\s*:/.test(content.slice(0, LONGEST_START))
    ) {
      return fault("sdp/object-source", text, objectSource);
    }
    return hasSdpLine(text) ? undefined : fault("sdp/not-sdp", text, notSdp);
  }
  const found = sdpsIn(value);
  const [sdp] = found;
  if (sdp === undefined) return fault("sdp/json-without-sdp", text, jsonWithoutSdp);
  if (found.length > 1) return fault("sdp/json-object", text, severalInJson(found.length));
  const fix = replaceAll(text, sdp, takeItOut);
  return typeof value === "string"
    ? fault("sdp/json-string", text, jsonString, fix)
    : fault("sdp/json-object", text, jsonObject, fix);
}

function jsonOf(content: string): unknown {
  if (!/^[[{"]/.test(content)) return undefined;
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

/** The SDPs in a JSON value: the text itself, and every member `sdp` that has a line of SDP, a few levels deep, as signaling nests them. */
function sdpsIn(value: unknown, depth = 0): readonly string[] {
  if (depth === 0 && typeof value === "string") return [value];
  if (typeof value !== "object" || value === null || depth > DEEPEST) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    key === "sdp" && typeof part === "string" && hasSdpLine(part)
      ? [part]
      : sdpsIn(part, depth + 1),
  );
}

/** So deep do signaling messages nest a description. */
const DEEPEST = 6;

/** The source of an object names its members early. */
const LONGEST_START = 200;

/** An SDP as a URL's query or a form carries it. `undefined` for a text that is none. */
function decodeUrl(content: string): string | undefined {
  if (!/^(?:[\w-]+=)?v(?:=|%3D)0(?:%0D|%0A)/i.test(content)) return undefined;
  try {
    return decodeURIComponent(content.replace(/^[\w-]+=(?=v(?:=|%3D)0)/i, "").replaceAll("+", " "));
  } catch {
    return undefined;
  }
}

/** An SDP in which `\r\n` is written as four characters, as in a JSON string without its quotes or a shell's literal. */
function recogniseEscaped(text: string, content: string): Fault | undefined {
  if (!/^"?v=\d*\\[rn]/.test(content)) return undefined;
  const sdp = content
    .replaceAll('"', "")
    .replaceAll("\\r\\n", "\r\n")
    .replaceAll("\\n", "\r\n")
    .replaceAll("\\r", "\r\n");
  return fault("sdp/escaped-line-ends", text, escapedLineEnds, replaceAll(text, sdp, unescapeIt));
}

function isCandidate(content: string): boolean {
  return /^(?:a=)?candidate:/.test(content) && !/[\r\n]/.test(content);
}

/** `v=0` and `{"` in base64 begin so. */
const BASE64_STARTS = ["dj0w", "dj0g", "eyJ0", "eyJz", "eyAi", "ewog", "ewoi"];

function decodeBase64(content: string): string | undefined {
  if (!BASE64_STARTS.some((start) => content.startsWith(start))) return undefined;
  try {
    const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  } catch {
    return undefined;
  }
}

/** Whether any line has the form of an SDP line. */
function hasSdpLine(text: string): boolean {
  return /(?:^|[\r\n])[ \t\uFEFF]*[a-z] ?=/i.test(text);
}

function fault(code: string, text: string, message: Message, fix?: Fix): Fault {
  const whole = { code, severity: "error", message, span: { start: 0, end: text.length } } as const;
  const source = rfc(8866, "5");
  return fix ? { ...whole, rfc: source, fix } : { ...whole, rfc: source };
}

function replaceAll(text: string, sdp: string, title: Message): Fix {
  return { title, edits: [{ span: { start: 0, end: text.length }, text: sdp }] };
}

const emptyText: Message = {
  en: "The text is empty: there is no session description in it.",
  ko: "텍스트가 비어 있어 session description이 없습니다.",
};
const jsonObject: Message = {
  en: "This is a JSON object; the SDP is the string in its member sdp. Give that string, or the object parsed, to the peer connection.",
  ko: "JSON 객체이며, SDP는 그 안의 sdp 문자열입니다. 이 문자열을, 또는 파싱한 객체를 peer connection에 넘겨야 합니다.",
};
const severalInJson = (count: number): Message => ({
  en: `This JSON holds ${count} session descriptions. Give the string in the member sdp of one of them.`,
  ko: `이 JSON에는 session description이 ${count}개 있습니다. 그중 하나의 sdp 문자열을 넘겨야 합니다.`,
});
const objectSource: Message = {
  en: "This looks like an object as a console prints it, not like SDP or JSON. Copy the text of its member sdp, or JSON.stringify(description).",
  ko: "SDP나 JSON이 아니라 콘솔에 출력된 객체로 보입니다. sdp 멤버의 텍스트나 JSON.stringify(description)의 결과를 복사해야 합니다.",
};
const urlEncoded: Message = {
  en: "The SDP is URL-encoded: %0D%0A stands where its line ends were. Decode it with decodeURIComponent.",
  ko: "URL 인코딩된 SDP입니다. 줄 끝 자리에 %0D%0A가 있습니다. decodeURIComponent로 디코딩해야 합니다.",
};
const jsonString: Message = {
  en: "This is a JSON string: the SDP still has its quotes and escapes. Parse it once more.",
  ko: "JSON 문자열이라 SDP에 따옴표와 이스케이프가 남아 있습니다. 한 번 더 파싱해야 합니다.",
};
const jsonWithoutSdp: Message = {
  en: "This is JSON without a string member named sdp.",
  ko: "sdp라는 문자열 멤버가 없는 JSON입니다.",
};
const escapedLineEnds: Message = {
  en: "The line ends are written as the characters \\r\\n: the whole SDP is one line, and browsers refuse it. It was escaped once too often.",
  ko: "줄 끝이 \\r\\n이라는 글자로 적혀 있어 SDP 전체가 한 줄입니다. 브라우저는 이를 거부합니다. 이스케이프가 한 번 더 되었습니다.",
};
const base64: Message = {
  en: "This is base64; decoded, it is the SDP.",
  ko: "base64로 인코딩된 SDP입니다. 디코딩해야 합니다.",
};
const objectAsText: Message = {
  en: "An object was turned into text. Send JSON.stringify(description), or description.sdp.",
  ko: "객체가 그대로 문자열로 바뀌었습니다. JSON.stringify(description)이나 description.sdp를 보내야 합니다.",
};
const candidateAlone: Message = {
  en: "This is one ICE candidate and no session description: it belongs into addIceCandidate.",
  ko: "session description이 아니라 ICE candidate 하나입니다. addIceCandidate에 넘겨야 합니다.",
};
const notSdp: Message = {
  en: "This is no SDP: not one line has the form x=….",
  ko: "SDP가 아닙니다. x=… 형식의 줄이 하나도 없습니다.",
};
const takeItOut: Message = { en: "Take the SDP out of the JSON", ko: "JSON에서 SDP 꺼내기" };
const decodeIt: Message = { en: "Decode the base64", ko: "base64 디코딩" };
const decodeUrlText: Message = { en: "Decode the URL encoding", ko: "URL 인코딩 디코딩" };
const unescapeIt: Message = { en: "Turn \\r\\n into line ends", ko: "\\r\\n을 줄 끝으로 바꾸기" };
