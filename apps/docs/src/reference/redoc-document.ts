import type { Lang, LocalePath } from "../locales.ts";
import { linkTo } from "../locales.ts";
import { wordsOf } from "../words/words.ts";
import { bundleName, bundleOf } from "./bundle.ts";
import { linkContradictions } from "./contradictions.ts";
import { type FieldNode, flatten } from "./field-tree.ts";
import { modelOf, operations } from "./model.ts";
import { type Exchange, type OperationPage, operationPage } from "./operation-page.ts";

/** What Redoc shows: an OpenAPI document whose operations say what their own pages say, in the same words and order. */
export function redocDocument(lang: Lang, locale: LocalePath): object {
  const { openapi, info, servers, tags } = bundleOf(lang);
  const pages = operations(modelOf(lang)).map((operation) => operationPage(operation, lang));
  return {
    openapi,
    info: { ...info, description: markdown(info.description) },
    servers,
    tags,
    paths: Object.fromEntries(
      pages.map((page) => [
        page.operation.path,
        { [page.operation.method.toLowerCase()]: operationObject(page, locale) },
      ]),
    ),
  };
}

/** Options of Redoc that every page of it has. */
export const redocOptions: object = {
  disableTelemetry: true,
  // The document has no references.
  skipBundle: true,
  hideLoading: true,
  schemasExpansionLevel: "all",
  jsonSamplesExpandLevel: "all",
};

/** Redoc's addresses of the operations and their fields, by those that the pages of the operations have. */
export function redocRoutes(lang: Lang): Readonly<Record<string, string>> {
  return Object.fromEntries(
    operations(modelOf(lang)).flatMap((operation) => {
      const { request, query, response, envelope } = operationPage(operation, lang);
      // As Redoc makes the addresses of its parts.
      const place = `${(operation.texts.tags[0] ?? "").replaceAll(" ", "-")}/${operation.id}`.toLowerCase();
      const fields = (list: readonly FieldNode[], prefix: string): [string, string][] =>
        flatten(list).map(({ anchor, path }) => [
          `${operation.slug}/${anchor}`,
          `#/${place}#${place}/${prefix}${path.replaceAll(".", "/").toLowerCase()}`,
        ]);
      return [
        [operation.slug, `#/${place}`],
        ...fields(request, "t=request&path="),
        ...fields(query, "t=request&in=query&path="),
        ...fields([...response, ...envelope], "t=response&c=200&path=&oneof=0/"),
      ];
    }),
  );
}

/** The files that Redoc offers for download. */
export function redocDownloads(lang: Lang): readonly { readonly title: string; readonly url: string }[] {
  return (["yaml", "json"] as const).map((format) => ({
    title: format.toUpperCase(),
    url: linkTo(undefined, `downloads/${bundleName(lang, format)}`),
  }));
}

type Say = ReturnType<typeof wordsOf>;

function operationObject(page: OperationPage, locale: LocalePath): object {
  const { operation, lang, request, query, response, envelope, samples, exchanges } = page;
  const say = wordsOf(lang);
  const fieldsOf = (side: Side, fields: readonly FieldNode[]): object => objectSchema(fields, { side, say, locale });
  return {
    operationId: operation.id,
    summary: operation.texts.summary,
    description: introduction(page, say, locale),
    tags: operation.texts.tags,
    parameters: query.map((field) => ({
      name: field.name,
      in: "query",
      required: field.required,
      description: fieldText(field, { side: "request", say, locale }),
      schema: { type: field.type, "x-badges": badges(field, "request", say) },
    })),
    requestBody: {
      required: true,
      content: {
        "application/json": {
          schema: fieldsOf("request", request),
          examples: examplesOf(exchanges, "request", say),
        },
      },
    },
    responses: {
      200: {
        description: say("responseNote"),
        content: {
          "application/json": {
            schema: {
              oneOf: [
                { title: say("results.ok"), ...fieldsOf("response", [...response, ...envelope]) },
                { title: say("possibleErrors"), type: "object", description: errorList(page, say, locale) },
              ],
            },
            examples: { ...examplesOf(exchanges, "response", say), ...failuresOf(page) },
          },
        },
      },
    },
    "x-codeSamples": samples.map(({ label, highlight, source }) => ({ lang: highlight, label, source })),
  };
}

