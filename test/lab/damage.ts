import type { Random } from "./random.ts";

/** An offer with changes made to it, and what they were. */
export interface Damaged {
  readonly sdp: string;
  /** `kind` or `kind: what`, in the order done. */
  readonly changes: readonly string[];
}

/** Changes an offer in so many random ways. The same seed makes the same changes. */
export function damage(offer: string, count: number, random: Random): Damaged {
  const draft: Draft = { lines: offer.split(/\r\n/).filter((line) => line !== ""), tail: identity };
  const changes: string[] = [];
  const names = Object.keys(damages);
  for (let tries = 0; changes.length < count && draft.lines.length > 1 && tries < 200; tries++) {
    const kind = random.pick(names);
    const { lines, tail } = draft;
    const before = lines.join("\n");
    const what = damages[kind]?.(draft, random);
    // Two equal lines may change places, or the only codec stay as the one codec.
    if (draft.tail === tail && draft.lines.join("\n") === before) continue;
    if (what !== undefined) changes.push(what === "" ? kind : `${kind}: ${what}`);
  }
  return { sdp: draft.tail(draft.lines.map((line) => `${line}\r\n`).join("")), changes };
}

/** Every kind of damage by name. */
export function damageKinds(): readonly string[] {
  return Object.keys(damages);
}

interface Draft {
  lines: string[];
  /** What is done to the whole text in the end, such as other line ends. */
  tail: (text: string) => string;
}

/** Changes the draft and says what it did; undefined when the draft has nothing of that kind. */
type Damage = (draft: Draft, random: Random) => string | undefined;

const identity = (text: string): string => text;

/** The texts of a table: one behind the other with “ | ” or a line end between them, ␠ for a blank at an edge. */
function table(strings: TemplateStringsArray): string[] {
  return (strings[0] ?? "")
    .trim()
    .split(/ \| |\n */)
    .map((text) => text.replaceAll("␠", " "));
}

/** The numbers of the lines that match. */
function find({ lines }: Draft, pattern: RegExp): number[] {
  return lines.flatMap((line, number) => (pattern.test(line) ? [number] : []));
}

/** The first line of a random media section. */
function section(draft: Draft, random: Random, pattern = /^m=/): number | undefined {
  const starts = find(draft, pattern);
  return starts.length === 0 ? undefined : random.pick(starts);
}

/** The number behind the last line of the section that starts here. */
function endOf({ lines }: Draft, start: number): number {
  const next = lines.findIndex((line, number) => number > start && line.startsWith("m="));
  return next === -1 ? lines.length : next;
}

/** Takes one matching line out, or now and then all of them. */
function drop(pattern: RegExp): Damage {
  return (draft, random) => {
    const found = find(draft, pattern);
    if (found.length === 0) return undefined;
    if (found.length > 1 && random.chance(0.3)) {
      draft.lines = draft.lines.filter((line) => !pattern.test(line));
      return `all ${found.length}`;
    }
    return draft.lines.splice(random.pick(found), 1)[0];
  };
}

/** Writes a matching line another way: a text with $1 and $2 for the pattern's groups, or a function. */
function alter(
  pattern: RegExp,
  forms: readonly string[] | ((match: RegExpExecArray, random: Random, draft: Draft) => string),
): Damage {
  return (draft, random) => {
    const found = find(draft, pattern);
    if (found.length === 0) return undefined;
    const number = random.pick(found);
    const line = draft.lines[number] ?? "";
    const match = pattern.exec(line) as RegExpExecArray;
    const changed = Array.isArray(forms)
      ? line.replace(pattern, random.pick(forms as readonly string[]))
      : (forms as Exclude<typeof forms, readonly string[]>)(match, random, draft);
    if (changed === line) return undefined;
    draft.lines[number] = changed;
    return `${line} -> ${changed}`;
  };
}

/** Writes one of these lines into a section of that kind, somewhere below its m= line. */
function add(lines: readonly string[], pattern = /^m=/): Damage {
  return (draft, random) => {
    const start = section(draft, random, pattern);
    if (start === undefined) return undefined;
    const line = random.pick(lines);
    // Behind c=, where attributes may stand.
    const first = Math.min(start + 2, endOf(draft, start));
    const number = first + random.below(endOf(draft, start) - first + 1);
    draft.lines.splice(number, 0, line);
    return line;
  };
}

/** Writes one of these lines into the session part. */
function addToSession(lines: readonly string[]): Damage {
  return (draft, random) => {
    const end = draft.lines.findIndex((line) => line.startsWith("m="));
    if (end === -1) return undefined;
    const line = random.pick(lines);
    draft.lines.splice(end, 0, line);
    return line;
  };
}

/** Puts a second, possibly different line behind a matching one. */
function double(pattern: RegExp, forms: readonly string[] = ["$&"]): Damage {
  return (draft, random) => {
    const found = find(draft, pattern);
    if (found.length === 0) return undefined;
    const number = random.pick(found);
    const line = draft.lines[number] ?? "";
    const second = line.replace(pattern, random.pick(forms));
    draft.lines.splice(number + 1, 0, second);
    return second;
  };
}

/** Takes the matching lines out of the sections and writes one of them into the session part. */
function toSession(pattern: RegExp): Damage {
  return (draft, random) => {
    const found = find(draft, pattern);
    const first = draft.lines.findIndex((line) => line.startsWith("m="));
    if (found.length === 0 || (found[0] as number) < first) return undefined;
    const line = draft.lines[found[0] as number] as string;
    if (random.chance(0.7)) draft.lines = draft.lines.filter((text) => !pattern.test(text));
    draft.lines.splice(first, 0, line);
    return line;
  };
}

/** Changes the whole text in the end. */
function whole(change: (text: string, random: Random) => string): Damage {
  return (draft, random) => {
    const before = draft.tail;
    draft.tail = (text) => change(before(text), random);
    return "";
  };
}

/** The payload types of the m= line that starts here. */
function payloadTypes({ lines }: Draft, start: number): string[] {
  return (lines[start] ?? "").split(" ").slice(3);
}

/** Gives a payload type of one section another number, in every line that means it. */
function renumber(draft: Draft, start: number, from: string, to: string): void {
  const end = endOf(draft, start);
  for (let number = start; number < end; number++) {
    const line = draft.lines[number] ?? "";
    draft.lines[number] = line.startsWith("m=")
      ? line
          .split(" ")
          .map((word, index) => (index > 2 && word === from ? to : word))
          .join(" ")
      : line
          .replace(new RegExp(`^(a=(?:rtpmap|fmtp|rtcp-fb):)${from}(?= )`), `$1${to}`)
          .replace(new RegExp(`(apt=)${from}(?!\\d)`), `$1${to}`);
  }
}

const unusedPayloadTypes = [34, 35, 40, 63, 64, 72, 77, 95, 96, 105, 111, 127].map(String);
const characters = [..."a0Z~*-+/=:;, \t\"'<>é한"];
const rtp = /^m=(?:audio|video) \S+ \S+ \S/;

