import type { Message } from "../text.ts";

export type AddressFamily = "IPv4" | "IPv6";

/**
 * Where an address is valid: the block of the IANA special-purpose registries (RFC 6890) it lies in, `public` when
 * in none, `mdns` for a `.local` name and `name` for any other name.
 */
export type AddressScope =
  | "unspecified"
  | "loopback"
  | "link-local"
  | "private"
  | "cgnat"
  | "unique-local"
  | "6to4"
  | "teredo"
  | "nat64"
  | "documentation"
  | "multicast"
  | "reserved"
  | "mdns"
  | "name"
  | "public";

/** An address of a candidate, read. */
export interface Address {
  readonly form: "ipv4" | "ipv6" | "mdns" | "name";
  /** Absent for names. */
  readonly family?: AddressFamily;
  readonly scope: AddressScope;
  /** The same for every spelling of one address: IPv4 dotted, IPv6 as RFC 5952 writes it without zone, names in lower case. */
  readonly canonical: string;
  /** What stands behind `%`. RFC 4007 §11. */
  readonly zone?: string;
  /** Four octets or eight 16-bit groups; absent for names. */
  readonly groups?: readonly number[];
}

/**
 * Reads an IPv4 address, an IPv6 address with or without zone, an mDNS name or a host name.
 * Undefined for what is none of them: a colon makes it IPv6 (RFC 8839 §5.1), digits and dots alone make it IPv4.
 */
export function parseAddress(text: string): Address | undefined {
  if (text.includes(":")) return parseIPv6(text);
  const last = text.charCodeAt(text.length - 1);
  if (last >= ZERO && last <= NINE) {
    const octets = parseIPv4(text);
    if (octets !== undefined)
      return {
        form: "ipv4",
        family: "IPv4",
        scope: scopeOfIPv4(octets),
        canonical: text,
        groups: octets,
      };
    if (hasOnlyDigitsAndDots(text)) return undefined;
  }
  if (!isHostName(text)) return undefined;
  const canonical = text.toLowerCase();
  const isMdns = canonical.endsWith(".local");
  return isMdns
    ? { form: "mdns", scope: "mdns", canonical }
    : { form: "name", scope: "name", canonical };
}

/** Whether two addresses share their first bits; false when a family differs or one is a name. */
export function sharesPrefix(a: Address, b: Address, bits: number): boolean {
  if (a.groups === undefined || b.groups === undefined || a.family !== b.family) return false;
  const width = a.family === "IPv4" ? 8 : 16;
  let left = bits;
  for (let at = 0; left > 0 && at < a.groups.length; at++) {
    const shift = Math.max(0, width - left);
    if ((a.groups[at] as number) >> shift !== (b.groups[at] as number) >> shift) return false;
    left -= width;
  }
  return true;
}

