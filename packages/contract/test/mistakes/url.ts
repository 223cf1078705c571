/** Mistakes in the method, the path and the query. */
import { type Consumer, userSig } from "./consumer.ts";
import { mistakes, type Mistake } from "./mistake.ts";

const page = { From_Account: "user_0001", StartIndex: 0 };

/** Sends a good request, apart from its path. */
const toPath =
  (path: string): Mistake["program"] =>
  ({ fetch, target }) =>
    fetch(target("get").replace("/v4/recentcontact/get_contact_group", path), {
      method: "POST",
      body: JSON.stringify(page),
      headers: { "Content-Type": "application/json" },
    });

const withMethod =
  (method: string): Mistake["program"] =>
  ({ send }) =>
    send("get", page, { method });

/** Sends a good request, apart from its query. */
const withQuery =
  (query: Readonly<Record<string, string | undefined>>): Mistake["program"] =>
  ({ send }) =>
    send("get", page, { query });

/** Sends a good request after its target was changed as text. */
const withTarget =
  (change: (target: string) => string): Mistake["program"] =>
  ({ fetch, target }) =>
    fetch(change(target("get")), {
      method: "POST",
      body: JSON.stringify(page),
      headers: { "Content-Type": "application/json" },
    });

const twice =
  (randoms: readonly [string, string]): Mistake["program"] =>
  async ({ send }) => {
    await send("get", page, { query: { random: randoms[0] } });
    await send("get", { ...page, From_Account: "user_0002" }, { query: { random: randoms[1] } });
  };

