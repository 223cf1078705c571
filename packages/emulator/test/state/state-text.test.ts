import { expect, test } from "vitest";
import { type Line, readDocument, readLines, toDocumentText } from "../../src/state/state-text.ts";

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const bytes = (text: string, size: number): Uint8Array[] => {
  const whole = new TextEncoder().encode(text);
  return Array.from({ length: Math.ceil(whole.length / size) }, (_, index) =>
    whole.slice(index * size, (index + 1) * size),
  );
};

test.each([1, 2, 7, 1000])(
  "reads lines from pieces of %i bytes, without empty ones and a byte order mark",
  async (size) => {
    const text = '\uFEFF{"a":"😀"}\n\r\n{"b":1}\r\n\n{"c":2}';
    const lines = [
      { number: 1, text: '{"a":"😀"}' },
      { number: 3, text: '{"b":1}\r' },
      { number: 5, text: '{"c":2}' },
    ];
    expect(await all(readLines(bytes(text, size)))).toEqual(lines);
    expect(await all(readLines([text]))).toEqual(lines);
  },
);

test("rejects text that is not UTF-8, and a line that does not end", async () => {
  await expect(all(readLines([new Uint8Array([0x7b, 0xff])]))).rejects.toThrow("The text is not UTF-8.");
  await expect(all(readLines([new Uint8Array([0x7b, 0xe4])]))).rejects.toThrow("The text is not UTF-8.");
  const endless = Array.from({ length: 40 }, () => " ".repeat(1024 * 1024));
  await expect(all(readLines(["{}\n", ...endless]))).rejects.toThrow(
    /^Line 2 has more than 16777216 characters\. Write/,
  );
});

/** Lines of an export, of more than a document has that is parsed as a whole. */
const entries = Array.from({ length: 2000 }, (_, index) => ({ sdkAppId: index, accounts: ["x".repeat(800)] }));
const lines = async function* (): AsyncGenerator<string> {
  for (const entry of entries) yield `${JSON.stringify(entry)}\n`;
};
const documentText = async (): Promise<string> => (await all(toDocumentText(lines()))).join("");

test("writes lines as a JSON document, which is read line by line and has no limit", async () => {
  const text = await documentText();
  expect(JSON.parse(text)).toEqual({ apps: entries });
  for (const pieces of [bytes(text, 100_000), bytes(text.replaceAll("\n", "\r\n"), 100_000), ["\uFEFF", text]]) {
    const read = await readDocument(pieces, 1_200_000);
    const found = await all((read as { lines: AsyncIterable<Line> }).lines);
    expect(found.map((line) => JSON.parse(line.text) as unknown)).toEqual(entries);
    expect(found[0]?.number).toBe(2);
  }
  expect((await all(toDocumentText((async function* () {})()))).join("")).toBe('{"apps":[]}\n');
});

test("reads any other document as a whole, up to its limit", async () => {
  const spaced = JSON.stringify({ apps: entries }, null, 2);
  expect(await readDocument(bytes(spaced, 100_000), 3_000_000)).toEqual({ document: { apps: entries } });
  expect(await readDocument(["\uFEFF", '{"apps":[\n]}'], 100)).toEqual({ document: { apps: [] } });
  await expect(readDocument(bytes(spaced, 100_000), 1_500_000)).rejects.toThrow(
    /^A JSON document must have at most 1500000 bytes, unless .* Send lines of JSON as application\/x-ndjson/,
  );
  await expect(readDocument(["{"], 100)).rejects.toThrow(/^The text is not JSON: /);
});

test("rejects a document of lines whose end is missing, or that goes on behind it", async () => {
  const text = await documentText();
  const read = async (changed: string): Promise<unknown> =>
    all(((await readDocument([changed], 1_200_000)) as { lines: AsyncIterable<Line> }).lines);
  await expect(read(text.replace("\n]}", ""))).rejects.toThrow("The document has no end: its last line must be ]}.");
  await expect(read(`${text}{}\n`)).rejects.toThrow("Line 2003 is behind the end of the document.");
});
