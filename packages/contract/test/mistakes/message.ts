/** Mistakes in the header fields and the bytes of the body, and credentials in the wrong place. */
import { gzipSync } from "node:zlib";
import { userSig } from "./consumer.ts";
import { mistakes, type Mistake } from "./mistake.ts";

const page = { From_Account: "user_0001", StartIndex: 0 };
const json = JSON.stringify(page);

const withType =
  (type: string): Mistake["program"] =>
  ({ send }) =>
    send("get", page, { headers: { "Content-Type": type } });

const withBody =
  (body: string | Uint8Array): Mistake["program"] =>
  ({ send }) =>
    send("get", body);

const withHeader =
  (name: string, value: string): Mistake["program"] =>
  ({ send }) =>
    send("get", page, { headers: { [name]: value } });

export const messageMistakes: readonly Mistake[] = [
  ...mistakes("http", "content-type", {
    "lets fetch choose the Content-Type of a text": ({ fetch, target }) =>
      fetch(target("get"), { method: "POST", body: json }),
    "sends JSON as application/x-www-form-urlencoded": withType("application/x-www-form-urlencoded"),
    "sends JSON as text/html": withType("text/html"),
    "sends JSON as multipart/form-data": withType("multipart/form-data; boundary=x"),
    "sends JSON as application/octet-stream": withType("application/octet-stream"),
    "declares GBK": withType("application/json; charset=gbk"),
    "declares ISO-8859-1": withType("application/json; charset=iso-8859-1"),
    "sends JSON as text/json": withType("text/json"),
    "sends no Content-Type": ({ fetch, target }) =>
      fetch(target("get"), { method: "POST", body: new TextEncoder().encode(json) }),
  }),
  ...mistakes("http", "encoding", {
    "sends the body in Latin-1": withBody(Buffer.from('{"From_Account":"us\u00e9r","StartIndex":0}', "latin1")),
    "cuts a name within a character": ({ send }) =>
      send("create", { From_Account: "user_0001", GroupContactItem: [{ GroupName: "family 😀".slice(0, 8) }] }),
    "begins the body with a byte order mark": withBody(`\uFEFF${json}`),
    "compresses the body": ({ fetch, target }) =>
      fetch(target("get"), {
        method: "POST",
        body: gzipSync(json),
        headers: { "Content-Type": "application/json", "Content-Encoding": "gzip" },
      }),
  }),
  ...mistakes("http", "schema", {
    "sends the body in UTF-16": withBody(Buffer.from(json, "utf16le")),
    "sends an empty body": withBody(""),
    "sends undefined": withBody("undefined"),
    "sends an object as text": withBody("[object Object]"),
    "sends a form": withBody("From_Account=user_0001&StartIndex=0"),
    "sends XML": withBody("<From_Account>user_0001</From_Account>"),
    "ends an object with a comma": withBody('{"From_Account":"user_0001","StartIndex":0,}'),
    "writes single quotes": withBody("{'From_Account':'user_0001','StartIndex':0}"),
    "writes Python's literals": withBody('{"From_Account": "user_0001", "StartIndex": None}'),
    "writes NaN": withBody('{"From_Account":"user_0001","StartIndex":NaN}'),
    "writes a comment": withBody('{"From_Account":"user_0001","StartIndex":0} // first page'),
    "sends two documents": withBody(`${json}\n${json}`),
    "stringifies the body twice": withBody(JSON.stringify(json)),
    "sends null": withBody("null"),
    "sends a list of requests": withBody(`[${json}]`),
    "wraps the request in data": withBody(`{"data":${json}}`),
    "cuts the body off": withBody(json.slice(0, -5)),
    "sends the UserSig in the body": ({ send }) =>
      send("get", { ...page, usersig: userSig }, { query: { usersig: undefined } }),
    "sends the UserSig in a header only": ({ send }) =>
      send("get", page, { query: { usersig: undefined }, headers: { "X-UserSig": userSig } }),
    "sends the query in header fields": ({ fetch }) =>
      fetch("/v4/recentcontact/get_contact_group", {
        method: "POST",
        body: json,
        headers: { "Content-Type": "application/json", sdkappid: "1400000000", identifier: "administrator" },
      }),
  }),
  ...mistakes("http", "encoding", {
    "declares a body as compressed": withHeader("Content-Encoding", "gzip"),
  }),
  ...mistakes("http", "duplicate-key", {
    "writes a key twice": withBody('{"From_Account":"user_0001","StartIndex":0,"StartIndex":2}'),
    "writes an account twice": withBody('{"From_Account":"user_0001","From_Account":"user_0002","StartIndex":0}'),
    "writes a key of an item twice": ({ send }) =>
      send("search", '{"From_Account":"a","ContactItem":[{"Type":1,"To_Account":"b","To_Account":"c"}]}'),
  }),
  ...mistakes("http", "secret", {
    "sends the UserSig as Authorization as well": withHeader("Authorization", `Bearer ${userSig}`),
    "sends the UserSig in a header as well": withHeader("X-UserSig", userSig),
    "sends the UserSig as a cookie": withHeader("Cookie", `usersig=${userSig}`),
    "sends the address with the UserSig in a header": ({ send, target }) =>
      send("get", page, { headers: { "X-Original-URL": `https://console.tim.qq.com${target("get")}` } }),
  }),
];
