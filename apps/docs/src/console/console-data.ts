import type { CredentialParameter, ErrorEntry, Field } from "@contact-groups/openapi/model";
import { type Lang, linkTo, type LocalePath } from "../locales.ts";
import { localServersFile } from "../local-servers.ts";
import { modelOf, operations } from "../reference/model.ts";
import { consoleWords, type ConsoleWords, type Word, wordsOf } from "../words/words.ts";
import { type Kinds, kindsOf } from "./conversation.ts";
import { type Preset, presetFor } from "./presets.ts";
import { sampleState, type SampleState } from "./sample-state.ts";

/** The part of the description that the console's page needs, in one language. The page contains it as JSON. */
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
  /** Address of the file with the addresses of the servers on this machine. */
  readonly localServersHref: string;
  /** Address of the list of errors; each code's page is below it. */
  readonly errorsHref: string;
  readonly retries: Readonly<Record<string, string>>;
  /** Names of the error codes. */
  readonly errorNames: Readonly<Record<string, string>>;
  readonly samples: SampleState;
  /** How conversations are discriminated. */
  readonly kinds: readonly Kinds[];
}

/** An operation as the console offers it. */
export interface ConsoleOperation {
  readonly id: string;
  readonly slug: string;
  readonly path: string;
  readonly summary: string;
  /** The state with which a link to it starts. */
  readonly preset: Preset;
  readonly body: Field;
  readonly examples: readonly { readonly name: string; readonly summary: string; readonly value: unknown }[];
  /** The error codes that are documented for it. */
  readonly errors: readonly number[];
}

const credentials = {
  sdkAppId: "sdkappid",
  identifier: "identifier",
  userSig: "usersig",
} satisfies Record<string, CredentialParameter>;

/** Creates it at build time. */
export function consoleData(locale: LocalePath, lang: Lang): ConsoleData {
  const model = modelOf(lang);
  const say = wordsOf(lang);
  const entries: readonly ErrorEntry[] = Object.values(model.errors);
  const userSig = model.queryFields.find(({ name }) => name === credentials.userSig)?.field;
  return {
    lang,
    words: consoleWords[lang],
    operations: operations(model).map(({ id, slug, path, effect, texts, request, requests }) => ({
      id,
      slug,
      path,
      summary: texts.summary,
      preset: presetFor(effect),
      body: request,
      examples: requests.map(({ name, summary = name, value }) => ({ name, summary, value })),
      errors: entries.filter((entry) => entry.operations.includes(id)).map(({ code }) => code),
    })),
    credentials,
    userSigPattern: (userSig?.type === "string" && userSig.pattern) || "",
    parameters: model.queryFields
      .filter(({ credential }) => !credential)
      .map(({ name, field }) => ({
        name,
        ...(field.enum && { value: String(field.enum[0]) }),
        ...("maximum" in field && { maximum: field.maximum }),
      })),
    servers: model.servers.flatMap(({ url, description: label, region }) =>
      region === undefined ? [] : [{ url, region, label }],
    ),
    localServersHref: linkTo(undefined, localServersFile),
    errorsHref: linkTo(locale, "errors/"),
    retries: Object.fromEntries(entries.map(({ retry }) => [retry, say(`retries.${retry}` as Word)])),
    errorNames: Object.fromEntries(entries.map(({ code, name }) => [code, name])),
    samples: sampleState(model),
    kinds: kindsOf(model),
  };
}
