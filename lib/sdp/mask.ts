import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Address } from "../ice/address.ts";
import { parseAddress } from "../ice/address.ts";

/** Replaces secrets by masks of the same shape. One value has one mask, and no two values share one. */
export interface Mask {
  /** Letters become letters of the same case, digits digits; everything else stays, non-ASCII becomes small letters. */
  token(text: string): string;
  /** Like `token`, with hexadecimal digits. */
  hex(text: string): string;
  /**
   * A decimal number of as many digits, on the same side of each limit.
   * A text that is no decimal number, or has more digits than any limit, is masked as a token.
   */
  number(text: string, limits: readonly bigint[]): string;
  /**
   * An address of the same family and scope; addresses that share a /24, or a /64 of IPv6, share one in the mask.
   * Loopback and unspecified addresses stay: they tell nothing. A text that is no address is masked as a token.
   */
  address(text: string): string;
  /** From now on no value's mask is this text: a mask that is another secret of the same session would look like a leak. */
  avoid(text: string): void;
}

/**
 * Makes masks by HMAC-SHA-256 (RFC 2104): without the key nobody can try out which value a mask stands for.
 * Throws `TypeError` for an empty key and for one that is neither text nor bytes.
 */
export function createMask(key: string | Uint8Array): Mask {
  const keyBytes = typeof key === "string" ? utf8ToBytes(key) : key;
  if (!(keyBytes instanceof Uint8Array)) {
    throw new TypeError(
      "A redactor needs a key: a string, or bytes such as crypto.getRandomValues(new Uint8Array(32)).",
    );
  }
  if (keyBytes.length === 0) throw new TypeError("A redactor needs a key that is not empty.");
  /** Mask by kind and value, and the value that has a mask, so that none is given away twice. */
  const masks = new Map<string, string>();
  const owners = new Map<string, string>();
  const avoided = new Set<string>();

  const remember = (
    kind: string,
    value: string,
    make: (bytes: Bytes) => string | undefined,
  ): string => {
    const name = `${kind} ${value}`;
    const known = masks.get(name);
    if (known !== undefined) return known;
    const seed = streamName(keyBytes, name);
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const mask = make(byteStream(keyBytes, `${seed} ${attempt}`));
      if (mask === undefined || mask === value || avoided.has(mask)) continue;
      if (owners.has(`${kind} ${mask}`)) continue;
      masks.set(name, mask);
      owners.set(`${kind} ${mask}`, value);
      return mask;
    }
    // Nothing else has this shape: a text without letters and digits, or all masks of a short one are taken.
    return value;
  };

  const token = (text: string): string =>
    maskable.test(text) ? remember("token", text, (bytes) => reshape(text, bytes)) : text;
  return {
    token,
    hex: (text) =>
      /[0-9A-Fa-f]/.test(text) ? remember("hex", text, (bytes) => reshapeHex(text, bytes)) : text,
    number(text, limits) {
      if (!/^\d+$/.test(text) || text.length > LONGEST_NUMBER) return token(text);
      return remember("token", text, (bytes) => {
        const mask = reshape(text, bytes);
        const keepsShape = (mask[0] === "0") === (text[0] === "0");
        const keepsSide = limits.every((limit) => BigInt(mask) > limit === BigInt(text) > limit);
        return keepsShape && keepsSide ? mask : undefined;
      });
    },
    address(text) {
      const address = parseAddress(text);
      if (address === undefined) return token(text);
      const { canonical, zone, scope, groups } = address;
      if (scope === "loopback" || scope === "unspecified") return text;
      const mask =
        groups === undefined
          ? remember("name", canonical, (bytes) => maskName(address, bytes))
          : remember("address", canonical, (bytes) =>
              withScope(scope, [...networkOf(address, groups), ...drawGroups(address, bytes)]),
            );
      return zone === undefined ? mask : `${mask}%${token(zone)}`;
    },
    avoid: (text) => void avoided.add(text),
  };

  /** The masked leading groups: the same for all addresses of one network. */
  function networkOf(address: Address, groups: readonly number[]): readonly number[] {
    const { scope } = address;
    const network = groups.slice(0, networkLength(address));
    const host = groups.slice(network.length);
    const kept = keptGroups(address);
    if (kept >= network.length) return network;
    const text = remember("network", network.join("."), (bytes) => {
      const drawn = network.map((own, at) =>
        at < kept ? own : drawGroup(address, own, at, bytes),
      );
      return withScope(scope, [...drawn, ...host]) && drawn.join(".");
    });
    return text.split(".").map(Number);
  }
}

/** Enough to meet a narrow scope (1 in 256) and to step around masks that are taken. */
const MOST_ATTEMPTS = 20_000;

