import { describe, expect, test } from "vitest";
import { readLocaleTime } from "../../lib/trace/locale-time.ts";

const iso = (text: string, order?: "day-month" | "month-day"): string | undefined => {
  const read = readLocaleTime(text, order);
  return read && new Date(read.at).toISOString().slice(0, 19);
};

describe("a locale's time", () => {
  test.each([
    ["11/5/2020, 9:35:34 PM", "2020-11-05T21:35:34"],
    ["11/5/2020, 9:35:34\u202fPM", "2020-11-05T21:35:34"],
    ["11/5/2020, 12:00:01 AM", "2020-11-05T00:00:01"],
    ["11/5/2020, 12:00:01 PM", "2020-11-05T12:00:01"],
    ["05/11/2020, 21:35:34", "2020-11-05T21:35:34"],
    ["5/11/2020, 9:35:34 pm", "2020-11-05T21:35:34"],
    ["25/11/2020 21:35:34", "2020-11-25T21:35:34"],
    ["11/25/2020, 21:35:34", "2020-11-25T21:35:34"],
    ["5.11.2020, 21:35:34", "2020-11-05T21:35:34"],
    ["5-11-2020 21:35:34", "2020-11-05T21:35:34"],
    ["2020-11-05 21:35:34", "2020-11-05T21:35:34"],
    ["2020/11/5 21:35:34", "2020-11-05T21:35:34"],
    ["2020/11/5 下午9:35:34", "2020-11-05T21:35:34"],
    ["2020/11/5 午前9:35:34", "2020-11-05T09:35:34"],
    ["2020. 11. 5. 오후 9:35:34", "2020-11-05T21:35:34"],
    ["2024. 3. 5. 오후 3:04:05", "2024-03-05T15:04:05"],
    ["2024. 3. 5. 오전 12:04:05", "2024-03-05T00:04:05"],
    ["5/11/2020 9:35:34 p. m.", "2020-11-05T21:35:34"],
    ["٥/١١/٢٠٢٠, ٢١:٣٥:٣٤", "2020-11-05T21:35:34"],
  ])("%s is %s", (text, expected) => {
    expect(iso(text)).toBe(expected);
  });

  test("says where day and month could be swapped, and takes the order that it is told", () => {
    expect(readLocaleTime("05/11/2020, 21:35:34")?.isAmbiguous).toBe(true);
    expect(iso("05/11/2020, 21:35:34", "month-day")).toBe("2020-05-11T21:35:34");
    expect(readLocaleTime("25/11/2020, 21:35:34")?.isAmbiguous).toBe(false);
    expect(iso("25/11/2020, 21:35:34", "month-day")).toBe("2020-11-25T21:35:34");
  });

  test.each(["", "now", "12:30", "2020", "99/99/2020, 1:2:3", `${"1/".repeat(1000)}`])(
    "%j is none",
    (text) => {
      expect(readLocaleTime(text)).toBeUndefined();
    },
  );
});
