import { entries } from "../packed.ts";

/** Imports what each entry exports, as an ES module. */
const imports = `
import { ApiError, c2c, createClient, PartialFailureError, type Client, type ClientOptions } from "@contact-groups/client";
import { errorCatalogue, explain } from "@contact-groups/client/catalogue";
import { nodeTransport } from "@contact-groups/client/node";
import { signUserSig, verifyUserSig } from "@contact-groups/client/usersig";
import { createMockClient } from "@contact-groups/client/testing";
import * as otel from "@contact-groups/client/otel";
import { createOpenapiFetchClient } from "@contact-groups/client/openapi-fetch";
`;

/** Requires the same, as CommonJS does where the syntax of modules is kept verbatim. */
const requires = `
import main = require("@contact-groups/client");
import catalogue = require("@contact-groups/client/catalogue");
import node = require("@contact-groups/client/node");
import usersig = require("@contact-groups/client/usersig");
import testing = require("@contact-groups/client/testing");
import otel = require("@contact-groups/client/otel");
import openapiFetch = require("@contact-groups/client/openapi-fetch");
type Client = main.Client;
type ClientOptions = main.ClientOptions;
const { ApiError, c2c, createClient, PartialFailureError } = main;
const { errorCatalogue, explain } = catalogue;
const { nodeTransport } = node;
const { signUserSig, verifyUserSig } = usersig;
const { createMockClient } = testing;
const { createOpenapiFetchClient } = openapiFetch;
`;

/** Touches what each entry exports with types, and what must not compile. */
const body = `
const options: ClientOptions = { sdkAppId: 1400000000, identifier: "administrator", userSig: () => "", region: "singapore" };
const client: Client = createClient({ ...options, transport: nodeTransport() });
createClient({ ...options, fetch });
createClient({ ...options, fetch: (url, init) => fetch(url, init) });
// @ts-expect-error A region that is not one.
createClient({ ...options, region: "moon" });

async function program(): Promise<string[]> {
  const { failures } = await client.createContactGroup({
    From_Account: "user15",
    GroupContactItem: [{ GroupName: "family", ContactItem: [c2c("user0"), { Type: 2, ToGroupId: "@TGS#1" }] }],
  });
  const codes: number[] = [failures.length];
  for await (const conversation of client.iterateContactGroup({ From_Account: "user15" }))
    if (conversation.Type === 1) codes.push(conversation.To_Account.length);
  const result = await client.safe.searchContactGroup({ From_Account: "user15", ContactItem: [c2c("user0")] });
  if (!result.ok && result.error instanceof ApiError) codes.push(result.error.code);
  // @ts-expect-error A conversation without its id.
  await client.searchContactGroup({ From_Account: "user15", ContactItem: [{ Type: 1 }] });
  const signature: string = await signUserSig({ sdkAppId: 1400000000, identifier: "user15", secretKey: "" });
  await verifyUserSig(signature, { sdkAppId: 1400000000, identifier: "user15", secretKey: "" });
  const mock = createMockClient();
  mock.mock.next("getContactGroup", { example: "FirstOfTwoPages" });
  await client.getContactGroup({ From_Account: "user15", StartIndex: 0 }, { headers: new Headers(), signal: new AbortController().signal });
  const { data, error } = await createOpenapiFetchClient(options).POST("/v4/recentcontact/get_contact_group", {
    body: { From_Account: "user15", StartIndex: 0 },
  });
  codes.push(error ? error.ErrorCode : (data.ContactItem ?? []).length);
  return [explain(51008)?.fix ?? "", String(errorCatalogue), String(otel), String(PartialFailureError)];
}
`;

/** What a library exports without naming its types: each must have a name that its declarations can refer to. */
const inferred = `
class Groups {
  readonly client = createClient(options);
  readonly safe = this.client.safe;
  create() {
    return this.client.createContactGroup({ From_Account: "user15", GroupContactItem: [] });
  }
  list() {
    return this.client.iterateContactGroup({ From_Account: "user15" });
  }
  pages() {
    return this.list().pages();
  }
  search() {
    return this.client.searchContactGroup({ From_Account: "user15", ContactItem: [c2c("user0")] });
  }
  async failure() {
    return (await this.client.safe.markContact({ From_Account: "user15", MarkItem: [] })).error;
  }
  call() {
    return this.client.call("v4/openim/sendmsg", {});
  }
}
const createMock = () => createMockClient();
const openapi = createOpenapiFetchClient(options);
const openapiPage = () => openapi.POST("/v4/recentcontact/get_contact_group", { body: { From_Account: "user15", StartIndex: 0 } });
const transport = nodeTransport();
const explanation = explain(51008);
`;

const exported = [
  "Groups, createMock, openapi, openapiPage, transport, explanation",
  ...entries.map((_, index) => `entry${index}`),
].join(", ");

/** The program of a consumer, as an ES module. It also loads each entry. */
export const moduleProgram: string = `${imports}${body}${inferred}
${entries.map((name, index) => `import * as entry${index} from "${name}";`).join("\n")}
export { program, ${exported} };
`;

/** The program of a consumer, as CommonJS. It also loads each entry. */
export const commonJsProgram: string = `${requires}${body}${inferred}
${entries.map((name, index) => `import entry${index} = require("${name}");`).join("\n")}
export = { program, ${exported} };
`;