function introduction({ operation, facts }: OperationPage, say: Say, locale: LocalePath): string {
  const { id, slug, texts } = operation;
  const links = [
    [say("consoleTry"), linkTo(locale, "console/", { operation: id })],
    [say("ownPage"), linkTo(locale, `reference/${slug}/`)],
    [say("officialPage"), texts.docs.url],
  ];
  return [
    markdown(texts.description),
    facts.map(({ label, text }) => `- **${label}** ${markdown(text)}`).join("\n"),
    links.map(([text, url]) => `[${text}](${url})`).join(" · "),
  ].join("\n\n");
}

function errorList({ errors }: OperationPage, say: Say, locale: LocalePath): string {
  return errors
    .flatMap(({ label, errors: found }) => [
      `**${label}**`,
      found
        .map(
          ({ code, title, name, message, fix }) =>
            `- [${code}](${linkTo(locale, `errors/${code}/`)}) ${title} \`${name}\` ${markdown(message)} **${say("fix")}** ${markdown(fix)}`,
        )
        .join("\n"),
    ])
    .join("\n\n");
}

function examplesOf(exchanges: readonly Exchange[], half: "request" | "response", say: Say): Record<string, object> {
  return Object.fromEntries(
    exchanges
      .filter((exchange) => exchange[half] !== undefined)
      .map((exchange) => [
        exchange.name,
        { summary: `${say(`results.${exchange.result}`)}: ${plain(exchange.summary)}`, value: exchange[half] },
      ]),
  );
}

function failuresOf({ errors }: OperationPage): Record<string, object> {
  const all = errors.flatMap((group) => group.errors);
  return Object.fromEntries(
    all.map(({ code, name, response }) => [name, { summary: `${code} ${name}`, value: response }]),
  );
}

type Side = "request" | "response";

interface Place {
  readonly side: Side;
  readonly say: Say;
  readonly locale: LocalePath;
}

function objectSchema(fields: readonly FieldNode[], place: Place): object {
  return {
    type: "object",
    // What a response always has is a badge: no one is required to send it.
    ...(place.side === "request" && { required: fields.filter(({ required }) => required).map(({ name }) => name) }),
    properties: Object.fromEntries(fields.map((field) => [field.name, fieldSchema(field, place)])),
  };
}

function fieldSchema(field: FieldNode, place: Place): object {
  const said = {
    "x-type": field.type,
    description: fieldText(field, place),
    "x-badges": badges(field, place.side, place.say),
  };
  if (field.fields.length === 0) return { type: field.type, ...said };
  const inner = objectSchema(field.fields, place);
  return field.type.endsWith("[]") ? { type: "array", items: inner, ...said } : { ...inner, ...said };
}

function badges({ required, condition }: FieldNode, side: Side, say: Say): readonly object[] {
  const names = [...(required && side === "response" ? [say("always")] : []), ...(condition ? [condition] : [])];
  return names.map((name) => ({ name }));
}

/** All that is said of a field, a paragraph each, as its page shows it. */
function fieldText({ description, limits, choices, errors, sameAs }: FieldNode, { side, say, locale }: Place): string {
  const codes = errors.map((code) => `[${code}](${linkTo(locale, `errors/${code}/`)})`);
  const otherwise = side === "request" && codes.length > 0 ? [say("otherwise"), ...codes] : [];
  return [
    markdown(description),
    [limits.join(say("and")), ...otherwise].filter((part) => part !== "").join(" "),
    choices.map(({ value, meaning }) => `- \`${value}\` ${markdown(meaning)}`).join("\n"),
    sameAs ? `${say("sameFields")} \`${sameAs.path}\`` : "",
  ]
    .filter((paragraph) => paragraph !== "")
    .join("\n\n");
}

function markdown(text: string): string {
  return linkContradictions(text, linkTo);
}

function plain(text: string): string {
  return text.replaceAll("`", "");
}
