/**
 * Runs Pagefind for one language. Pagefind finds nothing, instead of failing, where a file of its index does not arrive: this worker looks at each file itself, and
 * reports the failure.
 */

/** First message to the worker: where the index is. */
export interface SearchSetUp {
  /** Address of Pagefind's folder. */
  readonly bundle: string;
  /** Language of the index, as its pages name it. */
  readonly language: string;
}

/** A question to the worker. */
export interface SearchQuestion {
  readonly words: string;
  /** How many of the best results are returned with their texts. */
  readonly most: number;
}

/** A place that was found: a page, or a part of one. */
export interface FoundPlace {
  readonly title: string;
  readonly url: string;
  /** Words around what was found, which is between `<mark>` and `</mark>`. `<` and `>` of the page are entities. */
  readonly excerpt: string;
}

/** A page that was found, with the parts of it that fit best. */
export interface FoundPage extends FoundPlace {
  readonly parts: readonly FoundPlace[];
}

/** The answer to a question. */
export type SearchAnswer =
  | { readonly words: string; readonly count: number; readonly pages: readonly FoundPage[] }
  | { readonly words: string; readonly failed: string };

interface Pagefind {
  createInstance(options: object): {
    search(words: string): Promise<{
      results: readonly {
        data(): Promise<{
          url: string;
          excerpt: string;
          meta: Readonly<Record<string, string>>;
          sub_results: readonly (FoundPlace & { readonly anchor?: object })[];
        }>;
      }[];
    }>;
  };
}

/** Seconds after which a file counts as lost. */
const timeoutSeconds = 20;
/** Parts of a page that are shown. */
const mostParts = 3;

let failure: unknown;
const load = globalThis.fetch;
globalThis.fetch = async (input, init) => {
  try {
    const response = await load(input, { ...init, signal: AbortSignal.timeout(timeoutSeconds * 1000) });
    if (!response.ok) throw new Error(`HTTP ${response.status} for ${response.url}`);
    return new Response(await unzip(await response.arrayBuffer()));
  } catch (error) {
    failure = error;
    throw error;
  }
};

/** Returns a file of the index as Pagefind wants it, unzipped here: Pagefind would go on without a damaged one. */
async function unzip(file: ArrayBuffer): Promise<ArrayBuffer> {
  const start = new Uint8Array(file, 0, Math.min(2, file.byteLength));
  if (start[0] === 0x1f && start[1] === 0x8b)
    return new Response(new Blob([file]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  const text = new TextDecoder().decode(file.slice(0, 16));
  if (text.startsWith("{") || text.startsWith("pagefind_dcd")) return file;
  throw new Error("A file of the index is damaged.");
}

let instance: Promise<ReturnType<Pagefind["createInstance"]>> | undefined;

async function setUp({ bundle, language }: SearchSetUp): Promise<ReturnType<Pagefind["createInstance"]>> {
  // Pagefind takes the language from its page, and would take that of the most pages here, where there is none.
  const html = { getAttribute: () => language };
  Object.assign(globalThis, { document: { querySelector: () => html } });
  const pagefind = (await import(/* @vite-ignore */ `${bundle}pagefind.js`)) as Pagefind;
  // What is in a page's title or its other names comes before what is in its text.
  return pagefind.createInstance({
    basePath: bundle,
    ranking: { metaWeights: { title: 5, words: 3, names: 4, fields: 8, also: 20, image: 0, image_alt: 0 } },
  });
}

async function find({ words, most }: SearchQuestion): Promise<SearchAnswer> {
  failure = undefined;
  const { results } = await (await instance!).search(words);
  const found = await Promise.all(results.slice(0, most).map((result) => result.data()));
  if (failure !== undefined) throw failure;
  const pages = found.map(({ url, excerpt, meta, sub_results: parts }) => ({
    title: meta["title"] ?? url,
    url,
    excerpt,
    parts: parts
      // The page itself, or its heading, is no part of it.
      .filter(({ anchor, title }) => anchor !== undefined && title !== meta["title"])
      // A field with this very name, then the order of the page.
      .toSorted((one, other) => Number(isNamed(other, words)) - Number(isNamed(one, words)))
      .slice(0, mostParts)
      .map(({ title, url: at, excerpt: around }) => ({ title, url: at, excerpt: around })),
  }));
  return { words, count: results.length, pages };
}

/** Whether a part of a page has what was searched for as its name, or as the last step of the path of a field. */
function isNamed({ title }: FoundPlace, words: string): boolean {
  return (
    title
      .split(/[.[\]]+/)
      .at(-1)
      ?.toLowerCase() === words.toLowerCase()
  );
}

addEventListener("message", ({ data }: MessageEvent<SearchSetUp | SearchQuestion>) => {
  if ("bundle" in data) {
    instance = setUp(data);
    // A question reports it.
    instance.catch(() => {});
    return;
  }
  void find(data)
    .catch((error: unknown): SearchAnswer => ({ words: data.words, failed: String(error) }))
    .then((answer) => postMessage(answer, { transfer: [] }));
});
