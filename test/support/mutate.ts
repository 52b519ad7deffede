/** A source of numbers from 0 up to, not including, `below`; the same seed gives the same numbers. */
export type Chance = (below: number) => number;

/** Numbers from a seed (mulberry32). */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000) * below);
  };
}

/** What breaks parsers: line ends, separators of every grammar, numbers at their limits, characters that are none. */
const pieces: readonly string[] = [
  "\r",
  "\n",
  "\r\n",
  "\0",
  " ",
  "  ",
  "\t",
  "=",
  ":",
  ";",
  ",",
  "/",
  "~",
  "-1",
  "0",
  "65536",
  "4294967296",
  "18446744073709551616",
  "99999999999999999999999999",
  "NaN",
  "\ud800",
  "\ufeff",
  "가",
  "a=",
  "m=",
  "m=audio 9 UDP/TLS/RTP/SAVPF",
  "a=mid:",
  "a=mid:0",
  "a=candidate:",
  "a=simulcast:send ",
  "a=group:BUNDLE",
  "__proto__",
  "constructor",
];

/** A text with one to six changes: a piece put in, a stretch cut out, doubled or moved, a line dropped, doubled or swapped. */
export function mutate(text: string, chance: Chance): string {
  let result = text;
  for (let change = chance(6); change >= 0; change--) result = mutateOnce(result, chance);
  return result;
}

function mutateOnce(text: string, chance: Chance): string {
  const at = chance(text.length + 1);
  const to = Math.min(text.length, at + chance(30));
  switch (chance(8)) {
    case 0:
      return text.slice(0, at) + pieces[chance(pieces.length)] + text.slice(at);
    case 1:
      return text.slice(0, at) + text.slice(to);
    case 2:
      return text.slice(0, to) + text.slice(at);
    case 3:
      return text.slice(0, at) + pieces[chance(pieces.length)] + text.slice(to);
    case 4:
      return text.slice(0, at) + String.fromCharCode(chance(0x110)) + text.slice(at + 1);
    case 5: {
      const cut = text.slice(at, to);
      const rest = text.slice(0, at) + text.slice(to);
      const place = chance(rest.length + 1);
      return rest.slice(0, place) + cut + rest.slice(place);
    }
    default: {
      const lines = text.split("\n");
      const one = chance(lines.length);
      const other = chance(lines.length);
      const line = lines[one] as string;
      if (chance(3) === 0) lines.splice(one, 1);
      else if (chance(2) === 0) lines.splice(other, 0, line);
      else {
        lines[one] = lines[other] as string;
        lines[other] = line;
      }
      return lines.join("\n");
    }
  }
}
