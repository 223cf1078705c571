/** Mutations of a provider that accepts what the service rejects. */
import { codeOf } from "../code-of.ts";
import { changing, changingRequest, fail, type Mutation, rewriting, signedAnew } from "./mutation.ts";

/** Responds to calls whose UserSig has an error as if it were good. */
const accepting =
  (error: string): Mutation["wrap"] =>
  (fetch, emulator) =>
  async (request) => {
    const response = await fetch(request.clone());
    const { ErrorCode } = (await response.clone().json()) as { readonly ErrorCode: number };
    return ErrorCode === codeOf(error) ? signedAnew(fetch, emulator)(request) : response;
  };

export const acceptedMutations: readonly Mutation[] = [
  { name: "expired UserSigs are accepted", foundBy: "request-check-usersig-expiry", wrap: accepting("UserSigExpired") },
  {
    name: "truncated UserSigs are accepted",
    foundBy: "request-check-usersig-readable",
    wrap: accepting("UserSigIllegal"),
  },
  {
    name: "the UserSig of another user is accepted",
    foundBy: "request-check-usersig-identifier",
    wrap: accepting("UserSigIdentifierMismatch"),
  },
  {
    name: "the case of the identifier does not count",
    foundBy: "request-check-identifier-case",
    wrap: rewriting((url) => {
      const identifier = url.searchParams.get("identifier");
      if (identifier?.toLowerCase() === "administrator") url.searchParams.set("identifier", "administrator");
    }),
  },
  {
    name: "a missing StartIndex counts as 0",
    foundBy: "rule/getContactGroup/body/StartIndex/required",
    wrap: changingRequest(({ command, body }) => void (command === "get" && (body.StartIndex ??= 0))),
  },
  {
    name: "comments in JSON are ignored",
    foundBy: "request-check-syntax",
    wrap: (fetch) => async (request) => {
      if (request.method !== "POST") return fetch(request);
      const text = Buffer.from(await request.arrayBuffer());
      const body = text.toString("latin1").replaceAll(/\/\*.*?\*\/|,(?=\s*[}\]])/gs, "");
      return fetch(new Request(request.url, { method: "POST", body: Uint8Array.from(Buffer.from(body, "latin1")) }));
    },
  },
  {
    name: "what follows the JSON is ignored",
    foundBy: "request-check-syntax",
    wrap: (fetch) => async (request) => {
      if (request.method !== "POST") return fetch(request);
      const text = await request.clone().text();
      return fetch(new Request(request.url, { method: "POST", body: text.replace(/\} \{\}$/, "}") }));
    },
  },
  {
    name: "calls over the limit have another code of throttling",
    foundBy: "call-rate",
    wrap: changing((response) =>
      response.ErrorCode === codeOf("CallRateExceeded") ? fail("RequestTooFrequent") : undefined,
    ),
  },
];
