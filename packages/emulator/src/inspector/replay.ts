/** A call of the journal as a command and as code, to send it again. Neither has a credential. */
import { mask } from "@contact-groups/core/redact";
import type { QueryParameter } from "@contact-groups/openapi/model";
import type { CallRecord } from "../journal.ts";
import { shellWord } from "../shell-word.ts";
import { escapeUnseen, terminalJson } from "../terminal.ts";

/** What sending a call again needs. */
export interface ReplayParts {
  readonly call: Pick<CallRecord, "method" | "url" | "operation" | "rule" | "body">;
  /** Address of the emulator, without a path. */
  readonly address: string;
  /** Whether the app accepts any UserSig, so that a placeholder is enough. */
  readonly acceptsAny: boolean;
}

const signature: QueryParameter = "usersig";
const app: QueryParameter = "sdkappid";
const administrator: QueryParameter = "identifier";

/** A UserSig for an app that accepts any. */
export const anyUserSig = "any-text";

/** Whether a call can be sent again exactly: it has its body, every parameter was shown, and no parameter is there twice. */
export function isWhole({ url, body }: ReplayParts["call"]): boolean {
  const parameters = parametersOf(url);
  const areUnique = new Set(parameters.map(({ name }) => name)).size === parameters.length;
  return body !== undefined && !body.includes(mask) && parameters.every(isShown) && areUnique;
}

/** Returns a call as a command of curl for a POSIX shell. Parameters that the journal does not show are omitted. */
export function toCurl({ call, address, acceptsAny }: ReplayParts): string {
  const { method, url, body } = call;
  const [path = ""] = url.split("?");
  const parameters = parametersOf(url).filter((parameter) => isShown(parameter) && parameter.name !== signature);
  const query = parameters.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`);
  const hasUserSig = parametersOf(url).some(({ name }) => name === signature);
  // The UserSig comes last, so that the shell's variable can follow the quoted text.
  const start = address + path + (query.length > 0 || hasUserSig ? "?" : "") + query.join("&");
  const separator = query.length > 0 ? "&" : "";
  const target = !hasUserSig
    ? shellWord(start)
    : acceptsAny
      ? shellWord(`${start}${separator}${signature}=${anyUserSig}`)
      : `${quoted(`${start}${separator}${signature}=`)}"$USERSIG"`;
  const options = [
    // Brackets and braces of a path are ranges to curl.
    ...(/[[\]{}]/.test(start) ? ["--globoff"] : []),
    // With a body, curl sends POST by itself.
    ...(body && method === "POST" ? [] : ["-X", shellWord(method)]),
  ];
  const data = body ? ` \\\n  --data-raw ${shellWord(withoutUnseen(body))}` : "";
  const command = `curl ${[...options, target].join(" ")}${data}`;
  return acceptsAny || !hasUserSig ? command : `${sign(parameters)} && \\\n${command}`;
}

/** Returns the command that signs a UserSig for the app and the identifier of a call. */
function sign(parameters: readonly Parameter[]): string {
  const [sdkAppId, identifier] = [app, administrator].map(
    (wanted) => parameters.find(({ name }) => name === wanted)?.value ?? "",
  );
  const words = ["--app", sdkAppId ?? "", `--identifier=${identifier ?? ""}`].map(shellWord).join(" ");
  return `USERSIG=$(npx contact-groups-emulator usersig ${words} --secret-key-env KEY)`;
}

/**
 * Returns a call as TypeScript for `@contact-groups/client`; undefined when it has no path of the API or its body is no JSON object, which the
 * client cannot send.
 */
export function toClientCode({ call, address, acceptsAny }: ReplayParts): string | undefined {
  const { method, url, operation, rule, body } = call;
  const [path = ""] = url.split("?");
  const value = toObject(body);
  if (value === undefined || method !== "POST" || (!operation && !/^\/v4(?:\/[\w-]+)+$/.test(path))) return undefined;
  const of = (wanted: QueryParameter): string => parametersOf(url).find(({ name }) => name === wanted)?.value ?? "";
  const sdkAppId = Number(of(app));
  const options = [
    `baseUrl: ${toLiteral(address)},`,
    `sdkAppId: ${Number.isSafeInteger(sdkAppId) ? sdkAppId : 0},`,
    `identifier: ${toLiteral(of(administrator))},`,
    acceptsAny ? `userSig: ${toLiteral(anyUserSig)},` : `secretKey: process.env.KEY!,`,
    ...(rule === "request.body" ? ["checks: false, // The client would reject this request before it sends it."] : []),
  ];
  const name = operation ? `${operation}(` : `call(${toLiteral(path.slice(1))}, `;
  return `import { createClient } from "@contact-groups/client";

const client = createClient({
${options.map((line) => `  ${line}`).join("\n")}
});
const response = await client.${name}${toLiteral(value)});
console.log(response);
`;
}

/** Returns the object of a JSON text; undefined when it is not one, or does not survive as a literal of JavaScript. */
function toObject(body: string | undefined): object | undefined {
  try {
    const value: unknown = JSON.parse(body ?? "");
    // In a literal, `__proto__` would set the prototype.
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject && !/"__proto__"\s*:/.test(body ?? "") ? value : undefined;
  } catch {
    return undefined;
  }
}

interface Parameter {
  readonly name: string;
  /** Decoded. */
  readonly value: string;
}

function parametersOf(url: string): readonly Parameter[] {
  const mark = url.indexOf("?");
  if (mark < 0) return [];
  return url
    .slice(mark + 1)
    .split("&")
    .map((pair) => {
      const equals = pair.indexOf("=");
      return { name: pair.slice(0, equals), value: decodeURIComponent(pair.slice(equals + 1)) };
    });
}

/** Whether the journal shows a parameter, or it is the UserSig, which is given again. */
function isShown({ name, value }: Parameter): boolean {
  return name === signature || (name !== mask && value !== mask);
}

/** A text within single quotes, to which another word can be attached. */
function quoted(text: string): string {
  const word = shellWord(text);
  return word.startsWith("'") ? word : `'${word}'`;
}

/** Escapes what a terminal acts on. Within JSON, such a character can only be in a text, which has the same value then. */
function withoutUnseen(body: string): string {
  try {
    JSON.parse(body);
    return escapeUnseen(body);
  } catch {
    return body;
  }
}

function toLiteral(value: unknown): string {
  return terminalJson(value, 2);
}
