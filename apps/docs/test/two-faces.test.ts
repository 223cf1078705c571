/** An operation's own page and Redoc say the same of it, as a reader sees both in the built site. */
import { readFileSync } from "node:fs";
import type { StaticSite } from "@contact-groups/testing/static-site";
import { openWatched } from "@contact-groups/testing/watched-page";
import type { Browser, Page } from "playwright-core";
import { expect, test } from "vitest";
import type { RedocData } from "../src/components/redoc.ts";
import { languages } from "../src/locales.ts";
import { jsonText } from "../src/reference/json-text.ts";
import { modelOf, operations } from "../src/reference/model.ts";
import { dist, serveSite } from "./site.ts";

let server: StaticSite;
let browser: Browser;

serveSite((site) => ({ server, browser } = site));

/** What a face says of a field: its anchor, its name, its type, what marks it, and each paragraph below. */
interface Said {
  readonly anchor: string;
  readonly name: string;
  readonly type: string;
  readonly marks: readonly string[];
  readonly text: readonly string[];
}

/** What a face says of an operation. */
interface Face {
  readonly title: string;
  readonly intro: readonly string[];
  /** To the console and to the official page. */
  readonly links: readonly string[];
  readonly fields: readonly Said[];
  /** What is said of every response. */
  readonly note: string;
  readonly errors: readonly string[];
  /** Samples and the bodies of examples and failures, sorted: Redoc has a list of requests and one of responses. */
  readonly code: readonly string[];
}

const faces = languages.map(({ path, lang }) => ({ folder: path === undefined ? "" : `${path}/`, lang }));

test.each(faces)("in $lang, Redoc says of every operation what its page says, field by field", async (language) => {
  const { folder, lang } = language;
  const { page: own } = await openWatched(browser, server.url);
  const { page: redoc, errors } = await openWatched(browser, server.url);
  const { routes, document } = redocDataOf(folder);
  await redoc.goto(`${server.url}${folder}reference/`);
  for (const { slug, path } of operations(modelOf(lang))) {
    await own.goto(`${server.url}${folder}reference/${slug}/`);
    const expected = await faceOfPage(own);
    expect(expected.fields.length).toBeGreaterThan(10);
    expect(expected.errors.length).toBeGreaterThan(10);
    const ids = Object.fromEntries(
      expected.fields.map(({ anchor }) => [routes[`${slug}/${anchor}`]?.split("#")[2] ?? "no route", anchor]),
    );
    const actual = await faceInRedoc(redoc, slug, routes[slug]?.slice(1) ?? "", ids);
    expect({ slug, ...actual, code: codeIn(document as RedocDocument, path) }).toEqual({ slug, ...expected });
  }
  expect(errors).toEqual([]);
  await Promise.all([own.close(), redoc.close()]);
});

interface Body {
  readonly content: {
    readonly "application/json": { readonly examples: Readonly<Record<string, { value: unknown }>> };
  };
}

interface RedocDocument {
  readonly paths: Readonly<
    Record<
      string,
      {
        readonly post: {
          readonly requestBody: Body;
          readonly responses: { readonly 200: Body };
          readonly "x-codeSamples": readonly { readonly source: string }[];
        };
      }
    >
  >;
}

/** The code that Redoc's panes show one at a time. */
function codeIn({ paths }: RedocDocument, path: string): readonly string[] {
  const { post } = paths[path]!;
  const [sent, received] = [post.requestBody, post.responses[200]].map(
    ({ content }) => content["application/json"].examples,
  );
  const bodies = [...Object.values(sent!), ...Object.values(received!)];
  return [
    ...post["x-codeSamples"].map(({ source }) => source.trim()),
    ...bodies.map(({ value }) => jsonText(value)),
  ].toSorted();
}

function redocDataOf(folder: string): RedocData {
  const html = readFileSync(`${dist}${folder}reference/index.html`, "utf8");
  const [, json] = /id="redoc-data">(.*?)<\/script>/s.exec(html) ?? [];
  return JSON.parse(json!) as RedocData;
}