export const urlMistakes: readonly Mistake[] = [
  ...mistakes("http", "schema", {
    "misspells the command": toPath("/v4/recentcontact/get_contact_groups"),
    "writes the command in camel case": toPath("/v4/recentcontact/getContactGroup"),
    "writes the command in upper case": toPath("/v4/recentcontact/GET_CONTACT_GROUP"),
    "writes the folder in camel case": toPath("/v4/recentContact/get_contact_group"),
    "misspells the folder": toPath("/v4/recent_contact/get_contact_group"),
    "calls another version": toPath("/v3/recentcontact/get_contact_group"),
    "leaves the version out": toPath("/recentcontact/get_contact_group"),
    "ends the path with a slash": toPath("/v4/recentcontact/get_contact_group/"),
    "joins the address and the path with two slashes": toPath("//v4/recentcontact/get_contact_group"),
    "encodes the slashes of the path": toPath("/v4%2Frecentcontact%2Fget_contact_group"),
    "calls the folder of another service": toPath("/v4/openim/get_contact_group"),
    "calls delete_contact_group": toPath("/v4/recentcontact/delete_contact_group"),
    "adds an extension to the path": toPath("/v4/recentcontact/get_contact_group.json"),
    "begins the query with &": withTarget((target) => target.replace("?", "&")),
    "separates the parameters by ;": withTarget((target) => target.replaceAll("&", ";")),
    "sends GET": withMethod("GET"),
    "sends PUT": withMethod("PUT"),
    "sends DELETE": withMethod("DELETE"),
    "sends the request of another operation": ({ send }) => send("search", page),
    "sends no sdkappid": withQuery({ sdkappid: undefined }),
    "writes SDKAppID": withQuery({ sdkappid: undefined, SDKAppID: "1400000000" }),
    "sends an empty sdkappid": withQuery({ sdkappid: "" }),
    "sends sdkappid undefined": withQuery({ sdkappid: "undefined" }),
    "sends sdkappid NaN": withQuery({ sdkappid: "NaN" }),
    "sends sdkappid with an exponent": withQuery({ sdkappid: "1.4e9" }),
    "sends sdkappid with blanks": withQuery({ sdkappid: " 1400000000 " }),
    "sends sdkappid with too many digits": withQuery({ sdkappid: "14000000001" }),
    "sends sdkappid twice": withTarget((target) => `${target}&sdkappid=1400000000`),
    "sends no identifier": withQuery({ identifier: undefined }),
    "writes Identifier": withQuery({ identifier: undefined, Identifier: "administrator" }),
    "sends an empty identifier": withQuery({ identifier: "" }),
    "sends an identifier of 33 characters": withQuery({ identifier: "a".repeat(33) }),
    "sends no usersig": withQuery({ usersig: undefined }),
    "writes userSig": withQuery({ usersig: undefined, userSig }),
    "sends an empty usersig": withQuery({ usersig: "" }),
    "encodes usersig twice": withQuery({ usersig: encodeURIComponent(userSig).replaceAll("*", "%2A") }),
    "sends usersig in plain base64": withQuery({ usersig: `${userSig.slice(0, 40)}+/=` }),
    "sends usersig with a line end": withQuery({ usersig: `${userSig}\n` }),
    "sends usersig in quotes": withQuery({ usersig: `"${userSig}"` }),
    "sends usersig with the prefix Bearer": withQuery({ usersig: `Bearer ${userSig}` }),
    "sends usersig twice": withTarget((target) => `${target}&usersig=${userSig}`),
    "sends no random": withQuery({ random: undefined }),
    "sends an empty random": withQuery({ random: "" }),
    "sends the result of Math.random()": withQuery({ random: "0.7385167240239" }),
    "sends a negative random": withQuery({ random: "-5" }),
    "sends a random of 33 bits": withQuery({ random: "4294967296" }),
    "sends the time in milliseconds as random": withQuery({ random: "1800000000000" }),
    "sends a UUID as random": withQuery({ random: "0b5b1e3c-8f7a-4a6e-9d55-3d3a3f1b2c4d" }),
    "sends random in hexadecimal letters": withQuery({ random: "ff07" }),
    "sends random twice": withTarget((target) => `${target}&random=12`),
    "sends no contenttype": withQuery({ contenttype: undefined }),
    "writes contentType": withQuery({ contenttype: undefined, contentType: "json" }),
    "sends contenttype application/json": withQuery({ contenttype: "application/json" }),
    "sends contenttype JSON": withQuery({ contenttype: "JSON" }),
    "sends contenttype twice": withTarget((target) => `${target}&contenttype=json`),
    "puts the credentials into the body": ({ send }) =>
      send(
        "get",
        { ...page, sdkappid: 1400000000, identifier: "administrator" },
        { query: { sdkappid: undefined, identifier: undefined } },
      ),
  }),
  ...mistakes("http", "placeholder", {
    "sends usersig undefined, without a key": withQuery({ usersig: "undefined" }),
    "sends identifier null": withQuery({ identifier: "null" }),
    "does not fill in a template for the identifier": withQuery({ identifier: "${ADMIN}" }),
  }),
  ...mistakes("http", "integer-form", {
    "sends random in hexadecimal": withQuery({ random: "0x1f" }),
    "sends random with an exponent": withQuery({ random: "1e9" }),
    "sends random with a sign": withQuery({ random: "+5" }),
    "sends random with a blank": withQuery({ random: " 5" }),
  }),
  ...mistakes("http", "id-form", {
    "sends sdkappid 0": withQuery({ sdkappid: "0" }),
    "sends sdkappid of 34 bits": withQuery({ sdkappid: "9999999999" }),
    "sends an identifier with a line end": withQuery({ identifier: "administrator\n" }),
    "sends an identifier in quotes": withQuery({ identifier: '"administrator"' }),
    "sends an identifier with an accent": withQuery({ identifier: "ren\u00e9" }),
  }),
  ...mistakes("http", "random-repeated", {
    "sends one random for all calls": twice(["99999999", "99999999"]),
    "sends the time in seconds as random": twice(["1800000000", "1800000000"]),
    "sends the same random with a retry": async ({ plan, send }: Consumer) => {
      plan("get_contact_group", { error: 60008 });
      for (let attempt = 0; attempt < 2; attempt++) {
        const response = await send("get", page, { query: { random: "12345" } });
        if (response?.ErrorCode === 0) return;
      }
    },
    "sends the same random in calls at the same time": ({ send }: Consumer) =>
      Promise.all(
        ["user_0001", "user_0002", "user_0003"].map((From_Account) =>
          send("get", { ...page, From_Account }, { query: { random: "777" } }),
        ),
      ),
  }),
];
