/** Requests as public clients of the service send them, byte for byte but for names and credentials. Each was recorded, or read from its source. */
import { operations, type OperationId } from "@contact-groups/openapi/model";
import { expect, test } from "vitest";
import type { SeedApp } from "../../src/index.ts";
import { secretKey, sign } from "../user-sig.ts";
import { codesOf, dial } from "./raw.ts";
import { serve } from "./serve.ts";

/** One request of a client. */
interface ForeignRequest {
  /** The client, with its version or the date of its last change. */
  readonly client: string;
  /** What other clients do not send. */
  readonly what: string;
  readonly operation: OperationId;
  /** The query in its order, with `SIG` for the UserSig. */
  readonly query: string;
  readonly fields: readonly string[];
  readonly body: string;
  /** Whether the UserSig is escaped as in a form. */
  readonly isEscaped?: boolean;
  /** Whether the body is sent in chunks. */
  readonly isChunked?: boolean;
}

const credentials = "sdkappid=1400000000&identifier=administrator&usersig=SIG";

const okHttp = {
  client: "doocs/qcloud-im-server-sdk-java 0.4.20",
  query: `${credentials}&random=2761699974&contenttype=json`,
  fields: [
    "User-Agent: qcloud-im-server-sdk-java/0.4.20(Linux/6.1/amd64;17.0.15)",
    "Content-Type: application/json; charset=utf-8",
    "Connection: Keep-Alive",
    "Accept-Encoding: gzip",
  ],
};
const apacheHttp = {
  client: "JY20240525/tencent-api of 2025-03-18",
  fields: [
    "content-type: application/json",
    "Connection: Keep-Alive",
    "User-Agent: Apache-HttpClient/4.5.13 (Java/17.0.15)",
    "Accept-Encoding: gzip,deflate",
  ],
};
const guzzle = {
  query: `${credentials}&random=4160550136&contenttype=json`,
  fields: ["User-Agent: GuzzleHttp/7", "Content-Type: application/json"],
  isEscaped: true,
};

/** Tencent's own server SDKs. */
const official = {
  operation: "getContactGroup",
  query: "usersig=SIG&identifier=administrator&sdkappid=1400000000&contenttype=json",
  body: '{"From_Account":"ann","StartIndex":0}',
} as const;

