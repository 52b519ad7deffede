import { parseAddress } from "../ice/address.ts";
import type { SecretKind } from "../sdp/redact.ts";
import type { TraceEvent } from "./event.ts";
import { messageFields, protocolFields, protocolWords } from "./protocol-words.ts";
import { findSdp } from "./sdp-blocks.ts";
import type { Trace, TraceHeader } from "./trace.ts";

/** What is done with a secret, once it is found. */
export interface Hiding {
  /** What to write for a secret. */
  hide(kind: SecretKind, value: string): string;
  /** What to write for a description. */
  description(sdp: string): string;
  /** What to write for a text that stays as it is by its place. */
  kept(text: string): string;
  /** What to write for words of people or programs, once the secrets that show by their form are hidden. */
  prose(text: string): string;
}

/** Walks through a trace and hides all that may tell who, where and on which machine. */
export function hideInTrace({ header, events }: Trace, hiding: Hiding): Trace {
  const walker = new Walker(hiding);
  return { header: walker.header(header), events: events.map((event) => walker.event(event)) };
}

/** The mask for an id needs room. */
const SHORTEST_ID = 4;

/** What is nested deeper was made to overflow a stack: it goes as a whole. */
const DEEPEST = 200;

class Walker {
  readonly #hiding: Hiding;
  /** Descriptions repeat: each is read once. */
  readonly #descriptions = new Map<string, string>();
  #depth = 0;

  constructor(hiding: Hiding) {
    this.#hiding = hiding;
  }

  header(header: TraceHeader): TraceHeader {
    const { sdpscope, id, startedAt, clock, source, peers, parts, ...others } = header;
    const names = new Set(
      peers
        .flatMap((peer) => [peer.id, peer.name ?? ""])
        .filter((name) => !isGenericName.test(name))
        .map((name) => name.replace(/[^A-Za-z0-9]/g, "")),
    );
    return {
      sdpscope,
      id: this.#traceId(id, names),
      startedAt,
      clock,
      source: this.#source(source),
      peers: peers.map(({ id: peer, name, engine, page, ...more }) => ({
        id: this.#name(peer),
        ...(name !== undefined && { name: this.#name(name) }),
        ...(engine !== undefined && { engine: this.#hiding.kept(engine) }),
        ...(page !== undefined && { page: this.#url(page) }),
        ...this.#unknown(more),
      })),
      ...(parts && {
        parts: parts.map((part) => ({
          ...part,
          id: this.#traceId(part.id, names),
          source: this.#source(part.source),
          peers: part.peers.map((peer) => this.#name(peer)),
        })),
      }),
      ...this.#unknown(others),
    };
  }

  #source(source: TraceHeader["source"]): TraceHeader["source"] {
    const { format, agent, file, limits, ...others } = source;
    return {
      format: this.#hiding.kept(format),
      ...(agent !== undefined && { agent: this.#hiding.kept(agent) }),
      ...(file !== undefined && { file: this.#file(file) }),
      ...(limits !== undefined && { limits }),
      ...this.#unknown(others),
    };
  }

  /** A later version of the format, or another program, may put anything beside what is known. */
  #unknown(fields: object): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [
        this.#prose(name),
        this.#value(name, value, true),
      ]),
    );
  }

  /** A recorder begins the id of its trace with the name of its peer, without blanks and signs. */
  #traceId(id: string, names: ReadonlySet<string>): string {
    const words = id
      .split(/([^A-Za-z0-9]+)/)
      .map((word) => (names.has(word) ? this.#hide("text", word) : word));
    return this.#hiding.prose(words.join(""));
  }

  #file(file: string): string {
    const dot = file.indexOf(".", 1);
    const stem = dot === -1 ? file : file.slice(0, dot);
    return this.#hide("text", stem) + file.slice(stem.length);
  }

  event(event: TraceEvent): TraceEvent {
    const fields: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(event))
      fields[name] = this.#eventField(event.kind, name, value);
    return fields as unknown as TraceEvent;
  }

  #eventField(kind: string, name: string, value: unknown): unknown {
    if (typeof value !== "string") {
      if (name === "report" && isObject(value)) return this.#report(value);
      return this.#value(name, value, kind === "signal");
    }
    switch (name) {
      case "kind":
      case "method":
      case "machine":
      case "from":
      case "to":
      case "side":
      case "state":
      case "direction":
      case "transport":
      case "reason":
      case "by":
      case "mid":
        return this.#hiding.kept(value);
      case "type":
        return kind === "signal" ? this.#word(value) : this.#hiding.kept(value);
      case "peer":
        return this.#name(value);
      case "pc":
        return this.#prose(value);
      case "id":
      case "message":
        return this.#id(value);
      case "stack":
        return this.#stack(value);
      case "text":
        return this.#note(value);
      case "data":
        return kind === "message" ? this.#hide("text", value) : this.#text(name, value, true);
      default:
        return this.#text(name, value, kind === "signal");
    }
  }

  /** Statistics go by ids that may hold an SSRC, an address or a fingerprint. */
  #report(report: Readonly<Record<string, unknown>>): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(report).map(([id, entry]) => [
        this.#id(id),
        isObject(entry)
          ? Object.fromEntries(
              Object.entries(entry).map(([name, value]) => [
                name,
                typeof value === "string" && /^id$|Ids?$/.test(name)
                  ? this.#id(value)
                  : this.#value(name, value, false),
              ]),
            )
          : this.#value("", entry, false),
      ]),
    );
  }

