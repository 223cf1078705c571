import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { humanTexts } from "../../bundle/human-texts.ts";
import { valuesOf } from "../../bundle/placeholders.ts";
import { type Edit, edited, makeFrom } from "../edited.ts";
import { bundle, folder } from "./bundle.ts";

/** The names of values that are derived from another one. */
const derived = /^rates$|^limits\.\w+\.\w+$/;

const languages = ["en", ...readdirSync(join(folder, "overlays")).map((name) => name.replace(".yaml", ""))];

/** The human texts of the description as it would be with the edits, by language and pointer. */
async function textsWith(edits: Record<string, Edit>): Promise<{ problems: readonly string[]; texts: Texts }> {
  const made = await makeFrom(edited(edits, folder), folder);
  const { files, problems } = await made.translate();
  const all = { ...made.files, ...files };
  const texts = languages.flatMap((language) => {
    const text =
      all[join(folder, language === "en" ? "dist/openapi.json" : `dist/translations/openapi.${language}.json`)];
    return text === undefined ? [] : [[language, humanTexts(JSON.parse(text))] as const];
  });
  return { problems: [...made.problems, ...problems], texts: new Map(texts) };
}

type Texts = ReadonlyMap<string, ReadonlyMap<string, string>>;

const { texts: before } = await textsWith({});
const values = [...valuesOf(bundle)];
const followed = new Set<string>();

test.each(values.filter(([name]) => !derived.test(name)))(
  "an edit of %s is followed by the texts in all languages, or reported at a line",
  async (name, value) => {
    const edit = value === 0 ? 7 : 2 * value;
    const { problems, texts } = await textsWith(editOf(name, edit));
    if (problems.length > 0) {
      for (const problem of problems) expect(problem).toMatch(/^openapi\/[\w./-]+:\d+:\d+ \S/);
      return;
    }
    // The same length of time in years is another number.
    const written = values.filter(([other]) => `${other}.`.startsWith(`${name}.`)).map(([, number]) => number);
    const changed = languages.map((language) =>
      [...before.get(language)!].filter(([at, text]) => texts.get(language)!.get(at) !== text),
    );
    for (const [index, language] of languages.entries()) {
      expect(changed[index]!.map(([at]) => at)).toEqual(changed[0]!.map(([at]) => at));
      for (const [at, text] of changed[index]!) {
        const after = texts.get(language)!.get(at)!;
        expect(
          written.some((number) => count(after, (number * edit) / value) > count(text, (number * edit) / value)),
        ).toBe(true);
        expect(written.some((number) => count(after, number) < count(text, number))).toBe(true);
      }
    }
    if (changed.every((inOne) => inOne.length > 0)) followed.add(name);
  },
);

test("the limits that users meet are in the texts of each language", () => {
  expect([...followed]).toEqual(
    expect.arrayContaining([
      "limits.groupsPerUser",
      "limits.groupedConversations",
      "limits.markedConversations",
      "limits.serviceTimeout",
      "limits.userSigValidity",
      "schemas.GroupName.maxBytesDisputed",
      "schemas.CustomMark.maxBytes",
      "schemas.GroupContactItem.ContactItem.maxItems",
      "schemas.SearchContactGroupRequest.ContactItem.maxItems",
    ]),
  );
});

/** The edit, by file, that gives a value of the description another number. */
function editOf(name: string, value: number): Record<string, Edit> {
  const [kind, owner, ...steps] = name.split(".") as [string, string, ...string[]];
  if (kind === "limits") return { "limits.yaml": (limits) => (limits[owner].maximum = value) };
  if (kind === "errors") {
    const edit: Edit = (entries) => {
      const entry = entries.find(({ code }: { code: number }) => code === Number(owner));
      if (entry !== undefined) entry.retryAfterSeconds = value;
    };
    return Object.fromEntries(readdirSync(join(folder, "errors")).map((file) => [`errors/${file}`, edit]));
  }
  if (kind === "rates") {
    const files = readdirSync(join(folder, "paths/recentcontact")).map((file) => `paths/recentcontact/${file}`);
    const file = files.find((path) => parse(readFileSync(join(folder, path), "utf8")).post.operationId === owner)!;
    return { [file]: ({ post }) => (post["x-rateLimit"].calls = value) };
  }
  const schema = { schemas: "", parameters: "schema", securitySchemes: "x-schema" }[kind]!;
  const file = readdirSync(join(folder, "components", kind)).find((path) => {
    const content = parse(readFileSync(join(folder, "components", kind, path), "utf8"));
    return path === `${owner}.yaml` || content.name === owner;
  });
  return { [`components/${kind}/${file}`]: (content) => set(schema === "" ? content : content[schema], steps, value) };
}

/** Sets the keyword at the end of the steps, in a property or in a part of an `allOf`. */
function set(schema: any, [step, ...rest]: readonly string[], value: number): boolean {
  if (schema === undefined || step === undefined) return false;
  for (const part of schema.allOf ?? []) if (set(part, [step, ...rest], value)) return true;
  if (rest.length > 0)
    return set(step === "items" || step === "appBits" ? inside(schema, step) : schema.properties?.[step], rest, value);
  const keyword = [step, `x-${step}`].find((key) => Object.hasOwn(schema, key));
  if (keyword === undefined) return false;
  schema[keyword] = value;
  return true;
}

function inside(schema: any, step: string): any {
  return step === "items" ? schema.items : schema["x-appBits"];
}

function numbers(text: string): number[] {
  return [...text.matchAll(/\d[\d,]*/g)].map(([written]) => Number(written.replaceAll(",", "")));
}

function count(text: string, number: number): number {
  return numbers(text).filter((other) => other === number).length;
}
