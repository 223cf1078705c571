import type { LocalePath, Lang } from "../locales.ts";
import { localServersFile } from "../local-servers.ts";
import { description } from "../reference/description.ts";
import { linkTo } from "../reference/link-to.ts";
import { operations } from "../reference/operations.ts";
import { consoleWords, type ConsoleWords } from "../words/console/words.ts";
import { wordsOf, type Word } from "../words/words.ts";
import type { Field } from "./field.ts";
import { sampleState, type SampleState } from "./sample-state.ts";
import { toField } from "./to-field.ts";

/** What the console's page knows of the description, in one language. It is in the page as JSON. */
export interface ConsoleData {
  readonly lang: Lang;
  readonly words: ConsoleWords;
  readonly operations: readonly ConsoleOperation[];
  /** Names of the credentials' query parameters. */
  readonly credentials: { readonly sdkAppId: string; readonly identifier: string; readonly userSig: string };
  /** Characters that a UserSig has. */
  readonly userSigPattern: string;
  /** The other query parameters, with the value that each always has, or the largest random one. */
  readonly parameters: readonly { readonly name: string; readonly value?: string; readonly maximum?: number }[];
  readonly servers: readonly { readonly url: string; readonly region: string; readonly label: string }[];
  /** Address of the file that says where the servers of this machine listen. */
  readonly localServersHref: string;
  /** Address of the list of errors; each code's page is below it. */
  readonly errorsHref: string;
  readonly retries: Readonly<Record<string, string>>;
  readonly samples: SampleState;
}

/** An operation as the console offers it. */
export interface ConsoleOperation {
  readonly id: string;
  readonly slug: string;
  readonly path: string;
  readonly summary: string;
  readonly body: Field;
  readonly examples: readonly { readonly name: string; readonly summary: string; readonly value: unknown }[];
}

/** Makes it at build time. */
export function consoleData(locale: LocalePath, lang: Lang): ConsoleData {
  const bundle = description(lang);
  const all = operations(bundle);
  const say = wordsOf(lang);
  const { securitySchemes, parameters } = bundle.components;
  const scheme = (name: string) => {
    const found = securitySchemes[name];
    if (!found) throw new Error(`The bundle has no credential ${name}: adjust the console.`);
    return found;
  };
  const reactions = Object.values(bundle["x-errors"]).flatMap((entries) => entries.map(({ retry }) => retry));
  return {
    lang,
    words: consoleWords[lang],
    operations: all.map(({ id, slug, path, object, requestSchema, requests }) => ({
      id,
      slug,
      path,
      summary: object.summary,
      body: toField(bundle, requestSchema),
      examples: requests.map(({ name, summary = name, value }) => ({ name, summary, value })),
    })),
    credentials: {
      sdkAppId: scheme("sdkappid").name,
      identifier: scheme("identifier").name,
      userSig: scheme("usersig").name,
    },
    userSigPattern: scheme("usersig")["x-schema"].pattern ?? "",
    parameters: Object.values(parameters).map(({ name, schema }) => ({
      name,
      ...(schema.const !== undefined && { value: String(schema.const) }),
      ...(schema.maximum !== undefined && { maximum: schema.maximum }),
    })),
    servers: bundle.servers.flatMap(({ url, description: label, "x-region": region }) =>
      region === undefined ? [] : [{ url, region, label }],
    ),
    localServersHref: linkTo(undefined, localServersFile),
    errorsHref: linkTo(locale, "errors/"),
    retries: Object.fromEntries(reactions.map((retry) => [retry, say(`retries.${retry}` as Word)])),
    samples: sampleState(bundle),
  };
}