  #value(name: string, value: unknown, inMessage: boolean): unknown {
    if (this.#depth === DEEPEST) return "(redacted)";
    this.#depth++;
    const hidden = this.#valueInside(name, value, inMessage);
    this.#depth--;
    return hidden;
  }

  #valueInside(name: string, value: unknown, inMessage: boolean): unknown {
    if (typeof value === "string") return this.#text(name, value, inMessage);
    if (typeof value === "number") return this.#number(name, value, inMessage);
    if (Array.isArray(value)) return value.map((item) => this.#value(name, item, inMessage));
    if (!isObject(value)) return value;
    if (name === "error" && typeof value["message"] === "string") {
      const { message, text, name: errorName } = value;
      return {
        ...value,
        message: this.#prose(message as string),
        ...(typeof errorName === "string" && { name: this.#hiding.kept(errorName) }),
        ...(typeof text === "string" && { text: this.#prose(text) }),
      };
    }
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        inMessage ? this.#prose(key) : this.#hiding.kept(key),
        this.#value(key, item, inMessage),
      ]),
    );
  }

  #number(name: string, value: number, inMessage: boolean): number {
    if (!Number.isSafeInteger(value) || value < 0) return value;
    if (/ssrc/i.test(name)) return Number(this.#hide("ssrc", String(value)));
    if (name === "foundation") return Number(this.#id(String(value)));
    if (value < 10_000 || quantities.test(name)) return value;
    if (!inMessage) return Number(this.#hiding.kept(String(value)));
    return Number(this.#hide("session-id", String(value)));
  }

  #text(name: string, text: string, inMessage: boolean): string {
    if (text === "" || protocolWords.has(text.toLowerCase())) return this.#hiding.kept(text);
    if (/^v=0\r?\n/.test(text)) return this.#description(text);
    if (/^(?:a=)?candidate:/.test(text)) return this.#candidate(text);
    const fields = inMessage ? messageFields : protocolFields;
    if (fields.has(name)) return this.#hiding.kept(text);
    if (/^[{["]|^[\w:/,-]{1,40}[{[]/.test(text)) {
      const inner = readJson(text);
      if (inner)
        return (
          this.#hiding.kept(inner.prefix) +
          JSON.stringify(this.#value(name, inner.value, inMessage))
        );
    }
    if (isUrl.test(text) && !/\s/.test(text)) return this.#url(text);
    if (isTime.test(text)) return text;
    if (/^(?:address|ip|relatedAddress|host|server)$/i.test(name) || looksLikeAddress(text))
      return /\.x$/.test(text) ? this.#prose(text) : this.#hide("address", text);
    if (/fingerprint/i.test(name) && !/\s/.test(text)) return this.#hide("fingerprint", text);
    if (name === "text" || (name === "message" && !inMessage)) return this.#prose(text);
    const blocks = findSdp(text);
    if (blocks.length > 0 && text.includes(blocks[0]?.sdp ?? "v="))
      return this.#around(text, blocks);
    return this.#hide(
      /ufrag|fragment|user|credential|pass|pwd|token|key/i.test(name) ? "credential" : "text",
      text,
    );
  }

  /** SDP between other words, as in SIP: the descriptions stay descriptions. */
  #around(text: string, blocks: ReturnType<typeof findSdp>): string {
    let result = "";
    let at = 0;
    for (const { sdp, start } of blocks) {
      result += this.#hide("text", text.slice(at, start)) + this.#description(sdp);
      at = start + sdp.length;
    }
    return result + this.#hide("text", text.slice(at));
  }

  #description(sdp: string): string {
    const known = this.#descriptions.get(sdp);
    if (known !== undefined) return known;
    const hidden = this.#hiding.description(sdp);
    this.#descriptions.set(sdp, hidden);
    return hidden;
  }

  #candidate(text: string): string {
    const line = text.startsWith("a=") ? text : `a=${text}`;
    return this.#description(line).slice(line.length - text.length);
  }

  #name(name: string): string {
    return isGenericName.test(name) ? this.#hiding.kept(name) : this.#hide("text", name);
  }

  /** What a channel calls its messages: its own words stay, as long as they are words. */
  #word(text: string): string {
    return /^[\w:./ -]{0,40}$/.test(text) ? this.#hiding.kept(text) : this.#hide("text", text);
  }

  #id(id: string): string {
    return id.length < SHORTEST_ID ? id : this.#hide("id", id);
  }