const requests: readonly ForeignRequest[] = [
  {
    ...official,
    client: "tencentyun/imsdk_restapi-nodejs-sdk of 2016-07-04",
    what: "no random, no Content-Type, and a body in chunks",
    fields: ["Connection: keep-alive"],
    isChunked: true,
  },
  {
    ...official,
    client: "tencentyun/imsdk_restapi-php-sdk of 2016-07-04",
    what: "no random, and the type of a form",
    fields: ["Accept: */*", "Content-Type: application/x-www-form-urlencoded"],
  },
  {
    ...official,
    client: "fetch of Node.js, in public code",
    what: "the time in milliseconds as random",
    query: `${credentials}&random=1796055850000&contenttype=json`,
    fields: [
      "connection: keep-alive",
      "content-type: application/json",
      "accept: */*",
      "accept-language: *",
      "sec-fetch-mode: cors",
      "user-agent: node",
      "accept-encoding: br, gzip, deflate",
    ],
  },
  {
    ...okHttp,
    what: "both IDs to create a group",
    operation: "createContactGroup",
    body: '{"From_Account":"ann","GroupContactItem":[{"GroupName":"work","ContactItem":[{"Type":1,"ToGroupId":"group1","To_Account":"bob"}]}]}',
  },
  {
    ...okHttp,
    what: "both IDs to search",
    operation: "searchContactGroup",
    body: '{"From_Account":"ann","ContactItem":[{"Type":1,"ToGroupId":"123","To_Account":"bob"}]}',
  },
  {
    ...apacheHttp,
    what: "an empty list with a new name",
    operation: "updateContactGroup",
    query: "contenttype=json&identifier=administrator&random=5&usersig=SIG&sdkappid=1400000000",
    body: '{"From_Account":"ann","UpdateType":1,"UpdateGroup":{"UpdateGroupType":1,"OldGroupName":"family","NewGroupName":"home","ContactUpdateItem":[]}}',
  },
  {
    ...apacheHttp,
    what: "0 as random",
    operation: "getContactGroup",
    query: "contenttype=json&identifier=administrator&random=0&usersig=SIG&sdkappid=1400000000",
    body: '{"From_Account":"ann","StartIndex":0}',
  },
  {
    ...guzzle,
    client: "lishuncoder/easyTencentIm of 2023-06-25",
    what: "an empty new name with conversations, and an empty other ID",
    operation: "updateContactGroup",
    body: '{"From_Account":"ann","UpdateType":1,"UpdateGroup":{"UpdateGroupType":2,"OldGroupName":"family","NewGroupName":"","ContactUpdateItem":[{"ContactOptType":1,"ContactItem":{"Type":1,"ToGroupId":"","To_Account":"cat"}}]}}',
  },
  {
    ...guzzle,
    client: "fireqong/tencent-im of 2023-05-29",
    what: "no Content-Type, and characters as escapes",
    operation: "markContact",
    fields: ["User-Agent: GuzzleHttp/7"],
    body: '{"From_Account":"ann","MarkItem":[{"OptType":3,"ContactItem":{"Type":1,"To_Account":"bob"},"ClearMark":[],"SetMark":[2],"CustomMark":"\\u91cd\\u8981"}]}',
  },
  {
    ...guzzle,
    client: "the tests of chinayin/qcloud-im-sdk-php of 2024",
    what: "the fields of a browser, and a random that begins with 0",
    operation: "updateContactGroup",
    query: `${credentials}&random=079924292&contenttype=json`,
    fields: [
      "Accept: application/json, text/plain, */*",
      "Sec-Fetch-Site: cross-site",
      "Sec-Fetch-Mode: cors",
      "Origin: https://console.example",
      "Referer: https://console.example/",
      "Connection: keep-alive",
      "Priority: u=3, i",
      "Content-Type: application/json",
    ],
    body: '{"From_Account":"ann","UpdateType":1,"UpdateGroup":{"UpdateGroupType":2,"OldGroupName":"family","ContactUpdateItem":[{"ContactOptType":2,"ContactItem":{"Type":1,"To_Account":"bob"}},{"ContactOptType":1,"ContactItem":{"Type":2,"ToGroupId":"@TGS#open"}}]}}',
  },
  {
    client: "a struct of Go without omitempty, over dobyte/http 0.0.2",
    what: "an empty other ID, and lists that are null",
    operation: "markContact",
    query: `${credentials}&random=375995903&contenttype=json`,
    fields: [
      "User-Agent: Go-http-client/1.1",
      "Content-Type: application/json",
      "Accept-Encoding: gzip",
      "Connection: close",
    ],
    body: '{"From_Account":"ann","MarkItem":[{"OptType":1,"ContactItem":{"Type":1,"To_Account":"bob","ToGroupId":""},"ClearMark":null,"SetMark":[2],"CustomMark":""}]}',
  },
  {
    client: "requests 2.34 of Python, with json.dumps",
    what: "null as the other ID",
    operation: "createContactGroup",
    query: `${credentials}&random=2660253547&contenttype=json`,
    fields: [
      "User-Agent: python-requests/2.34.2",
      "Accept-Encoding: gzip, deflate",
      "Accept: */*",
      "Connection: keep-alive",
    ],
    isEscaped: true,
    body: '{"From_Account": "ann", "GroupContactItem": [{"GroupName": "\\u5bb6\\u4eba", "ContactItem": [{"Type": 1, "To_Account": "bob", "ToGroupId": null}]}]}',
  },
  {
    client: "HttpClient of Java 17",
    what: "a request to upgrade to HTTP/2",
    operation: "getContactGroup",
    query: `${credentials}&random=1&contenttype=json`,
    fields: [
      "Connection: Upgrade, HTTP2-Settings",
      "HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA",
      "Upgrade: h2c",
      "User-Agent: Java-http-client/17.0.15",
      "Content-Type: application/json; charset=utf-8",
    ],
    body: '{"From_Account":"ann","StartIndex":0}',
  },
  {
    client: "HttpURLConnection of Java 17",
    what: "the type of a form, and a body in chunks",
    operation: "getContactGroup",
    query: `${credentials}&random=1&contenttype=json`,
    fields: [
      "User-Agent: Java/17.0.15",
      "Accept: text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
      "Connection: keep-alive",
      "Content-type: application/x-www-form-urlencoded",
    ],
    isChunked: true,
    body: '{"From_Account":"ann","StartIndex":0}',
  },
];

const seed: SeedApp = {
  accounts: ["bob", "cat"],
  chatGroups: [{ id: "@TGS#open" }],
  users: [
    {
      userId: "ann",
      groups: [{ name: "family" }],
      conversations: [{ Type: 1, To_Account: "bob", groups: ["family"] }],
    },
  ],
};

/** The bytes of a request; each conversation in its response has to have succeeded. */
async function bytesOf({ operation, query, fields, body, isEscaped, isChunked }: ForeignRequest): Promise<string> {
  const userSig = await sign();
  const written = isEscaped ? encodeURIComponent(userSig).replaceAll("*", "%2A") : userSig;
  const length = Buffer.byteLength(body);
  return [
    `POST ${operations[operation].path}?${query.replace("SIG", written)} HTTP/1.1`,
    "Host: console.tim.qq.com",
    ...fields,
    ...(isChunked
      ? ["Transfer-Encoding: chunked", "", length.toString(16), body, "0", "", ""]
      : [`Content-Length: ${length}`, "", body]),
  ].join("\r\n");
}

test.each(requests)("accepts what $client sends: $what", async (request) => {
  const apps = [{ sdkAppId: 1400000000, secretKey }];
  const { listener } = await serve({ emulator: { apps, seed: { apps: [seed] } } });
  const raw = dial(listener, await bytesOf(request));
  const response = await raw.until(/"ErrorCode":\d+[\s\S]*\}$/g);
  expect([codesOf(response), response]).toEqual([[0], expect.stringMatching(/^HTTP\/1\.1 200 OK\r\n/)]);
  expect(response).not.toMatch(/"ResultCode":[^0]/);
  raw.socket.destroy();
});