/** What a scope means for reaching the address, in a sentence. */
export const scopeMeanings: Readonly<Record<AddressScope, Message>> = {
  unspecified: {
    en: "The unspecified address: a placeholder nobody can reach.",
    ko: "지정되지 않은 주소입니다. 아무도 접근할 수 없는 자리표시자입니다.",
  },
  loopback: {
    en: "Loopback: reaches only the same machine.",
    ko: "루프백 주소입니다. 같은 기기 안에서만 접근할 수 있습니다.",
  },
  "link-local": {
    en: "Link-local: reaches only the same network segment.",
    ko: "링크 로컬 주소입니다. 같은 네트워크 구간 안에서만 접근할 수 있습니다.",
  },
  private: {
    en: "Private (RFC 1918): reaches only the same private network.",
    ko: "사설 주소(RFC 1918)입니다. 같은 사설망 안에서만 접근할 수 있습니다.",
  },
  cgnat: {
    en: "Shared address space (RFC 6598): behind a provider's NAT, or a VPN such as Tailscale.",
    ko: "공유 주소 공간(RFC 6598)입니다. 통신사 NAT 뒤에 있거나 Tailscale 같은 VPN입니다.",
  },
  "unique-local": {
    en: "Unique local IPv6 (RFC 4193): reaches only the same site or VPN.",
    ko: "고유 로컬 IPv6(RFC 4193)입니다. 같은 사이트나 VPN 안에서만 접근할 수 있습니다.",
  },
  "6to4": {
    en: "6to4 (RFC 3056): a tunnel over IPv4 that is deprecated and often broken.",
    ko: "6to4(RFC 3056)입니다. 폐기되었고 자주 끊기는 IPv4 터널입니다.",
  },
  teredo: {
    en: "Teredo (RFC 4380): a tunnel through NATs, slow and mostly switched off.",
    ko: "Teredo(RFC 4380)입니다. NAT를 지나는 터널로, 느리고 대부분 꺼져 있습니다.",
  },
  nat64: {
    en: "NAT64 (RFC 6052): an IPv4 address seen from an IPv6-only network.",
    ko: "NAT64(RFC 6052)입니다. IPv6 전용망에서 본 IPv4 주소입니다.",
  },
  documentation: {
    en: "Reserved for examples (RFC 5737, RFC 3849): no machine has it.",
    ko: "예제용으로 예약된 주소(RFC 5737, RFC 3849)입니다. 실제로 쓰는 기기가 없습니다.",
  },
  multicast: {
    en: "Multicast: not an address ICE can check.",
    ko: "멀티캐스트 주소입니다. ICE가 검사할 수 있는 주소가 아닙니다.",
  },
  reserved: {
    en: "Reserved: not usable on the internet.",
    ko: "예약된 주소입니다. 인터넷에서 사용할 수 없습니다.",
  },
  mdns: {
    en: "An mDNS name that hides the private address: resolvable only on the same link.",
    ko: "사설 주소를 숨긴 mDNS 이름입니다. 같은 링크 안에서만 주소로 바꿀 수 있습니다.",
  },
  name: {
    en: "A host name: RFC 8839 tells agents to ignore it, browsers resolve it or not.",
    ko: "호스트 이름입니다. RFC 8839는 무시하라고 하며, 브라우저마다 처리가 다릅니다.",
  },
  public: {
    en: "A public address: reachable from the internet unless a firewall is in the way.",
    ko: "공인 주소입니다. 방화벽이 막지 않으면 인터넷에서 접근할 수 있습니다.",
  },
};

const ZERO = 48;
const NINE = 57;
const DOT = 46;

function parseIPv4(text: string): number[] | undefined {
  if (text.length > 15) return undefined;
  const octets: number[] = [];
  let value = -1;
  for (let at = 0; at <= text.length; at++) {
    const unit = at < text.length ? text.charCodeAt(at) : DOT;
    if (unit === DOT) {
      if (value < 0 || value > 255) return undefined;
      octets.push(value);
      value = -1;
    } else if (unit >= ZERO && unit <= NINE) {
      // A leading zero would be octal for some readers: not an address for any careful one.
      if (value === 0) return undefined;
      value = (value < 0 ? 0 : value * 10) + unit - ZERO;
    } else return undefined;
  }
  return octets.length === 4 ? octets : undefined;
}

function parseIPv6(text: string): Address | undefined {
  const percent = text.indexOf("%");
  const zone = percent < 0 ? undefined : text.slice(percent + 1);
  if (zone === "") return undefined;
  const groups = parseGroups(percent < 0 ? text : text.slice(0, percent));
  if (groups === undefined) return undefined;
  const address: Address = {
    form: "ipv6",
    family: "IPv6",
    scope: scopeOfIPv6(groups),
    canonical: printIPv6(groups),
    groups,
  };
  return zone === undefined ? address : { ...address, zone };
}

function parseGroups(text: string): number[] | undefined {
  if (text.length > 45) return undefined;
  const gap = text.indexOf("::");
  if (gap < 0) {
    const groups = readGroups(text);
    return groups?.length === 8 ? groups : undefined;
  }
  const head = readGroups(text.slice(0, gap));
  const tail = readGroups(text.slice(gap + 2));
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (missing < 1) return undefined;
  return [...head, ...new Array<number>(missing).fill(0), ...tail];
}

function readGroups(text: string): number[] | undefined {
  if (text === "") return [];
  const groups: number[] = [];
  const words = text.split(":");
  for (const [index, word] of words.entries()) {
    if (index === words.length - 1 && word.includes(".")) {
      const octets = parseIPv4(word);
      if (octets === undefined) return undefined;
      const [a, b, c, d] = octets as [number, number, number, number];
      groups.push((a << 8) | b, (c << 8) | d);
      continue;
    }
    const group = readHex(word);
    if (group < 0) return undefined;
    groups.push(group);
  }
  return groups;
}

