/** The order in which a written date has day and month. */
export type DateOrder = "day-month" | "month-day";

/** A date and time as a machine's locale wrote it, without its zone. */
export interface LocaleTime {
  /** Milliseconds since 1970, as if the zone were UTC. */
  readonly at: number;
  /** Day and month could stand the other way round. */
  readonly isAmbiguous: boolean;
}

/**
 * Reads what `toLocaleString` wrote on some machine; `undefined` for a text that is no date and time.
 *
 *     11/5/2020, 9:35:34 PM      2020. 11. 5. 오후 9:35:34      5.11.2020, 21:35:34      2020/11/5 下午9:35:34
 *
 * A year comes first or last. Before a year that comes last, dots and dashes mean that the day comes first; with slashes
 * a number over 12 tells, or else `AM`/`PM` as the United States write it; `order` decides where it is given.
 */
export function readLocaleTime(text: string, order?: DateOrder): LocaleTime | undefined {
  if (text.length > 64) return undefined;
  const plain = text.replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660));
  const numbers = plain.match(/\d+/g)?.map(Number);
  const [first, second, third, hour = 0, minute = 0, seconds = 0] = numbers ?? [];
  if (first === undefined || second === undefined || third === undefined) return undefined;
  if ((numbers?.length ?? 0) < 5) return undefined;

  let day = first;
  let month = second;
  let year = third;
  let isAmbiguous = false;
  if (first > 31) [year, month, day] = [first, second, third];
  else {
    isAmbiguous = plain.includes("/") && first <= 12 && second <= 12 && first !== second;
    const isMonthFirst = isAmbiguous
      ? (order ?? (/[AP]M/.test(plain) ? "month-day" : "day-month")) === "month-day"
      : plain.includes("/") && second > 12;
    if (isMonthFirst) [month, day] = [first, second];
  }
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 24 || minute > 59) return undefined;
  const at = Date.UTC(
    year < 100 ? 2000 + year : year,
    month - 1,
    day,
    hours(plain, hour),
    minute,
    seconds,
  );
  return Number.isFinite(at) ? { at, isAmbiguous } : undefined;
}

function hours(text: string, hour: number): number {
  if (/오후|下午|午後|晚上|p\.?\s?m/i.test(text)) return hour < 12 ? hour + 12 : hour;
  if (/오전|上午|午前|凌晨|a\.?\s?m/i.test(text)) return hour === 12 ? 0 : hour;
  return hour;
}
