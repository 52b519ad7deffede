import type { Sdp, SdpDocument } from "../sdp/document.ts";
import { createMask } from "../sdp/mask.ts";
import type { DescriptionRedactor, Leak, SecretKind } from "../sdp/redact.ts";
import { createDescriptionRedactor, maskOf, secretsOf } from "../sdp/redact.ts";
import type { Hiding } from "./redact-values.ts";
import { hideInTrace } from "./redact-values.ts";
import type { BookedSecret } from "./secret-book.ts";
import { SecretBook } from "./secret-book.ts";
import type { Trace } from "./trace.ts";

/** Hides what identifies people, machines and sessions, and keeps what the rules look at. */
export interface Redactor extends DescriptionRedactor {
  /**
   * The trace with its descriptions masked as `description` masks them, and with addresses, mDNS names, ICE and TURN
   * credentials, fingerprints, server and page addresses, ids, labels, names of people, stacks, statistics and the
   * content of signaling messages masked wherever they stand, nested JSON and error messages included. One value has one mask;
   * times, sizes, ports, states, codecs and the names of methods and browsers stay. Never throws on content.
   */
  trace(trace: Trace): Trace;
  /** The secrets of the first description that still stand in the second one. Empty when all is masked. */
  leaks(before: Sdp, after: Sdp): readonly Leak[];
  /** The secrets of the first trace that still stand in the second one, by the event and field. Empty when all is masked. */
  leaks(before: Trace, after: Trace): readonly TraceLeak[];
}

/** A secret of a trace that was not masked. */
export interface TraceLeak {
  readonly kind: SecretKind;
  readonly value: string;
  /** The event it stands in; absent for the header. */
  readonly seq?: number;
  /** The field, such as `arguments[0].sdp`. */
  readonly path: string;
}

/**
 * Makes a redactor for descriptions and traces. The masks are keyed, so that nobody without the key can find the original
 * by trying; keep the key to give later descriptions and traces the same masks, throw it away to make them unrecoverable.
 * The library has no randomness of its own: give 32 random bytes, such as `crypto.getRandomValues(new Uint8Array(32))`.
 * Throws `TypeError` for no key, an empty one, and one that is neither text nor bytes.
 */
export function createRedactor(options: { readonly key: string | Uint8Array }): Redactor {
  const mask = createMask(
    (options as { readonly key: string | Uint8Array } | undefined)?.key as string,
  );
  const descriptions = createDescriptionRedactor(mask);

  const collect = (trace: Trace): Collection => {
    const found = new Map<string, SecretKind>();
    const plain = new Set<string>();
    const keep = (text: string): string => {
      for (const [word] of text.slice(0, 4000).matchAll(/[A-Za-z]+/g)) plain.add(word);
      return text;
    };
    const hide = (kind: SecretKind, value: string): string => {
      if (!found.has(value)) found.set(value, kind);
      return value;
    };
    hideInTrace(trace, {
      hide,
      kept: keep,
      prose: (text) => text,
      description(sdp) {
        for (const { kind, value } of secretsOf(sdp)) hide(kind, value);
        for (const [word] of sdp.matchAll(/[A-Za-z]{4,20}/g)) plain.add(word);
        return sdp;
      },
    });
    return { found, plain };
  };

  const book = ({ found, plain }: Collection): BookedSecret[] =>
    [...found].flatMap(([value, kind]) => {
      // A word of a few letters that also is one of the protocol's, such as a channel called `data`, tells nothing.
      if (value.length < SHORTEST_SECRET || value.length > LONGEST_SECRET) return [];
      if (/^\d{1,5}$/.test(value)) return [];
      if (weakKinds.has(kind) && /^[A-Za-z]{1,20}$/.test(value) && plain.has(value)) return [];
      const masked = maskOf(mask, kind, value);
      return masked === value ? [] : [{ kind, value, mask: masked }];
    });

  function leaks(before: Sdp, after: Sdp): readonly Leak[];
  function leaks(before: Trace, after: Trace): readonly TraceLeak[];
  function leaks(before: Sdp | Trace, after: Sdp | Trace): readonly (Leak | TraceLeak)[] {
    if (!isTrace(before)) return descriptions.leaks(before, after as Sdp);
    return leaksIn(after as Trace, new SecretBook(book(collect(before))));
  }

  return {
    description: (sdp: Sdp): SdpDocument => descriptions.description(sdp),
    leaks,
    trace(trace) {
      const collection = collect(trace);
      for (const value of collection.found.keys()) mask.avoid(value);
      const secrets = book(collection);
      const all = new SecretBook(secrets);
      const strong = new SecretBook(secrets.filter(({ kind }) => !weakKinds.has(kind)));
      const hiding: Hiding = {
        hide: (kind, value) => all.replace(maskOf(mask, kind, value)),
        kept: (text) => strong.replace(text),
        prose: (text) => all.replace(text),
        description: (sdp) => strong.replace(descriptions.description(sdp).toString()),
      };
      return hideInTrace(trace, hiding);
    },
  };
}

interface Collection {
  readonly found: ReadonlyMap<string, SecretKind>;
  /** Words that stand in the trace in places where no secret can be. */
  readonly plain: ReadonlySet<string>;
}

/** Shorter ones stand in any text by chance: an `a=ice-ufrag` has four characters. RFC 8839 §5.4. */
const SHORTEST_SECRET = 4;

/** Longer than any certificate: what is longer is a whole text, masked where it stands, and repeated nowhere else. */
const LONGEST_SECRET = 2000;

/** What people and programs call things may be any word. */
const weakKinds: ReadonlySet<SecretKind> = new Set(["text", "id", "url"]);

function isTrace(given: Sdp | Trace): given is Trace {
  return typeof given === "object" && given !== null && "header" in given;
}

function leaksIn({ header, events }: Trace, book: SecretBook): readonly TraceLeak[] {
  const leaks: TraceLeak[] = [];
  const read = (value: unknown, path: string, seq: number | undefined): void => {
    if (typeof value === "string" || typeof value === "number") {
      for (const { secret } of book.find(String(value)))
        leaks.push({
          kind: secret.kind,
          value: secret.value,
          ...(seq !== undefined && { seq }),
          path,
        });
    } else if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) read(item, `${path}[${index}]`, seq);
    } else if (typeof value === "object" && value !== null) {
      for (const [name, item] of Object.entries(value)) {
        read(name, path, seq);
        read(item, path === "" ? name : `${path}.${name}`, seq);
      }
    }
  };
  read(header, "", undefined);
  for (const event of events) read({ ...event, seq: undefined, t: undefined }, "", event.seq);
  return leaks;
}