function readHex(word: string): number {
  if (word.length === 0 || word.length > 4) return -1;
  let value = 0;
  for (let at = 0; at < word.length; at++) {
    const unit = word.charCodeAt(at);
    const lower = unit | 32;
    const digit =
      unit >= ZERO && unit <= NINE
        ? unit - ZERO
        : lower >= 97 && lower <= 102
          ? lower - 87
          : undefined;
    if (digit === undefined) return -1;
    value = (value << 4) | digit;
  }
  return value;
}

/** RFC 5952 §4: lower case, no leading zeros, the longest run of two or more zero groups as `::`. */
function printIPv6(groups: readonly number[]): string {
  let best = -1;
  let bestLength = 1;
  for (let at = 0; at < 8; at++) {
    let length = 0;
    while (groups[at + length] === 0) length++;
    if (length > bestLength) {
      best = at;
      bestLength = length;
    }
    at += length;
  }
  const hex = groups.map((group) => group.toString(16));
  if (best < 0) return hex.join(":");
  return `${hex.slice(0, best).join(":")}::${hex.slice(best + bestLength).join(":")}`;
}

function scopeOfIPv4(octets: readonly number[]): AddressScope {
  const [a, b, c] = octets as [number, number, number, number];
  switch (a) {
    case 0:
      return octets.every((octet) => octet === 0) ? "unspecified" : "reserved";
    case 10:
      return "private";
    case 100:
      return b >= 64 && b < 128 ? "cgnat" : "public";
    case 127:
      return "loopback";
    case 169:
      return b === 254 ? "link-local" : "public";
    case 172:
      return b >= 16 && b < 32 ? "private" : "public";
    case 192:
      if (b === 168) return "private";
      if (b === 0 && c === 2) return "documentation";
      return b === 0 && c === 0 ? "reserved" : "public";
    case 198:
      if (b === 18 || b === 19) return "reserved";
      return b === 51 && c === 100 ? "documentation" : "public";
    case 203:
      return b === 0 && c === 113 ? "documentation" : "public";
  }
  if (a >= 240) return "reserved";
  return a >= 224 ? "multicast" : "public";
}

function scopeOfIPv6(groups: readonly number[]): AddressScope {
  const first = groups[0] as number;
  const second = groups[1] as number;
  if (first === 0) return scopeOfLowIPv6(groups);
  if (first >= 0xff00) return "multicast";
  if (first >= 0xfe80 && first < 0xfec0) return "link-local";
  // fec0::/10 was site-local (RFC 3879): nobody routes it.
  if (first >= 0xfec0) return "reserved";
  if (first >= 0xfc00 && first < 0xfe00) return "unique-local";
  if (first === 0x2002) return "6to4";
  if (first === 0x2001 && second === 0) return "teredo";
  if (first === 0x2001 && second === 0xdb8) return "documentation";
  if (first === 0x3fff && second < 0x1000) return "documentation";
  if (first === 0x64 && second === 0xff9b) return "nat64";
  return first >= 0x2000 && first < 0x4000 ? "public" : "reserved";
}

/** `::`, `::1` and the blocks that hold an IPv4 address. */
function scopeOfLowIPv6(groups: readonly number[]): AddressScope {
  const high = groups[6] as number;
  const low = groups[7] as number;
  if (groups.slice(0, 6).every((group) => group === 0)) {
    if (high === 0 && low === 0) return "unspecified";
    if (high === 0 && low === 1) return "loopback";
    return "reserved";
  }
  const isMapped = groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0);
  return isMapped ? scopeOfIPv4([high >> 8, high & 255, low >> 8, low & 255]) : "reserved";
}

function hasOnlyDigitsAndDots(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit !== DOT && (unit < ZERO || unit > NINE)) return false;
  }
  return true;
}

/** Letters, digits, `-` and `_` in labels of 1 to 63, together at most 253. RFC 1123 §2.1; `_` as mDNS and Docker use it. */
function isHostName(text: string): boolean {
  const length = text.endsWith(".") ? text.length - 1 : text.length;
  if (length === 0 || length > 253) return false;
  let label = 0;
  for (let at = 0; at < length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === DOT) {
      if (label === 0) return false;
      label = 0;
      continue;
    }
    const lower = unit | 32;
    const fits =
      (lower >= 97 && lower <= 122) || (unit >= ZERO && unit <= NINE) || unit === 45 || unit === 95;
    if (!fits || ++label > 63) return false;
  }
  return label > 0;
}
