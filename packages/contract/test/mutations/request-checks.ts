/** Mutations of the request checks. */
import { codeOf } from "../code-of.ts";
import { sdkAppId, secretKey, users } from "../verify/strict-emulator.ts";
import { changing, changingRequest, fail, isKnown, type Mutation, instead, rewriting } from "./mutation.ts";

export const requestCheckMutations: readonly Mutation[] = [
  {
    name: "signatures are not verified",
    foundBy: "request-check-usersig-signature",
    options: { settings: { userSig: "lenient" } },
  },
  { name: "UserSigs are not read", foundBy: "request-check-usersig-expiry", options: { settings: { userSig: "off" } } },
  {
    name: "every user is an administrator",
    foundBy: "request-check-administrator",
    options: { apps: [{ sdkAppId, secretKey, admins: ["administrator", ...users] }] },
  },
  {
    name: "an unknown app has the code of a disabled one",
    foundBy: "request-check-app",
    wrap: changing((response) =>
      response.ErrorCode === codeOf("SdkAppIdNotFound") ? fail("SdkAppIdDisabled") : undefined,
    ),
  },
  {
    name: "an unreadable UserSig has the code of a wrong signature",
    foundBy: "request-check-usersig-readable",
    wrap: changing((response) =>
      response.ErrorCode === codeOf("UserSigIllegal") ? fail("UserSigVerificationFailed") : undefined,
    ),
  },
  {
    name: "UserSigs of the next app are accepted",
    foundBy: "request-check-usersig-app",
    options: {
      apps: [
        { sdkAppId, secretKey },
        { sdkAppId: sdkAppId + 1, secretKey },
      ],
    },
    wrap: (fetch) => async (request) => {
      const response = (await (await fetch(request.clone())).json()) as { readonly ErrorCode: number };
      if (response.ErrorCode !== codeOf("UserSigSdkAppIdMismatch")) return Response.json(response);
      const url = new URL(request.url);
      url.searchParams.set("sdkappid", String(sdkAppId + 1));
      return fetch(new Request(url, request));
    },
  },
  {
    name: "another user's UserSig has the code of a wrong signature",
    foundBy: "request-check-usersig-identifier",
    wrap: changing((response) =>
      response.ErrorCode === codeOf("UserSigIdentifierMismatch") ? fail("UserSigVerificationFailed") : undefined,
    ),
  },
  {
    name: "the body is read before the UserSig",
    foundBy: "request-check-order-body",
    wrap: instead(({ command, body }) =>
      command === "get" && body === undefined ? fail("JsonParseFailure") : undefined,
    ),
  },
  {
    name: "the UserSig is read before the app is looked up",
    foundBy: "request-check-order-usersig",
    wrap: changing((response, { query }) =>
      response.ErrorCode === codeOf("SdkAppIdNotFound") && (query.get("usersig") ?? "").length < 200
        ? fail("UserSigIllegal")
        : undefined,
    ),
  },
  {
    name: "the app is looked up before the other parameters",
    foundBy: "request-check-order-url",
    wrap: instead(({ query }) => (query.get("sdkappid") === "1" ? fail("SdkAppIdNotFound") : undefined)),
  },
  {
    name: "GET is accepted",
    foundBy: "request-check-method",
    wrap: (fetch) => (request) =>
      fetch(request.method === "GET" ? new Request(request.url, { method: "POST", body: "{}" }) : request),
  },
  {
    name: "every path is treated as that of get",
    foundBy: "request-check-path",
    wrap: rewriting((url) => {
      if (!isKnown(url)) url.pathname = "/v4/recentcontact/get_contact_group";
    }),
  },
  {
    name: "random is a signed integer",
    foundBy: "get-takes-any-random",
    wrap: instead(({ query }) =>
      Number(query.get("random")) > 2 ** 31 - 1 ? fail("UrlParameterIncorrect") : undefined,
    ),
  },
  {
    name: "contenttype is not checked",
    foundBy: "rule/searchContactGroup/query/contenttype/enum",
    wrap: rewriting((url) => {
      if (url.searchParams.has("contenttype")) url.searchParams.set("contenttype", "json");
    }),
  },
  {
    name: "the first value of a repeated parameter counts",
    foundBy: "rule/getContactGroup/query/sdkappid/once",
    wrap: rewriting((url) => {
      for (const name of new Set(url.searchParams.keys())) url.searchParams.set(name, url.searchParams.get(name) ?? "");
    }),
  },
  {
    name: "names of parameters can be in upper case",
    foundBy: "rule/createContactGroup/query/identifier/case",
    wrap: rewriting((url) => {
      url.search = new URLSearchParams(
        [...url.searchParams].map(([name, value]): [string, string] => [name.toLowerCase(), value]),
      ).toString();
    }),
  },
  {
    name: "a missing SDKAppID has the code of an invalid one",
    foundBy: "rule/getContactGroup/query/sdkappid/required",
    wrap: changing((response) =>
      response.ErrorCode === codeOf("SdkAppIdMissing") ? fail("UrlParameterIncorrect") : undefined,
    ),
  },
  {
    name: "an empty body counts as {}",
    foundBy: "request-check-syntax",
    wrap: (fetch) => async (request) =>
      request.method === "POST" && (await request.clone().text()) === ""
        ? fetch(new Request(request.url, { method: "POST", body: "{}" }))
        : fetch(request),
  },
  {
    name: "bytes that are not UTF-8 are replaced",
    foundBy: "request-check-syntax-utf8",
    wrap: (fetch) => async (request) =>
      request.method === "POST"
        ? fetch(new Request(request.url, { method: "POST", body: await request.text() }))
        : fetch(request),
  },
  {
    name: "Type can be text",
    foundBy: "rule/searchContactGroup/body/ContactItem/0/Type/type",
    options: { settings: { stringType: "accept" } },
  },
  {
    name: "the ID decides what a conversation is, not its Type",
    foundBy: "other-id-changes-nothing",
    options: { settings: { bothIds: "ignore" } },
    wrap: changingRequest(({ body }) => {
      for (const conversation of body.GroupContactItem?.[0]?.ContactItem ?? [])
        if (conversation.Type === 2 && conversation.To_Account) conversation.Type = 1;
    }),
  },
  {
    name: "a negative StartIndex counts as 0",
    foundBy: "rule/getContactGroup/body/StartIndex/minimum",
    wrap: changingRequest(({ body }) => void (body.StartIndex < 0 && (body.StartIndex = 0))),
  },
  { name: "the rate is not limited", foundBy: "call-rate", options: { settings: { rateLimit: "off" } } },
  {
    name: "5 % less than the rate is allowed",
    foundBy: "call-rate",
    options: { settings: { rateLimit: { calls: 190, seconds: 1 } } },
  },
  {
    name: "twice the rate is allowed",
    foundBy: "call-rate",
    options: { settings: { rateLimit: { calls: 400, seconds: 1 } } },
  },
  {
    name: "only half of the rate is allowed",
    foundBy: "call-rate",
    options: { settings: { rateLimit: { calls: 100, seconds: 1 } } },
  },
  {
    name: "every UserID has an account",
    foundBy: "create-for-unknown-user",
    options: { settings: { accounts: "lenient" } },
  },
];