/** What a mask can change: of a text without it every mask is the text itself. */
const maskable = /[0-9A-Za-z\u0080-\uffff]/;

/** Twice the digits of 64 bits: what is longer is a number of no protocol. */
const LONGEST_NUMBER = 40;

/** Longer names go into a stream by their hash: each block of the stream would hash the whole text again. */
const LONGEST_NAME = 1000;

function streamName(key: Uint8Array, name: string): string {
  if (name.length <= LONGEST_NAME) return name;
  return `long ${bytesToHex(hmac(sha256, key, utf8ToBytes(name)))}`;
}

/** The bytes of a key stream, by position. */
type Bytes = (at: number) => number;

function byteStream(key: Uint8Array, name: string): Bytes {
  const blocks: Uint8Array[] = [];
  return (at) => {
    const block = Math.floor(at / 32);
    blocks[block] ??= hmac(sha256, key, utf8ToBytes(`${name} ${block}`));
    return blocks[block]?.[at % 32] ?? 0;
  };
}

function reshape(text: string, bytes: Bytes): string {
  let mask = "";
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 48 && unit <= 57) mask += String.fromCharCode(48 + (bytes(at) % 10));
    else if (unit >= 65 && unit <= 90) mask += String.fromCharCode(65 + (bytes(at) % 26));
    else if (unit >= 97 && unit <= 122) mask += String.fromCharCode(97 + (bytes(at) % 26));
    else mask += unit < 128 ? text[at] : String.fromCharCode(97 + (bytes(at) % 26));
  }
  return mask;
}

function reshapeHex(text: string, bytes: Bytes): string {
  let mask = "";
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    const digit = (bytes(at) % 16).toString(16);
    if (/[0-9A-F]/.test(character)) mask += digit.toUpperCase();
    else if (/[a-f]/.test(character)) mask += digit;
    else mask += character;
  }
  return mask;
}

function maskName({ form, canonical }: Address, bytes: Bytes): string {
  if (form === "mdns") return `${uuid(bytes)}.local`;
  return `${reshape((canonical.split(".")[0] ?? "").padEnd(4, "a"), bytes)}.example`;
}

/** A /24 of IPv4, a /64 of IPv6; of an embedded IPv4 address all that stands before it. */
function networkLength({ form, scope }: Address): number {
  if (form === "ipv4") return 3;
  return scope === "nat64" ? 6 : 4;
}

/** The part of the address behind its network. */
function drawGroups(address: Address, bytes: Bytes): readonly number[] {
  const { groups = [] } = address;
  const from = networkLength(address);
  return groups.slice(from).map((own, at) => drawGroup(address, own, from + at, bytes));
}

function drawGroup({ form, scope }: Address, own: number, at: number, bytes: Bytes): number {
  if (form === "ipv4") return bytes(at);
  const drawn = (bytes(at * 2) << 8) | bytes(at * 2 + 1);
  if (at > 0) return drawn;
  // The leading bits say the scope: fc00::/7 and 2000::/3.
  return scope === "unique-local"
    ? (own & 0xff00) | (drawn & 0xff)
    : (own & 0xf000) | (drawn & 0xfff);
}

/** The address's text; `undefined` when it has another scope than the one wanted. */
function withScope(scope: Address["scope"], groups: readonly number[]): string | undefined {
  const text =
    groups.length === 4 ? groups.join(".") : groups.map((one) => one.toString(16)).join(":");
  const address = parseAddress(text);
  return address?.scope === scope ? address.canonical : undefined;
}

/** How many leading octets, or 16-bit groups, stay because they say the scope. RFC 6890. */
function keptGroups({ form, scope, groups: [first] = [] }: Address): number {
  const isIPv4 = form === "ipv4";
  switch (scope) {
    case "private":
      return first === 192 ? 2 : 1;
    case "link-local":
      return isIPv4 ? 2 : 4;
    case "documentation":
      return isIPv4 ? 3 : 2;
    case "nat64":
      return 6;
    case "teredo":
      return 2;
    case "cgnat":
    case "multicast":
    case "reserved":
    case "6to4":
      return 1;
    default:
      return 0;
  }
}

/** Version 4, variant 1, as browsers name their mDNS candidates. RFC 9562 §5.4. */
function uuid(bytes: Bytes): string {
  const hex = Array.from({ length: 16 }, (_, at) => {
    const byte = bytes(at);
    if (at === 6) return 0x40 | (byte & 0x0f);
    return at === 8 ? 0x80 | (byte & 0x3f) : byte;
  }).map((byte) => byte.toString(16).padStart(2, "0"));
  const part = (from: number, to: number): string => hex.slice(from, to).join("");
  return [part(0, 4), part(4, 6), part(6, 8), part(8, 10), part(10, 16)].join("-");
}
