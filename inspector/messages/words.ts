import type { Language } from "../../lib/index.ts";
import en from "./en.json" with { type: "json" };

/** The name of a text of the page. */
export type Word = keyof typeof en;

/** What fills a text's places, by name; `n` also chooses between singular and plural. */
export type Values = Readonly<Record<string, string | number>>;

/** Gives a text of the page in one language. */
export type Say = (word: Word, values?: Values) => string;

type Book = Readonly<Record<Word, string>>;

/** English is always there; another language comes when somebody reads it. */
const books: { readonly en: Book; ko?: Book } = { en };

/** Brings a language's texts; `wordsOf` has them from then on. */
export async function loadWords(lang: Language): Promise<void> {
  if (lang === "ko") books.ko ??= (await import("./ko.json", { with: { type: "json" } })).default;
}

/**
 * The page's texts in a language, in English as long as that language is not loaded.
 * Where a text has two forms, `one|many`, the value `n` chooses.
 */
export function wordsOf(lang: Language): Say {
  const book = books[lang] ?? books.en;
  return (word, values = {}) => {
    const forms = book[word].split("|");
    const form = (values["n"] === 1 ? forms[0] : forms.at(-1)) ?? "";
    return form.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
  };
}

/** Whether a text that was put together is one of the page's. */
export function isWord(text: string): text is Word {
  return Object.hasOwn(en, text);
}