  #hide(kind: SecretKind, value: string): string {
    return value.trim() === "" ? value : this.#hiding.hide(kind, value);
  }

  /** Function names, addresses and paths go; lines and columns stay. */
  #stack(stack: string): string {
    return stack
      .split("\n")
      .map((line) => {
        const [, indent = "", frame = "", place = ""] =
          /^(\s*(?:at )?)(.*?)((?::\d{1,9}){0,2}\)?)$/.exec(line.slice(0, 2000)) ?? [];
        return indent + this.#hide("url", frame) + place;
      })
      .join("\n");
  }

  /** What an importer had no other word for is a name and JSON, which may be cut off. */
  #note(text: string): string {
    const at = text.search(/[{["]/);
    if (at === -1 || at > 80) return this.#prose(text);
    const inner = readJson(text.slice(at));
    const before = this.#prose(text.slice(0, at));
    if (inner) return before + inner.prefix + JSON.stringify(this.#value("", inner.value, false));
    return text.includes(": ") && at === text.indexOf(": ") + 2
      ? `${before}(redacted)`
      : this.#prose(text);
  }

  #url(text: string): string {
    if (publicUrls.test(text)) return this.#hiding.kept(text);
    const match = /^([a-z][a-z0-9+.-]*:)(\/\/)?(.*)$/is.exec(text);
    if (!match) return this.#hide("url", text);
    const [, scheme = "", slashes = "", rest = ""] = match;
    if (scheme.toLowerCase() === "blob:")
      return scheme + (/^blob:/i.test(rest) ? this.#hide("url", rest) : this.#url(rest));
    const end = rest.search(/[/?#]/);
    const authority = end === -1 ? rest : rest.slice(0, end);
    const path = end === -1 ? "" : rest.slice(end);
    const at = authority.lastIndexOf("@");
    const user = at === -1 ? "" : `${this.#hide("credential", authority.slice(0, at))}@`;
    const place = /^(\[[^\]]*\]|[^:]*)(.*)$/s.exec(authority.slice(at + 1));
    const [, host = "", port = ""] = place ?? [];
    const shownPath =
      /^\?transport=(?:udp|tcp)$/i.test(path) || path.length < 2 ? path : this.#hide("url", path);
    return scheme + slashes + user + this.#host(host) + port + shownPath;
  }

  #host(host: string): string {
    if (host === "" || host === "localhost") return host;
    if (isSchemeName.test(host)) return this.#hiding.kept(host);
    return host.startsWith("[")
      ? `[${this.#hide("address", host.slice(1, -1))}]`
      : this.#hide("address", host);
  }

  /** Words in which secrets show by their form. */
  #prose(text: string): string {
    const hide = (kind: SecretKind) => (value: string) => this.#hide(kind, value);
    const shown = text
      .replace(urls, (url) => this.#url(url))
      .replace(/(?<![\w:])(?:[0-9A-Fa-f]{2}:){15,63}[0-9A-Fa-f]{2}(?![\w:])/g, hide("fingerprint"))
      .replace(/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g, hide("text"))
      .replace(/(?<![\w.-])[\w-]{1,63}\.local(?![\w-])/gi, hide("address"))
      .replace(
        /(?<![\w.])(\d{1,3}\.\d{1,3}\.\d{1,3})\.(\d{1,3}|x)(?![\w.])/g,
        (whole, network: string, last: string) => {
          if (last === "x") return this.#hide("address", `${network}.0`).replace(/\d+$/, "x");
          return parseAddress(whole) ? this.#hide("address", whole) : whole;
        },
      )
      .replace(/(?<![\w:.])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,8}(?![\w:])/gi, (whole) =>
        parseAddress(whole) ? this.#hide("address", whole) : whole,
      )
      .replace(
        /((?:ice-ufrag|ice-pwd|cname|tls-id):|\bufrag )([^\s\\"]+)/g,
        (_whole, name: string, value: string) => name + this.#hide("credential", value),
      );
    return this.#hiding.prose(shown);
  }
}

const isUrl = /^(?:https?|wss?|stuns?|turns?|file|blob|ftp|[a-z-]+-extension|app|urn):/i;
const urls =
  /\b(?:https?|wss?|stuns?|turns?|file|blob|ftp|[a-z]{1,10}-extension):[^\s"'<>()\\,;]+/gi;

/** `https://https://…` names no host: as a secret, the word would stand in front of every other URL. */
const isSchemeName = /^(?:https?|wss?|stuns?|turns?|file|blob|ftp)$/i;

/** Names of header extensions and namespaces: the same for everybody. */
const publicUrls =
  /^(?:urn:|https?:\/\/(?:www\.)?(?:webrtc\.org|ietf\.org|w3\.org|aomediacodec\.github\.io)\/)/i;

/** What importers and tests call a peer whose name is not known. */
const isGenericName =
  /^(?:tab|client|server|peer|page|local|remote|offerer|answerer|caller|callee|sender|receiver|publisher|subscriber|player|me|a|b)?[ _-]?\d*$/i;

const isTime = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z?$/;

/** Numbers of these names count or measure something. */
const quantities =
  /^t$|^ts$|time|date|stamp|priority|port|size|length|bitrate|bandwidth|clock|rate|duration|count|bytes|packets|level|width|height|max|min/i;

function looksLikeAddress(text: string): boolean {
  if (text.length > 64 || !/[.:]/.test(text)) return false;
  const address = parseAddress(text);
  return address !== undefined && address.form !== "name";
}

function readJson(text: string): { readonly prefix: string; readonly value: unknown } | undefined {
  const at = text.search(/[{["]/);
  try {
    const value: unknown = JSON.parse(text.slice(at));
    return typeof value === "number" ? undefined : { prefix: text.slice(0, at), value };
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