/** Reads an operation's own page. */
function faceOfPage(page: Page): Promise<Face> {
  return page.evaluate(() => {
    const all = (selector: string, scope: ParentNode = document): Element[] => [...scope.querySelectorAll(selector)];
    // A term is apart from its meaning without a space between them.
    const textOf = (...elements: readonly Element[]): string =>
      elements
        .map(({ childNodes }) =>
          [...childNodes].map((node) => `${node.nodeName === "DD" ? " " : ""}${node.textContent}`).join(""),
        )
        .join(" ")
        .replaceAll(/\s+/g, " ")
        .trim();
    const texts = (elements: readonly Element[]): string[] => elements.map((element) => textOf(element));
    return {
      title: textOf(...all("h1")),
      intro: texts([...all(".operation .call + p"), ...all(".operation .facts > div")]),
      links: all(".operation .elsewhere a")
        .map((link) => link.getAttribute("href") ?? "")
        .filter((href) => !href.includes("/reference/")),
      fields: all(".operation .fields li[id]").map((field) => ({
        anchor: field.id,
        name: textOf(...all(":scope > .field-head > .field-name", field)),
        type: textOf(...all(":scope > .field-head > .field-type", field)),
        marks: texts(all(":scope > .field-head > :is(.field-required, .field-condition)", field)),
        text: texts(
          all(
            ":scope > :is(.field-text, .field-limits), :scope > .field-choices > div, :scope > .field-same > summary",
            field,
          ),
        ),
      })),
      note: textOf(...all("h2#response + p")),
      // Expressive Code writes each line end as U+007F. The response next to the samples is among the examples.
      code: all(".operation .copy button:not(.answer button)")
        .map((button) => ((button as HTMLElement).dataset["code"] ?? "").replaceAll("\u007f", "\n").trim())
        .toSorted(),
      errors: all(".operation .error-group").flatMap((group) => [
        textOf(...all(":scope > summary h3", group)),
        ...all(".error", group).map((error) => {
          const fix = all(":scope > p:last-of-type > :not(a)", error);
          return textOf(...all(":scope > summary, :scope > p:first-of-type", error), ...fix);
        }),
      ]),
    };
  });
}

/** Opens an operation in Redoc and reads it. `anchors` has the anchor of each field's own page by its ID in Redoc. */
async function faceInRedoc(
  page: Page,
  slug: string,
  route: string,
  anchors: Readonly<Record<string, string>>,
): Promise<Omit<Face, "code">> {
  await page.evaluate((anchor) => (location.hash = anchor), slug);
  const section = page.locator(`[data-section-id="${route}"]`);
  await section.locator('[data-testid="middle-panel"] h2').waitFor();
  // Redoc renders what is inside a field when it comes near.
  await section.evaluate(async (operation) => {
    for (;;) {
      const pending = operation.querySelector('[data-schema-nested-open="true"]:not(:has(.schema-property-item))');
      if (!pending) return;
      pending.scrollIntoView();
      await new Promise(requestAnimationFrame);
    }
  });
  const said = await section.evaluate((operation, ids) => {
    const all = (selector: string, scope: ParentNode = operation): Element[] => [...scope.querySelectorAll(selector)];
    const textOf = (element: Element): string => element.textContent.replaceAll(/\s+/g, " ").trim();
    const [, request] = all('[data-testid="middle-panel"]');
    const intro = all(":scope > [data-component-name='Markdown/Markdown']", request);
    return {
      title: textOf(all("h2")[0]!),
      intro: intro
        .flatMap((part) => all("p, li", part))
        .map(textOf)
        .slice(0, -1),
      links: all("a", intro.at(-1))
        .map((link) => link.getAttribute("href") ?? "")
        .filter((href) => !href.includes("/reference/")),
      fields: all(".schema-property-item").map((field) => {
        const [head, body] = field.children;
        const [name, ...rest] = [...(head?.children ?? [])]
          .map((part) => all(".schema-name", part)[0] ?? part)
          .map(textOf);
        const [type, ...marks] = rest;
        return {
          anchor: ids[field.id] ?? field.id,
          name: name ?? "",
          type: type ?? "",
          marks,
          text: body?.matches("[data-schema-nested-open]")
            ? []
            : all(":scope > * > p, :scope > * > ul > li", body).map(textOf),
        };
      }),
    };
  }, anchors);
  await section.getByRole("tab").last().click();
  const list = section.locator('[data-testid="middle-panel"]').last().locator("p, li");
  await list.locator("code").first().waitFor();
  const [note = "", ...errors] = await list.evaluateAll((parts) =>
    parts.map(({ textContent }) => textContent.replaceAll(/\s+/g, " ").trim()),
  );
  return { ...said, note, errors };
}
