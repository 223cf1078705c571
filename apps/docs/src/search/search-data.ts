/** What the page tells the search. */
export interface SearchData {
  /** Address of Pagefind's folder. */
  readonly bundle: string;
  readonly words: Readonly<Record<SearchWord, string>>;
  /** The languages of the site with the address of their home page, the page's own first. */
  readonly languages: readonly { readonly lang: string; readonly label: string; readonly home: string }[];
}

/** The texts of the dialog. */
export type SearchWord = (typeof searchWords)[number];

/** Keys of the dialog's texts, without `search.`. */
export const searchWords = [
  "label",
  "hint",
  "searching",
  "one",
  "many",
  "none",
  "offline",
  "failed",
  "again",
  "close",
  "keys",
  "other",
] as const;
