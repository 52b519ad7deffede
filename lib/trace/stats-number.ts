/** A number of the statistics: exact where it was written as a long text of digits. */
export type StatsNumber = number | bigint;

/**
 * Reads a value of the statistics as a number: finite numbers, and the texts of digits that engines and dumps write for
 * 64-bit counters (`"18446744073709551615"`, `"12n"`) and for fractions (`"0.25"`). `undefined` for everything else.
 */
export function statsNumber(value: unknown): StatsNumber | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value !== "string" || value.length === 0 || value.length > LONGEST) return undefined;
  if (!/^-?\d+(?:\.\d+|n)?$/.test(value)) return undefined;
  const digits = value.endsWith("n") ? value.slice(0, -1) : value;
  const number = Number(digits);
  return Number.isSafeInteger(number) || digits.includes(".") ? number : BigInt(digits);
}

/** More digits than any counter has. */
const LONGEST = 40;

/** What is left between two of them. */
export function difference(later: StatsNumber, earlier: StatsNumber): number {
  if (typeof later === "number" && typeof earlier === "number") return later - earlier;
  if (!isWhole(later) || !isWhole(earlier)) return Number(later) - Number(earlier);
  return Number(BigInt(later) - BigInt(earlier));
}

function isWhole(value: StatsNumber): boolean {
  return typeof value === "bigint" || Number.isInteger(value);
}