const damages: Readonly<Record<string, Damage>> = {
  // Lines, whatever they say
  "drop line": drop(/^/),
  "drop two lines": (draft, random) => {
    const number = random.below(draft.lines.length - 1);
    return draft.lines.splice(number, 2).join(" | ");
  },
  "dup line": double(/^.+$/),
  swap: (draft, random) => {
    const [a, b] = [random.below(draft.lines.length), random.below(draft.lines.length)];
    if (a === b) return undefined;
    const [first, second] = [draft.lines[a] ?? "", draft.lines[b] ?? ""];
    draft.lines[a] = second;
    draft.lines[b] = first;
    return `${first} <> ${second}`;
  },
  "swap neighbours": (draft, random) => {
    const a = random.below(draft.lines.length - 1);
    const [first, second] = draft.lines.splice(a, 2) as [string, string];
    draft.lines.splice(a, 0, second, first);
    return `${first} <> ${second}`;
  },
  "move line": (draft, random) => {
    const [line] = draft.lines.splice(random.below(draft.lines.length), 1) as [string];
    draft.lines.splice(random.below(draft.lines.length + 1), 0, line);
    return line;
  },
  truncate: whole((text, random) => text.slice(0, random.below(text.length))),
  "truncate at line": (draft, random) => {
    draft.lines = draft.lines.slice(0, random.below(draft.lines.length));
    return String(draft.lines.length);
  },
  "insert line": (draft, random) => {
    const line = random.pick(table`
      foo | = | a= | a | x=foo | z=0 0 | r=1 2 3 | k=clear:a | i=info | u=http://a.example/
      e=a@b.example | p=+1 23 | a=foo | a=foo:bar | a=foo bar | a=:x | a= mid:0 | b=AS:1 | m=
      m=audio | m=video 9 UDP/TLS/RTP/SAVPF | c=IN IP4 192.0.2.9 | t=0 0 | v=0 | s=- | # hi
    `);
    draft.lines.splice(random.below(draft.lines.length + 1), 0, line);
    return line;
  },
  "empty line": (draft, random) => {
    draft.lines.splice(random.below(draft.lines.length + 1), 0, "");
    return "";
  },
  corrupt: alter(/^.+$/, ([line], random) => {
    const at = random.below(line.length);
    return line.slice(0, at) + random.pick(characters) + line.slice(at + 1);
  }),
  "insert character": alter(/^.+$/, ([line], random) => {
    const at = random.below(line.length + 1);
    return line.slice(0, at) + random.pick(characters) + line.slice(at);
  }),
  "delete character": alter(/^.+$/, ([line], random) => {
    const at = random.below(line.length);
    return line.slice(0, at) + line.slice(at + 1);
  }),
  "double space": alter(/^(\S+) (.*)$/, ["$1  $2", "$1\t$2"]),
  "space at end": alter(/^.+$/, ["$& ", "$&  "]),
  "space at start": alter(/^.+$/, [" $&"]),
  "space around sign": alter(/^(.)=(.*)$/, ["$1 =$2", "$1= $2"]),
  "type letter": alter(/^(.)=(.*)$/, (match, random) =>
    random.chance(0.5) ? `${match[1]?.toUpperCase()}=${match[2]}` : `q=${match[2]}`,
  ),
  "attribute name in capitals": alter(
    /^a=([\w-]+)(.*)$/,
    (match) => `a=${match[1]?.toUpperCase()}${match[2]}`,
  ),
  "value gone": alter(/^a=([\w-]+):.*$/, ["a=$1", "a=$1:"]),
  "last word gone": alter(/^(.*) \S+$/, ["$1"]),
  "word more": alter(/^.+$/, ["$& foo", "$& 0"]),
  "long line": alter(
    /^(a=.*)$/,
    (match, random) => match[1] + "x".repeat(200 + random.below(2000)),
  ),
  "LF line ends": whole((text) => text.replaceAll("\r\n", "\n")),
  "CR line ends": whole((text) => text.replaceAll("\r\n", "\r")),
  "mixed line ends": whole((text, random) =>
    text.replace(/\r\n/g, (end) => (random.chance(0.3) ? "\n" : end)),
  ),
  "no final line end": whole((text) => text.replace(/\r?\n$/, "")),
  "surplus line end": whole((text) => `${text}\r\n`),
  "line end in front": whole((text) => `\r\n${text}`),
  "byte order mark": whole((text) => `\ufeff${text}`),

  // The session part
  "drop v": drop(/^v=/),
  "drop o": drop(/^o=/),
  "drop s": drop(/^s=/),
  "drop t": drop(/^t=/),
  version: alter(/^v=.*/, ["v=1", "v=00", "v=", "v=x", "v=0 0", "v=-1"]),
  origin: alter(
    /^o=(\S+) (\S+) (\S+) IN IP4 (\S+)/,
    table`
      o=$1 $2 $3 IN IP4 | o=$1 $2 IN IP4 $4 | o=$1 x $3 IN IP4 $4 | o=$1 $2 x IN IP4 $4
      o=- 0 0 IN IP4 $4 | o=$1 $2 $3 IN IP6 ::1 | o=$1 $2 $3 IN IP6 $4
      o=$1 $2 $3 IN IP4 host.example | o=$1 $2 $3 AT IP4 $4 | o=a b $2 $3 IN IP4 $4
      o=$1 99999999999999999999999 $3 IN IP4 $4 | o=$1 -5 $3 IN IP4 $4 | o=$1 $2 -1 IN IP4 $4 | o=
      o=- | o=$1 $2 $3 IN IP7 $4 | o=$1 $2 $3 IN IP4 999.1.1.1
    `,
  ),
  s: alter(/^s=.*/, ["s=", "s= ", "s=a name", "s=한글", "s"]),
  t: alter(
    /^t=.*/,
    table`
      t=0 | t= | t=0 0 0 | t=a b | t=3034423619 3042462419 | t=-1 0 | t=5 1 | t=0␠
    `,
  ),
  "second t": double(/^t=.*/, ["$&", "t=1 2", "r=7d 1h 0", "z=2882844526 -1h"]),
  "session line": addToSession(table`
      i=info | u=http://a.example/ | e=a@b.example | p=+1 23 | c=IN IP4 0.0.0.0 | c=IN IP6 ::1
      b=AS:100 | b=CT:1000 | k=prompt | a=ice-lite | a=ice-options:trickle
      a=ice-options:ice2 trickle | a=tool:x | a=recvonly | a=inactive | a=setup:actpass
      a=setup:active | a=rtcp-mux | a=extmap-allow-mixed | a=extmap:9 urn:x | a=ice-pacing:50
      a=cat:x | a=charset:UTF-8 | a=sdplang:en | a=lang:ko | a=group:LS 0
      a=candidate:1 1 udp 1 192.0.2.1 9 typ host | a=identity:abc | a=mid:0 | a=type:broadcast
      a=msid-semantic: WMS * | a=rtcp-rsize
      a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz
    `),
  "order of session lines": (draft, random) => {
    const [a, b] = random.pick([
      [/^o=/, /^s=/],
      [/^v=/, /^o=/],
      [/^s=/, /^t=/],
      [/^t=/, /^a=/],
    ] as const);
    const [first, second] = [find(draft, a)[0], find(draft, b)[0]];
    if (first === undefined || second === undefined) return undefined;
    const [one, two] = [draft.lines[first] ?? "", draft.lines[second] ?? ""];
    draft.lines[first] = two;
    draft.lines[second] = one;
    return `${one} <> ${two}`;
  },
  "no session part": (draft) => {
    const first = find(draft, /^m=/)[0];
    if (first === undefined || first === 0) return undefined;
    draft.lines = draft.lines.slice(first);
    return "";
  },
  "msid-semantic": alter(
    /^a=msid-semantic:.*/,
    table`
      a=msid-semantic:WMS | a=msid-semantic: WMS * | a=msid-semantic: | a=msid-semantic
      a=msid-semantic: foo bar
    `,
  ),

  // Connection and bandwidth
  "drop c": drop(/^c=/),
  c: alter(
    /^c=.*/,
    table`
      c=IN IP6 ::1 | c=IN IP6 :: | c=IN IP4 192.0.2.1 | c=IN IP4 host.example | c=IN IP4 | c=
      c=IN IP4 999.1.1.1 | c=IN IP6 0.0.0.0 | c=IN IP4 224.2.1.1/127/3 | c=IN IP4 224.2.1.1/127
      c=IN IP4 224.2.1.1 | c=IN ATM x | c=XX IP4 0.0.0.0 | c=IN IP4 0.0.0.0/127 | c=IN IP6 zz::1
      c=IN IP4 0.0.0.0 foo
    `,
  ),
  "dup c": double(/^c=.*/, ["$&", "c=IN IP4 192.0.2.7"]),
  b: add(table`
      b=AS:500 | b=AS:0 | b=AS:-1 | b=AS:x | b=AS: | b=AS | b= | b=TIAS:500000 | b=TIAS:0
      b=TIAS:-2 | b=TIAS:x | b=RS:0 | b=RR:0 | b=CT:100 | b=X-foo:1 | b=foo:1 | b=AS:99999999999
      b=TIAS:99999999999999 | b=AS: 500 | b=AS:500.5 | b=as:500 | b=AS:500 kbps
    `),
  "b in its place": (draft, random) => {
    const number = section(draft, random, /^c=/);
    if (number === undefined) return undefined;
    const line = random.pick(["b=AS:500", "b=TIAS:500000", "b=AS:500x", "b=X-YZ:128", "b=AS:30"]);
    draft.lines.splice(number + 1, 0, line);
    return line;
  },

  // The m= line
  "drop m": drop(/^m=/),
  "m kind": alter(
    /^m=(\S+)/,
    table`
      m=audio | m=video | m=application | m=text | m=message | m=image | m=foo | m=AUDIO | m=Video
      m=
    `,
  ),
  "m port": alter(
    /^(m=\S+) (\S+)/,
    table`
      $1 0 | $1 1 | $1 1234 | $1 65535 | $1 65536 | $1 -1 | $1 x | $1 | $1 9/2 | $1 9/0
      $1 99999999999 | $1 9.5 | $1 09 | $1 +9
    `,
  ),
  "m proto": alter(
    /^(m=\S+ \S+) (\S+)/,
    table`
      $1 RTP/AVP | $1 RTP/AVPF | $1 RTP/SAVP | $1 RTP/SAVPF | $1 UDP/TLS/RTP/SAVP
      $1 UDP/TLS/RTP/SAVPF | $1 TCP/TLS/RTP/SAVPF | $1 TCP/DTLS/RTP/SAVPF | $1 UDP/DTLS/SCTP
      $1 TCP/DTLS/SCTP | $1 DTLS/SCTP | $1 udp | $1 TCP | $1 foo | $1 udp/tls/rtp/savpf
      $1 UDP/TLS/RTP/SAVPF/X | $1 | $1 UDP/TLS/UDPTL | $1 SCTP
    `,
  ),
  "m formats": alter(
    /^(m=\S+ \S+ \S+) (\S+)(.*)/,
    table`
      $1 | $1 $2 | $1$3 | $1 $2 $2$3 | $1 $2$3 128 | $1 $2$3 255 | $1 $2$3 x | $1 $2$3 -1
      $1 $2$3 1 | $1 $2$3 77 | $1 $2$3 95 | $1 * | $1 0 | $1 0 8 | $1 webrtc-datachannel | $1 5000
      $1 99 | $1 13 $2$3 | $1 $2$3 4 3 18 | $1 t38 | $1 $2, $3 | $1  $2$3
    `,
  ),
  "drop format": (draft, random) => {
    const start = section(draft, random, rtp);
    if (start === undefined) return undefined;
    const all = payloadTypes(draft, start);
    if (all.length < 2) return undefined;
    const gone = random.pick(all);
    const words = (draft.lines[start] ?? "").split(" ");
    draft.lines[start] = words.filter((word, index) => index < 3 || word !== gone).join(" ");
    return gone;
  },
  "shuffle formats": alter(/^(m=(?:audio|video) \S+ \S+) (.+)/, (match, random) => {
    const formats = (match[2] ?? "").split(" ");
    for (let n = formats.length - 1; n > 0; n--) {
      const other = random.below(n + 1);
      [formats[n], formats[other]] = [formats[other] as string, formats[n] as string];
    }
    return `${match[1]} ${formats.join(" ")}`;
  }),

  // Whole sections
  reject: alter(/^(m=\S+) [1-9]\d*(.*)/, ["$1 0$2"]),
  "reject and unbundle": (draft, random) => {
    const start = section(draft, random);
    if (start === undefined) return undefined;
    const mid = draft.lines
      .slice(start, endOf(draft, start))
      .find((line) => line.startsWith("a=mid:"));
    draft.lines[start] = (draft.lines[start] ?? "").replace(/^(m=\S+) \d+/, "$1 0");
    draft.lines = draft.lines.map((line) =>
      line.startsWith("a=group:BUNDLE")
        ? line
            .split(" ")
            .filter((word) => word !== mid?.slice(6))
            .join(" ")
        : line,
    );
    return mid ?? "";
  },
  "bundle-only": (draft, random) => {
    const start = section(draft, random);
    if (start === undefined) return undefined;
    const port = random.pick(["0", "9"]);
    draft.lines[start] = (draft.lines[start] ?? "").replace(/^(m=\S+) \d+/, `$1 ${port}`);
    draft.lines.splice(endOf(draft, start), 0, "a=bundle-only");
    return `port ${port}`;
  },
  "swap sections": (draft) => {
    const starts = find(draft, /^m=/);
    if (starts.length < 2) return undefined;
    const [first, second] = starts as [number, number];
    const end = endOf(draft, second);
    const { lines } = draft;
    draft.lines = [
      ...lines.slice(0, first),
      ...lines.slice(second, end),
      ...lines.slice(first, second),
      ...lines.slice(end),
    ];
    return "";
  },
  "drop section": (draft, random) => {
    const start = section(draft, random);
    if (start === undefined) return undefined;
    return draft.lines.splice(start, endOf(draft, start) - start)[0];
  },
  "dup section": (draft, random) => {
    const start = section(draft, random);
    if (start === undefined) return undefined;
    draft.lines.push(...draft.lines.slice(start, endOf(draft, start)));
    return draft.lines[start];
  },
  "bare section": (draft, random) => {
    const line = random.pick(table`
      m=audio 9 UDP/TLS/RTP/SAVPF 0 | m=audio 0 UDP/TLS/RTP/SAVPF 0
      m=video 0 UDP/TLS/RTP/SAVPF 96 | m=text 0 RTP/AVP 98
      m=application 0 UDP/DTLS/SCTP webrtc-datachannel | m=video 9 UDP/TLS/RTP/SAVPF 120
      m=image 0 udptl t38
    `);
    draft.lines.push(
      line,
      ...(random.chance(0.6) ? ["c=IN IP4 0.0.0.0"] : []),
      ...(random.chance(0.6) ? ["a=mid:extra"] : []),
    );
    return line;
  },
  "attributes gone": (draft, random) => {
    const start = section(draft, random);
    if (start === undefined) return undefined;
    draft.lines.splice(start + 2, Math.max(0, endOf(draft, start) - start - 2));
    return draft.lines[start];
  },

  // Grouping
  "drop mid": drop(/^a=mid:/),
  mid: alter(
    /^a=mid:(.*)/,
    table`
      a=mid: | a=mid:x | a=mid:9 | a=mid:$1x | a=mid: $1 | a=mid:$1␠ | a=mid:a b
      a=mid:0123456789abcdef0 | a=mid:a/b | a=mid:한 | a=mid:$1 foo
    `,
  ),
  "mid clash": (draft, random) => {
    const found = find(draft, /^a=mid:/);
    if (found.length < 2) return undefined;
    const [from, to] = random.chance(0.5) ? [0, 1] : [1, 0];
    draft.lines[found[to] as number] = draft.lines[found[from] as number] ?? "";
    return draft.lines[found[to] as number];
  },
  "dup mid": double(/^a=mid:(.*)/, ["$&", "a=mid:other"]),
  "rename mid": (draft, random) => {
    const number = section(draft, random, /^a=mid:/);
    if (number === undefined) return undefined;
    const old = (draft.lines[number] ?? "").slice(6);
    const now = random.pick(["audio", "video-1", "x", "data", "a.b", "abcdefghijklmnopq"]);
    draft.lines[number] = `a=mid:${now}`;
    draft.lines = draft.lines.map((line) =>
      line.startsWith("a=group:")
        ? line
            .split(" ")
            .map((word) => (word === old ? now : word))
            .join(" ")
        : line,
    );
    return `${old} -> ${now}`;
  },
  "drop group": drop(/^a=group:/),
  bundle: alter(
    /^a=group:BUNDLE ?(\S*)(.*)/,
    table`
      a=group:BUNDLE | a=group:BUNDLE␠ | a=group:BUNDLE $1 | a=group:BUNDLE$2
      a=group:BUNDLE $1$2 9 | a=group:BUNDLE$2 $1 | a=group:BUNDLE $1 $1$2 | a=group:bundle $1$2
      a=group:LS $1$2 | a=group:FOO $1$2 | a=group: BUNDLE $1$2 | a=group:BUNDLE  $1$2
      a=group:BUNDLE x | a=group: | a=group | a=group:FID $1$2 | a=group:BUNDLE $1$2␠
      a=group:ANAT $1
    `,
  ),
  "second group": double(
    /^a=group:BUNDLE (\S*)(.*)/,
    table`
      $& | a=group:LS $1$2 | a=group:BUNDLE $1 | a=group:BUNDLE$2 | a=group:FID $1
      a=group:BUNDLE
    `,
  ),

  // ICE
  "drop ufrag": drop(/^a=ice-ufrag:/),
  "drop pwd": drop(/^a=ice-pwd:/),
  "drop credentials": (draft, random) => {
    if (find(draft, /^a=ice-ufrag:/).length === 0) return undefined;
    const all = random.chance(0.5);
    const start = section(draft, random) ?? 0;
    const end = endOf(draft, start);
    draft.lines = draft.lines.filter(
      (line, number) =>
        !(/^a=ice-(?:ufrag|pwd):/.test(line) && (all || (number >= start && number < end))),
    );
    return all ? "all" : (draft.lines[start] ?? "");
  },
  ufrag: alter(
    /^a=ice-ufrag:(.*)/,
    (match, random) =>
      `a=ice-ufrag:${random.pick(["", "abc", "abcd", "ab-cd", "ab cd", "a=bc", "a_bc", "x".repeat(256), "x".repeat(257), "x".repeat(300), `${match[1]}+/`, "한글한글", " abcd"])}`,
  ),
  pwd: alter(
    /^a=ice-pwd:(.*)/,
    (match, random) =>
      `a=ice-pwd:${random.pick(["", "short", "x".repeat(21), "x".repeat(22), "x".repeat(256), "x".repeat(257), "abcdefghijklmnopqrstu-vw", "abcdefghijkl mnopqrstuvwxyz", `${match[1]}+/`, `${match[1]}=`, "abcdefghijklmnopqrstu_vw"])}`,
  ),
  "dup ufrag": double(/^a=ice-ufrag:(.*)/, ["$&", "a=ice-ufrag:other"]),
  "dup pwd": double(/^a=ice-pwd:(.*)/, ["$&", "a=ice-pwd:abcdefghijklmnopqrstuvwx"]),
  "ufrag to session": toSession(/^a=ice-ufrag:/),
  "pwd to session": toSession(/^a=ice-pwd:/),
  "ice-options": alter(
    /^a=ice-options:.*/,
    table`
      a=ice-options: | a=ice-options | a=ice-options:ice2 | a=ice-options:trickle renomination
      a=ice-options:foo | a=ice-options:ice2,trickle | a=ice-options:Trickle
    `,
  ),
  "drop ice-options": drop(/^a=ice-options:/),
  "ice-lite": add(["a=ice-lite", "a=ice-lite:1"]),
  "ice attribute": add(table`
      a=ice-mismatch | a=ice-pacing:50 | a=ice-pacing:x | a=remote-candidates:1 192.0.2.3 45664
      a=end-of-candidates | a=end-of-candidates:x
    `),
  "add candidate": add(table`
      a=candidate:1 1 udp 2130706431 192.0.2.1 50000 typ host
      a=candidate:1 1 UDP 2130706431 192.0.2.1 50000 typ host
      a=candidate:2 1 udp 1694498815 203.0.113.7 50001 typ srflx raddr 192.0.2.1 rport 50000
      a=candidate:2 1 udp 1694498815 203.0.113.7 50001 typ srflx
      a=candidate:3 1 udp 16777215 198.51.100.3 50002 typ relay raddr 203.0.113.7 rport 50001
      a=candidate:4 1 tcp 1518280447 192.0.2.1 9 typ host tcptype active
      a=candidate:4 1 tcp 1518280447 192.0.2.1 9 typ host
      a=candidate:4 1 tcp 1518280447 192.0.2.1 9 typ host tcptype foo
      a=candidate:1 2 udp 2130706430 192.0.2.1 50001 typ host
      a=candidate:1 0 udp 2130706431 192.0.2.1 50000 typ host
      a=candidate:1 257 udp 2130706431 192.0.2.1 50000 typ host
      a=candidate:1 x udp 2130706431 192.0.2.1 50000 typ host
      a=candidate:1 1 udp 2130706431 192.0.2.1 50000
      a=candidate:1 1 udp 2130706431 192.0.2.1 50000 typ
      a=candidate:1 1 udp 2130706431 192.0.2.1 50000 typ foo
      a=candidate:1 1 udp 2130706431 192.0.2.1 70000 typ host
      a=candidate:1 1 udp 2130706431 192.0.2.1 0 typ host
      a=candidate:1 1 udp 2130706431 192.0.2.1 x typ host
      a=candidate:1 1 udp 2130706431 999.0.2.1 50000 typ host
      a=candidate:1 1 udp 2130706431 host.example 50000 typ host
      a=candidate:1 1 udp 2130706431 3b9a6e0a-5b6f-4b3c-9f6e-3f7d8b0e9c11.local 50000 typ host
      a=candidate:1 1 udp 2130706431 2001:db8::1 50000 typ host
      a=candidate:1 1 udp 2130706431 [2001:db8::1] 50000 typ host
      a=candidate:1 1 udp 2130706431 2001:zz::1 50000 typ host
      a=candidate:1 1 udp x 192.0.2.1 50000 typ host
      a=candidate:1 1 udp 0 192.0.2.1 50000 typ host
      a=candidate:1 1 udp -1 192.0.2.1 50000 typ host
      a=candidate:1 1 udp 4294967295 192.0.2.1 50000 typ host
      a=candidate:1 1 udp 4294967296 192.0.2.1 50000 typ host
      a=candidate:1 1 sctp 2130706431 192.0.2.1 50000 typ host
      a=candidate:1 1 foo 2130706431 192.0.2.1 50000 typ host
      a=candidate:123456789012345678901234567890123 1 udp 2130706431 192.0.2.1 50000 typ host
      a=candidate:a-b 1 udp 2130706431 192.0.2.1 50000 typ host
      a=candidate: 1 udp 2130706431 192.0.2.1 50000 typ host | a=candidate: | a=candidate
      a=candidate:1
      a=candidate:1 1 udp 2130706431 192.0.2.1 50000 typ host generation 0 ufrag abcd network-id 1 network-cost 10
      a=candidate:1 1 udp 2130706431 192.0.2.1 50000 typ host generation
      a=candidate:1 1 udp 2130706431 192.0.2.1 50000 typ host raddr 1.2.3.4
      a=candidate:1 1 udp 2130706431 192.0.2.1 50000 typ srflx raddr x rport y
      a=candidate:1 1 ssltcp 2130706431 192.0.2.1 443 typ host
      candidate:1 1 udp 2130706431 192.0.2.1 50000 typ host
    `),
  candidate: alter(
    /^a=candidate:(\S+) (\S+) (\S+) (\S+) (\S+) (\S+) typ (\S+)(.*)/,
    table`
      a=candidate:$1 $2 $3 $4 $5 70000 typ $7$8 | a=candidate:$1 $2 $3 $4 $5 $6 $7$8
      a=candidate:$1 $2 $3 $4 999.1.1.1 $6 typ $7$8 | a=candidate:$1 3 $3 $4 $5 $6 typ $7$8
      a=candidate:$1 $2 foo $4 $5 $6 typ $7$8 | a=candidate:$1 $2 $3 x $5 $6 typ $7$8
      a=candidate:$1 $2 $3 $4 $5 $6 typ foo$8 | a=candidate:$1 $2 $3 $4 $5 $6 typ $7 | $& foo bar
      a=candidate:$1 $2 $3 $4 $5 $6 typ
    `,
  ),

  // DTLS
  "drop fingerprint": drop(/^a=fingerprint:/),
  "drop every fingerprint": (draft) => {
    const count = find(draft, /^a=fingerprint:/).length;
    draft.lines = draft.lines.filter((line) => !line.startsWith("a=fingerprint:"));
    return count === 0 ? undefined : String(count);
  },
  fingerprint: alter(
    /^a=fingerprint:(\S+) (\S+)/,
    table`
      a=fingerprint:$1 | a=fingerprint: | a=fingerprint:sha-1 $2 | a=fingerprint:sha-384 $2
      a=fingerprint:md5 $2 | a=fingerprint:foo $2 | a=fingerprint:SHA-256 $2
      a=fingerprint:$1 00:11 | a=fingerprint:$1 $2:AB | a=fingerprint:$1 GG:$2
      a=fingerprint:$1 xyz | a=fingerprint:$1  $2 | a=fingerprint:$2 | a=fingerprint:$1 $2 foo
      a=fingerprint: $1 $2 | a=fingerprint:sha-512 $2:$2
    `,
  ),
  "fingerprint in small letters": alter(
    /^a=fingerprint:(\S+) (\S+)/,
    (match) => `a=fingerprint:${match[1]} ${match[2]?.toLowerCase()}`,
  ),
  "fingerprint without colons": alter(
    /^a=fingerprint:(\S+) (\S+)/,
    (match) => `a=fingerprint:${match[1]} ${match[2]?.replaceAll(":", "")}`,
  ),
  "other fingerprint": alter(
    /^a=fingerprint:(\S+) (\S+)/,
    (match) => `a=fingerprint:${match[1]} ${match[2]?.split(":").reverse().join(":")}`,
  ),
  "dup fingerprint": double(
    /^a=fingerprint:(\S+) (.*)/,
    table`
      $& | a=fingerprint:sha-1 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB
      a=fingerprint:foo $2 | a=fingerprint:$1 AA
    `,
  ),
  "fingerprint to session": toSession(/^a=fingerprint:/),
  "drop setup": drop(/^a=setup:/),
  setup: alter(
    /^a=setup:.*/,
    table`
      a=setup:active | a=setup:passive | a=setup:actpass | a=setup:holdconn | a=setup:foo
      a=setup: | a=setup | a=setup:ACTPASS | a=setup: actpass | a=setup:actpass x
    `,
  ),
  "every setup": (draft, random) => {
    if (find(draft, /^a=setup:/).length === 0) return undefined;
    const role = random.pick(["active", "passive", "holdconn"]);
    draft.lines = draft.lines.map((line) => line.replace(/^a=setup:.*/, `a=setup:${role}`));
    return role;
  },
  "dup setup": double(/^a=setup:.*/, ["$&", "a=setup:active", "a=setup:passive"]),
  "setup to session": toSession(/^a=setup:/),
  crypto: add(
    table`
      a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz
      a=crypto:x foo | a=tls-id:abcdefghijklmnopqrstuvwxyz | a=tls-id:x | a=connection:new
    `,
    rtp,
  ),

  // Direction
  "drop direction": drop(/^a=(?:sendrecv|sendonly|recvonly|inactive)$/),
  direction: alter(
    /^a=(?:sendrecv|sendonly|recvonly|inactive)$/,
    table`
      a=sendrecv | a=sendonly | a=recvonly | a=inactive | a=sendrecv:x | a=SENDRECV | a=sendrcv
      a=sendrecv x
    `,
  ),
  "dup direction": double(
    /^a=(?:sendrecv|sendonly|recvonly|inactive)$/,
    table`
      $& | a=sendonly | a=inactive | a=recvonly
    `,
  ),

  // RTCP
  "drop rtcp-mux": drop(/^a=rtcp-mux$/),
  "drop every rtcp-mux": (draft) => {
    const count = find(draft, /^a=rtcp-mux$/).length;
    draft.lines = draft.lines.filter((line) => line !== "a=rtcp-mux");
    return count === 0 ? undefined : String(count);
  },
  "rtcp-mux": alter(
    /^a=rtcp-mux$/,
    table`
      a=rtcp-mux:x | a=rtcp-mux-only | a=rtcpmux | a=RTCP-MUX | a=rtcp-mux␠
    `,
  ),
  "rtcp line": add(
    table`
      a=rtcp:9 | a=rtcp:9 IN IP4 0.0.0.0 | a=rtcp:0 | a=rtcp:70000 IN IP4 0.0.0.0 | a=rtcp:x
      a=rtcp: | a=rtcp:9 IN IP4 | a=rtcp-mux-only | a=rtcp-rsize | a=rtcp-rsize:x
      a=rtcp-xr:rcvr-rtt=all | a=rtcp-xr:foo | a=rtcp-mux
    `,
    rtp,
  ),
  rtcp: alter(
    /^a=rtcp:.*/,
    table`
      a=rtcp: | a=rtcp:x IN IP4 0.0.0.0 | a=rtcp:9 | a=rtcp:9 IN IP6 ::
      a=rtcp:70000 IN IP4 0.0.0.0 | a=rtcp:9 IN IP4 host.example
    `,
  ),
  "drop rtcp": drop(/^a=rtcp:/),
  "drop rsize": drop(/^a=rtcp-rsize/),
  "drop rtcp-fb": drop(/^a=rtcp-fb:/),
  "rtcp-fb": alter(
    /^a=rtcp-fb:(\S+) (.*)/,
    table`
      a=rtcp-fb:* $2 | a=rtcp-fb:$1 foo | a=rtcp-fb:$1 | a=rtcp-fb:1 $2 | a=rtcp-fb:x $2
      a=rtcp-fb:128 $2 | a=rtcp-fb: $2 | a=rtcp-fb:$1 nack foo | a=rtcp-fb:$1 trr-int 100
      a=rtcp-fb:$1 trr-int x | a=rtcp-fb:$1 ack rpsi | a=rtcp-fb:$1 ccm | a=rtcp-fb:$1 ccm tmmbr
      a=rtcp-fb:$1 NACK PLI | a=rtcp-fb:$1 $2 $2
    `,
  ),

  // Codecs
  "drop rtpmap": drop(/^a=rtpmap:/),
  rtpmap: alter(
    /^a=rtpmap:(\d+) ([^/]+)\/(\d+)(.*)/,
    table`
      a=rtpmap:$1 $2 | a=rtpmap:$1 | a=rtpmap: | a=rtpmap:x $2/$3$4 | a=rtpmap:128 $2/$3$4
      a=rtpmap:-1 $2/$3$4 | a=rtpmap:$1 foo/$3$4 | a=rtpmap:$1 $2/0$4 | a=rtpmap:$1 $2/x
      a=rtpmap:$1 $2/8001$4 | a=rtpmap:$1 $2/$3/1 | a=rtpmap:$1 $2/$3/6 | a=rtpmap:$1 $2/$3/x
      a=rtpmap:$1 $2/$3/ | a=rtpmap:$1 /$3$4 | a=rtpmap:$1 $2 $3$4 | a=rtpmap:$1  $2/$3$4
      a=rtpmap:$1 $2/$3$4 foo | a=rtpmap: $1 $2/$3$4 | a=rtpmap:$1 H264/90000
      a=rtpmap:$1 VP8/90000 | a=rtpmap:$1 opus/48000 | a=rtpmap:$1 PCMU/8000
      a=rtpmap:$1 $2/99999999999 | a=rtpmap:$1 $2/-1 | a=rtpmap:1 $2/$3$4
    `,
  ),
  "case of codec": alter(/^a=rtpmap:(\d+) (\S+)/, (match, random) => {
    const name = match[2] ?? "";
    return `a=rtpmap:${match[1]} ${random.chance(0.5) ? name.toUpperCase() : name.toLowerCase()}`;
  }),
  "dup rtpmap": double(
    /^a=rtpmap:(\d+) (\S+)/,
    table`
      $& | a=rtpmap:$1 foo/90000 | a=rtpmap:$1 PCMA/8000 | a=rtpmap:$1 VP9/90000 | a=rtpmap:200 $2
      a=rtpmap:30 $2
    `,
  ),
  "codec gone but its number": (draft, random) => {
    const found = find(draft, /^a=rtpmap:/);
    if (found.length === 0) return undefined;
    const line = draft.lines[random.pick(found)] ?? "";
    const number = /\d+/.exec(line)?.[0];
    draft.lines = draft.lines.filter(
      (text) => !new RegExp(`^a=(?:rtpmap|fmtp|rtcp-fb):${number} `).test(text),
    );
    return line;
  },
  "drop fmtp": drop(/^a=fmtp:/),
  fmtp: alter(
    /^a=fmtp:(\S+) (.*)/,
    table`
      a=fmtp:$1 | a=fmtp:$1␠ | a=fmtp: | a=fmtp:x $2 | a=fmtp:1 $2 | a=fmtp:128 $2
      a=fmtp:$1 foo=bar | a=fmtp:$1 foo | a=fmtp:$1 $2;foo=bar | a=fmtp:$1 $2; | a=fmtp:$1 ;;$2
      a=fmtp:$1 = | a=fmtp:$1 $2;$2 | a=fmtp: $1 $2 | a=fmtp:* $2 | a=fmtp:$1 apt=
      a=fmtp:$1 apt=x | a=fmtp:$1 apt=1 | a=fmtp:$1 apt=$1 | a=fmtp:$1 apt=300 | a=fmtp:$1  $2
    `,
  ),
  "fmtp spacing": alter(
    /^a=fmtp:(\S+) (.*;.*)/,
    (match) => `a=fmtp:${match[1]} ${match[2]?.replaceAll(";", "; ")}`,
  ),
  "fmtp in capitals": alter(
    /^a=fmtp:(\S+) (.*=.*)/,
    (match) => `a=fmtp:${match[1]} ${match[2]?.toUpperCase()}`,
  ),
  apt: alter(/^a=fmtp:(\S+) apt=(\d+)/, (match, random, draft) => {
    const start = section(draft, random, /^m=video/) ?? 0;
    return `a=fmtp:${match[1]} apt=${random.pick([...payloadTypes(draft, start), "1", "x", "128", ""])}`;
  }),
  "rtx-time": alter(/^a=fmtp:(\S+) (apt=\d+)/, [
    "a=fmtp:$1 $2;rtx-time=3000",
    "a=fmtp:$1 rtx-time=3000",
    "a=fmtp:$1 rtx-time=x;$2",
  ]),
  "H264 parameters": alter(
    /^a=fmtp:(\d+) .*profile-level-id=.*/,
    table`
      a=fmtp:$1 profile-level-id=42e01f | a=fmtp:$1 packetization-mode=1
      a=fmtp:$1 profile-level-id=640c1f;packetization-mode=1 | a=fmtp:$1 profile-level-id=foo
      a=fmtp:$1 profile-level-id=42e0 | a=fmtp:$1 profile-level-id=42e01f;packetization-mode=2
      a=fmtp:$1 profile-level-id=42e01f;packetization-mode=1;level-asymmetry-allowed=0
      a=fmtp:$1 profile-level-id=42E034;packetization-mode=1;level-asymmetry-allowed=1
      a=fmtp:$1 profile-level-id=42e00a;packetization-mode=1
      a=fmtp:$1 profile-level-id=f4001f;packetization-mode=1
      a=fmtp:$1 profile-level-id=;packetization-mode=x | a=fmtp:$1 profile-level-id=000000
      a=fmtp:$1 profile-level-id=4d001f;packetization-mode=1;sprop-parameter-sets=Z0IACpZTBYmI,aMljiA==
      a=fmtp:$1 profile-level-id=42001f;packetization-mode=0;max-br=2000
    `,
  ),
  "VP9 parameters": alter(
    /^a=fmtp:(\d+) profile-id=\d.*/,
    table`
      a=fmtp:$1 profile-id=0 | a=fmtp:$1 profile-id=1 | a=fmtp:$1 profile-id=2
      a=fmtp:$1 profile-id=9 | a=fmtp:$1 profile-id=x | a=fmtp:$1 x=y
    `,
  ),
  "AV1 parameters": alter(
    /^a=fmtp:(\d+) .*tier=.*/,
    table`
      a=fmtp:$1 profile=1 | a=fmtp:$1 profile=2;level-idx=5;tier=0 | a=fmtp:$1 level-idx=31;tier=1
      a=fmtp:$1 profile=x | a=fmtp:$1 level-idx=5;profile=0;tier=0
    `,
  ),
  "opus parameters": alter(
    /^a=fmtp:(\d+) (.*useinbandfec=1)/,
    table`
      a=fmtp:$1 $2;usedtx=1 | a=fmtp:$1 $2;stereo=1;sprop-stereo=1 | a=fmtp:$1 minptime=x
      a=fmtp:$1 maxaveragebitrate=9999999 | a=fmtp:$1 minptime=10; useinbandfec=1
      a=fmtp:$1 cbr=2;useinbandfec=x | a=fmtp:$1 maxplaybackrate=0
    `,
  ),
  "red parameters": alter(
    /^a=fmtp:(\d+) \d+(?:\/\d+)+/,
    table`
      a=fmtp:$1 111 | a=fmtp:$1 1/1 | a=fmtp:$1 111/x | a=fmtp:$1 $1/$1 | a=fmtp:$1 0/0
      a=fmtp:$1 111/111/111/111 | a=fmtp:$1 111/0
    `,
  ),
  "renumber payload type": (draft, random) => {
    const start = section(draft, random, rtp);
    if (start === undefined) return undefined;
    const used = payloadTypes(draft, start);
    const from = random.pick(used);
    const to = random.pick(unusedPayloadTypes.filter((number) => !used.includes(number)));
    renumber(draft, start, from, to);
    return `${from}->${to}`;
  },
  "renumber to a static one": (draft, random) => {
    const start = section(draft, random, rtp);
    if (start === undefined) return undefined;
    const used = payloadTypes(draft, start);
    const from = random.pick(used);
    const to = random.pick(
      ["0", "8", "9", "13", "18", "26", "31", "34"]
        .filter((number) => !used.includes(number))
        .concat("200"),
    );
    renumber(draft, start, from, to);
    return `${from}->${to}`;
  },
  "pt clash": (draft, random) => {
    const start = section(draft, random, rtp);
    if (start === undefined) return undefined;
    const used = payloadTypes(draft, start);
    const [from, to] = [random.pick(used), random.pick(used)];
    if (from === to) return undefined;
    renumber(draft, start, from, to);
    return `${from}->${to}`;
  },
  "pt clash between sections": (draft, random) => {
    const starts = find(draft, rtp);
    if (starts.length < 2) return undefined;
    const [one, other] = [starts[0] as number, starts[1] as number];
    const from = random.pick(payloadTypes(draft, other));
    const to = random.pick(payloadTypes(draft, one));
    if (from === to || payloadTypes(draft, other).includes(to)) return undefined;
    renumber(draft, other, from, to);
    return `${from}->${to}`;
  },
  "one codec": (draft, random) => {
    const start = section(draft, random, rtp);
    if (start === undefined) return undefined;
    const only = random.pick(payloadTypes(draft, start));
    const end = endOf(draft, start);
    const words = (draft.lines[start] ?? "").split(" ");
    draft.lines[start] = [...words.slice(0, 3), only].join(" ");
    draft.lines = draft.lines.filter((line, number) => {
      const payloadType = /^a=(?:rtpmap|fmtp|rtcp-fb):(\S+)/.exec(line)?.[1];
      return number <= start || number >= end || payloadType === undefined || payloadType === only;
    });
    return only;
  },
  "add codec": (draft, random) => {
    const start = section(draft, random, rtp);
    if (start === undefined) return undefined;
    const used = payloadTypes(draft, start);
    const free = random.pick(
      ["36", "37", "38", "60", "61", "62"].filter((number) => !used.includes(number)),
    );
    const codec = random.pick(table`
      H265/90000 | H263/90000 | foo/90000 | iLBC/8000 | speex/16000 | L16/44100/2 | ISAC/16000
      multiopus/48000/6 | telephone-event/16000 | CN/16000 | flexfec-03/90000 | ulpfec/90000
      red/90000 | rtx/90000 | H264/90000 | AV1/90000 | VP8/90000 | opus/48000/2 | AMR-WB/16000
    `);
    draft.lines[start] = (draft.lines[start] ?? "").replace(
      /^(m=\S+ \S+ \S+)/,
      random.chance(0.5) ? `$1 ${free}` : "$1",
    );
    if (!payloadTypes(draft, start).includes(free)) draft.lines[start] += ` ${free}`;
    draft.lines.splice(
      endOf(draft, start),
      0,
      `a=rtpmap:${free} ${codec}`,
      ...(random.chance(0.3) ? [`a=fmtp:${free} foo=1`] : []),
    );
    return `${free} ${codec}`;
  },

  // Header extensions
  "drop extmap": drop(/^a=extmap:/),
  extmap: alter(
    /^a=extmap:([^ /]+)(\S*) (.*)/,
    table`
      a=extmap:0$2 $3 | a=extmap:15$2 $3 | a=extmap:16$2 $3 | a=extmap:255$2 $3
      a=extmap:256$2 $3 | a=extmap:4096$2 $3 | a=extmap:x$2 $3 | a=extmap:-1$2 $3 | a=extmap:$1
      a=extmap: | a=extmap:$1/sendonly $3 | a=extmap:$1/recvonly $3 | a=extmap:$1/inactive $3
      a=extmap:$1/foo $3 | a=extmap:$1$2 urn:foo | a=extmap:$1$2 foo bar | a=extmap:$1$2 $3 foo
      a=extmap: $1$2 $3 | a=extmap:$1$2 urn:ietf:params:rtp-hdrext:encrypt $3 | a=extmap:14$2 $3
      a=extmap:1$2 $3 | a=extmap:2$2 $3 | a=extmap:3$2 $3 | a=extmap:$1$2  $3 | a=extmap:$1.5 $3
    `,
  ),
  "dup extmap": double(
    /^a=extmap:(\S+) (.*)/,
    table`
      $& | a=extmap:13 $2 | a=extmap:$1 urn:foo | a=extmap:12 urn:foo
      a=extmap:13 urn:ietf:params:rtp-hdrext:sdes:mid
    `,
  ),
  "extmap-allow-mixed": add(["a=extmap-allow-mixed", "a=extmap-allow-mixed:x"], rtp),
  "drop extmap-allow-mixed": drop(/^a=extmap-allow-mixed/),

  // Sources and streams
  "drop msid": drop(/^a=msid:/),
  msid: alter(
    /^a=msid:(\S+) ?(\S*)/,
    table`
      a=msid:$1 | a=msid: | a=msid:- $2 | a=msid:$1 $2 foo | a=msid: $1 $2 | a=msid:$1 $1
      a=msid:a/b $2 | a=msid:- - | a=msid:한글 $2
    `,
  ),
  "dup msid": double(
    /^a=msid:(\S+) ?(\S*)/,
    table`
      $& | a=msid:other $2 | a=msid:$1 other | a=msid:other other
    `,
  ),
  "add ssrc": add(
    table`
      a=ssrc:1 cname:x | a=ssrc:x cname:x | a=ssrc:4294967295 cname:x | a=ssrc:4294967296 cname:x
      a=ssrc:0 cname:x | a=ssrc:1 | a=ssrc: | a=ssrc:1 foo | a=ssrc:1 foo:bar | a=ssrc:1 msid:a b
      a=ssrc:1 msid:a | a=ssrc:-1 cname:x | a=ssrc:1 cname:
    `,
    rtp,
  ),
  ssrc: alter(
    /^a=ssrc:(\d+) ([^:]+):(.*)/,
    table`
      a=ssrc:x $2:$3 | a=ssrc:$1 | a=ssrc:$1 $2 | a=ssrc:1 $2:$3 | a=ssrc:99999999999 $2:$3
      a=ssrc:$1 $2: $3 | a=ssrc:$1  $2:$3 | a=ssrc:$1 cname:
    `,
  ),
  "drop ssrc": drop(/^a=ssrc:/),
  "ssrc clash": (draft, random) => {
    const sources = [
      ...new Set(draft.lines.flatMap((line) => /^a=ssrc:(\d+)/.exec(line)?.[1] ?? [])),
    ];
    if (sources.length < 2) return undefined;
    const [from, to] = [random.pick(sources), random.pick(sources)];
    if (from === to) return undefined;
    draft.lines = draft.lines.map((line) =>
      line.replace(new RegExp(`^a=ssrc:${from}(?= )`), `a=ssrc:${to}`),
    );
    return `${from}->${to}`;
  },
  "ssrc-group": add(
    table`
      a=ssrc-group:FID 1 2 | a=ssrc-group:SIM 1 2 3 | a=ssrc-group:FID 1 | a=ssrc-group:FID
      a=ssrc-group: | a=ssrc-group:foo 1 2 | a=ssrc-group:FID x y | a=ssrc-group:FEC-FR 1 2
    `,
    rtp,
  ),
  "alter ssrc-group": alter(
    /^a=ssrc-group:(\S+) (\S+) (\S+)/,
    table`
      a=ssrc-group:$1 $2 | a=ssrc-group:$1 $3 $2 | a=ssrc-group:$1 $2 $2 | a=ssrc-group:$1 1 2
      a=ssrc-group:foo $2 $3 | a=ssrc-group:$1 $2 x
    `,
  ),

  // Simulcast
  "add rid": add(
    table`
      a=rid:a send | a=rid:a recv | a=rid:a foo | a=rid:a | a=rid: | a=rid:a send pt=96
      a=rid:a send pt=1 | a=rid:a send pt=x | a=rid:a send max-width=640;max-height=360
      a=rid:a send foo=1 | a=rid:a-b send | a=rid:a_b send | a=rid:한 send
      a=rid:0123456789abcdefg send
    `,
    rtp,
  ),
  "add simulcast": add(
    table`
      a=simulcast:send a;b | a=simulcast:recv a;b | a=simulcast:send a;b recv c | a=simulcast:send
      a=simulcast: | a=simulcast:foo a | a=simulcast: send rid=a;b | a=simulcast:send a,b;~c
      a=simulcast:send a;a
    `,
    rtp,
  ),
  "simulcast with rids": (draft, random) => {
    const start = section(draft, random, rtp);
    if (start === undefined) return undefined;
    const side = random.pick(["send", "recv"]);
    const lines = [
      `a=rid:1 ${side}`,
      `a=rid:2 ${side}`,
      `a=simulcast:${side} 1;${random.pick(["2", "~2", "3", "2;3"])}`,
    ];
    draft.lines.splice(endOf(draft, start), 0, ...lines);
    return lines.join(" | ");
  },
  rid: alter(
    /^a=rid:(\S+) (\S+)(.*)/,
    table`
      a=rid:$1 | a=rid:$1 recv | a=rid:$1 foo | a=rid:x $2$3 | a=rid:$1 $2 pt=1
      a=rid:$1 $2 pt=97 | a=rid:$1 $2 max-fps=30 | a=rid:$1 $2 max-fps=x | a=rid:a-$1 $2$3
      a=rid: $1 $2$3 | a=rid:$1 $2 pt=97,98;max-br=1000
    `,
  ),
  "dup rid": double(/^a=rid:(\S+) (\S+)/, ["$&", "a=rid:$1 recv", "a=rid:extra send"]),
  "drop rid": drop(/^a=rid:/),
  simulcast: alter(
    /^a=simulcast:(\S+) ([^;]+);(.*)/,
    table`
      a=simulcast:$1 $2 | a=simulcast:$1 $2;$3;x | a=simulcast:recv $2;$3 | a=simulcast:$1 $2,$3
      a=simulcast:$1 ~$2;$3 | a=simulcast:$1 $2;$3 recv $2 | a=simulcast:$1
      a=simulcast:$1 $2;;$3 | a=simulcast:$1 $2;$3;$2 | a=simulcast:$1 rid=$2;$3
      a=simulcast: $1 $2;$3
    `,
  ),
  "drop simulcast": drop(/^a=simulcast:/),
  "dup simulcast": double(/^a=simulcast:.*/),

  // Data channels
  "drop sctp-port": drop(/^a=sctp-port:/),
  "sctp-port": alter(
    /^a=sctp-port:.*/,
    table`
      a=sctp-port:0 | a=sctp-port:x | a=sctp-port:65536 | a=sctp-port:65535 | a=sctp-port:
      a=sctp-port:5001 | a=sctp-port: 5000 | a=sctp-port:-1 | a=sctp-port:5000 5000
    `,
  ),
  "max-message-size": alter(
    /^a=max-message-size:.*/,
    table`
      a=max-message-size:0 | a=max-message-size:x | a=max-message-size:1
      a=max-message-size:99999999999 | a=max-message-size:99999999999999999999
      a=max-message-size:-1 | a=max-message-size: | a=max-message-size:65536
      a=max-message-size: 100
    `,
  ),
  "drop max-message-size": drop(/^a=max-message-size:/),
  "sctp line": add(
    table`
      a=sctpmap:5000 webrtc-datachannel 1024 | a=sctpmap:x | a=sctp-port:5000 | a=sctp-port:5001
      a=max-message-size:1000 | a=dcmap:0 label="x" | a=rtpmap:96 VP8/90000 | a=rtcp-mux
      a=sctpmap:5001 foo 16
    `,
    /^m=application/,
  ),
  "old data section": (draft) => {
    const start = find(draft, /^m=application /)[0];
    if (start === undefined) return undefined;
    draft.lines[start] = "m=application 9 DTLS/SCTP 5000";
    draft.lines = draft.lines.map((line) =>
      line.replace(/^a=sctp-port:(\d+)/, "a=sctpmap:$1 webrtc-datachannel 1024"),
    );
    return "";
  },

  // Attributes that few use
  "rare attribute": add(
    table`
      a=ptime:20 | a=ptime:x | a=ptime:0 | a=maxptime:60 | a=maxptime: | a=framerate:30
      a=framerate:x | a=framesize:96 640-480 | a=imageattr:96 send [x=640,y=480] | a=imageattr:x
      a=content:main | a=label:1 | a=quality:5 | a=x-google-flag:conference
      a=fmtp:96 x-google-max-bitrate=2000 | a=connection:new | a=bundle-only | a=depend:96 lay 1
      a=rtcp-fb:* nack | a=rtcp-fb:* transport-cc | a=key-mgmt:mikey x
      a=packetization-supported:raw | a=packetization:96 raw | a=sprop-foo | a=i=x
      a=extmap-allow-mixed | a=ts-refclk:ntp=/traceable/ | a=mediaclk:direct=0
      a=zrtp-hash:1.10 x | a=ssrc-group:FID 1 2 | a=source-filter: incl IN IP4 * 192.0.2.1
      a=confid:1 | a=floorctrl:c-only | a=cname:x
    `,
    rtp,
  ),
  "remove all of one attribute": (draft, random) => {
    const names = [...new Set(draft.lines.flatMap((line) => /^a=([\w-]+)/.exec(line)?.[1] ?? []))];
    if (names.length === 0) return undefined;
    const name = random.pick(names);
    draft.lines = draft.lines.filter(
      (line) => !(line === `a=${name}` || line.startsWith(`a=${name}:`)),
    );
    return name;
  },
};
