/** Faults in the checks that a call passes before its operation. */
import { codeOf } from "../../src/operations.ts";
import { sdkAppId, secretKey, users } from "../verify/honest-emulator.ts";
import { answering, asking, fail, type Fault, instead } from "./fault.ts";

const rewriting =
  (edit: (url: URL) => void): Fault["wrap"] =>
  (fetch) =>
  (request) => {
    const url = new URL(request.url);
    edit(url);
    return fetch(new Request(url, request));
  };

export const gateFaults: readonly Fault[] = [
  {
    name: "signatures are not verified",
    caughtBy: "gate-usersig-signature",
    options: { settings: { userSig: "lenient" } },
  },
  { name: "UserSigs are not read", caughtBy: "gate-usersig-expiry", options: { settings: { userSig: "off" } } },
  {
    name: "every user is an administrator",
    caughtBy: "gate-administrator",
    options: { apps: [{ sdkAppId, secretKey, admins: ["administrator", ...users] }] },
  },
  {
    name: "an unknown app has the code of a disabled one",
    caughtBy: "gate-app",
    wrap: answering((answer) =>
      answer.ErrorCode === codeOf("SdkAppIdNotFound") ? fail("SdkAppIdDisabled") : undefined,
    ),
  },
  {
    name: "a UserSig that cannot be read has the code of a wrong signature",
    caughtBy: "gate-usersig-readable",
    wrap: answering((answer) =>
      answer.ErrorCode === codeOf("UserSigIllegal") ? fail("UserSigVerificationFailed") : undefined,
    ),
  },
  {
    name: "UserSigs of the next app are taken",
    caughtBy: "gate-usersig-app",
    options: {
      apps: [
        { sdkAppId, secretKey },
        { sdkAppId: sdkAppId + 1, secretKey },
      ],
    },
    wrap: (fetch) => async (request) => {
      const answer = (await (await fetch(request.clone())).json()) as { readonly ErrorCode: number };
      if (answer.ErrorCode !== codeOf("UserSigSdkAppIdMismatch")) return Response.json(answer);
      const url = new URL(request.url);
      url.searchParams.set("sdkappid", String(sdkAppId + 1));
      return fetch(new Request(url, request));
    },
  },
  {
    name: "another user's UserSig has the code of a wrong signature",
    caughtBy: "gate-usersig-identifier",
    wrap: answering((answer) =>
      answer.ErrorCode === codeOf("UserSigIdentifierMismatch") ? fail("UserSigVerificationFailed") : undefined,
    ),
  },
  {
    name: "the body is read before the UserSig",
    caughtBy: "gate-order-body",
    wrap: instead(({ command, body }) =>
      command === "get" && body === undefined ? fail("JsonParseFailure") : undefined,
    ),
  },
  {
    name: "the UserSig is read before the app is looked up",
    caughtBy: "gate-order-usersig",
    wrap: answering((answer, { query }) =>
      answer.ErrorCode === codeOf("SdkAppIdNotFound") && (query.get("usersig") ?? "").length < 200
        ? fail("UserSigIllegal")
        : undefined,
    ),
  },
  {
    name: "the app is looked up before the other parameters",
    caughtBy: "gate-order-url",
    wrap: instead(({ query }) => (query.get("sdkappid") === "1" ? fail("SdkAppIdNotFound") : undefined)),
  },
  {
    name: "GET is taken",
    caughtBy: "gate-method",
    wrap: (fetch) => (request) =>
      fetch(request.method === "GET" ? new Request(request.url, { method: "POST", body: "{}" }) : request),
  },
  {
    name: "any path is the one of get",
    caughtBy: "gate-path",
    wrap: rewriting((url) => {
      if (!url.pathname.endsWith("_contact_group")) url.pathname = "/v4/recentcontact/get_contact_group";
    }),
  },
  {
    name: "random may be missing",
    caughtBy: "rule/getContactGroup/query/random/required",
    wrap: rewriting((url) => {
      if (!url.searchParams.has("random")) url.searchParams.set("random", "1");
    }),
  },
  {
    name: "random is a signed integer",
    caughtBy: "get-takes-any-random",
    wrap: instead(({ query }) =>
      Number(query.get("random")) > 2 ** 31 - 1 ? fail("UrlParameterIncorrect") : undefined,
    ),
  },
  {
    name: "contenttype is not looked at",
    caughtBy: "rule/searchContactGroup/query/contenttype/enum",
    wrap: rewriting((url) => {
      if (url.searchParams.has("contenttype")) url.searchParams.set("contenttype", "json");
    }),
  },
  {
    name: "of a repeated parameter the first counts",
    caughtBy: "rule/getContactGroup/query/sdkappid/once",
    wrap: rewriting((url) => {
      for (const name of new Set(url.searchParams.keys())) url.searchParams.set(name, url.searchParams.get(name) ?? "");
    }),
  },
  {
    name: "names of parameters may be in capital letters",
    caughtBy: "rule/createContactGroup/query/identifier/case",
    wrap: rewriting((url) => {
      url.search = new URLSearchParams(
        [...url.searchParams].map(([name, value]): [string, string] => [name.toLowerCase(), value]),
      ).toString();
    }),
  },
  {
    name: "a missing SDKAppID has the code of a wrong one",
    caughtBy: "rule/getContactGroup/query/sdkappid/required",
    wrap: answering((answer) =>
      answer.ErrorCode === codeOf("SdkAppIdMissing") ? fail("UrlParameterIncorrect") : undefined,
    ),
  },
  {
    name: "an empty body counts as {}",
    caughtBy: "gate-syntax",
    wrap: (fetch) => async (request) =>
      request.method === "POST" && (await request.clone().text()) === ""
        ? fetch(new Request(request.url, { method: "POST", body: "{}" }))
        : fetch(request),
  },
  {
    name: "bytes that are not UTF-8 are replaced",
    caughtBy: "gate-syntax-utf8",
    wrap: (fetch) => async (request) =>
      request.method === "POST"
        ? fetch(new Request(request.url, { method: "POST", body: await request.text() }))
        : fetch(request),
  },
  {
    name: "unknown fields are ignored",
    caughtBy: "rule/getContactGroup/body/additionalProperties",
    wrap: asking(({ body }) => void delete body.Misspelt_Field),
  },
  {
    name: "Type may be text",
    caughtBy: "rule/searchContactGroup/body/ContactItem/0/Type/type",
    options: { settings: { stringType: "accept" } },
  },
  { name: "the other ID is ignored", caughtBy: "other-id-is-refused", options: { settings: { bothIds: "ignore" } } },
  {
    name: "a negative StartIndex counts as 0",
    caughtBy: "rule/getContactGroup/body/StartIndex/minimum",
    wrap: asking(({ body }) => void (body.StartIndex < 0 && (body.StartIndex = 0))),
  },
  { name: "the rate is not limited", caughtBy: "call-rate", options: { settings: { rateLimit: "off" } } },
  {
    name: "half of the rate is allowed",
    caughtBy: "call-rate",
    options: { settings: { rateLimit: { calls: 100, seconds: 1 } } },
  },
  {
    name: "every UserID has an account",
    caughtBy: "create-for-unknown-user",
    options: { settings: { accounts: "lenient" } },
  },
];
