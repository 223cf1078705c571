import {
  ApiError,
  type CreateContactGroupRequest,
  createClient,
  type GetContactGroupRequest,
  type SearchContactGroupRequest,
} from "@contact-groups/client";
import description from "@contact-groups/openapi" with { type: "json" };

const examples = description.components.examples;
const create = examples.CreateTwoConversationsRequest.value as CreateContactGroupRequest;
const get = examples.GetOnlyPageRequest.value as GetContactGroupRequest;
const search = examples.SearchTwoConversationsRequest.value as SearchContactGroupRequest;

// The values that the documents' own sample URL has. The contract server takes any well-formed credentials.
const credentials = { sdkappid: 88888888, identifier: "admin", usersig: "xxx" };

/** Sends the documents' samples of 2026-04-14 to the server at `url`, then a wrong request, and prints what comes back. */
export async function runSampleCalls(url: string): Promise<void> {
  const client = createClient({
    baseUrl: url,
    sdkAppId: credentials.sdkappid,
    identifier: credentials.identifier,
    userSig: credentials.usersig,
    // The client would refuse the wrong request itself; here the server is to say what is wrong.
    checks: false,
  });
  await show("createContactGroup", create, () => client.createContactGroup(create));
  await show("getContactGroup", get, () => client.getContactGroup(get));
  await show("searchContactGroup", search, () => client.searchContactGroup(search));

  // The types refuse this request, so the cast is what a caller in plain JavaScript would not notice.
  const wrong = { ...search, ContactItem: [{ Type: 1, ToGroupId: "@TGS#1B2AUI7RZ" }] } as unknown as typeof search;
  await show("searchContactGroup, with the wrong id for Type 1", wrong, () => client.searchContactGroup(wrong));
}

/** The same `get_contact_group` call as a line to paste into a shell. */
export function curlCommand(url: string): string {
  const path = Object.keys(description.paths).find((candidate) => candidate.endsWith("get_contact_group"));
  const query = new URLSearchParams(
    Object.entries(credentials).map(([name, value]): [string, string] => [name, `${value}`]),
  );
  for (const { name, example } of Object.values(description.components.parameters)) query.set(name, `${example}`);
  return `curl -s '${url}${path}?${query}' -H 'Content-Type: application/json' -d '${JSON.stringify(get)}'`;
}

async function show(title: string, request: unknown, call: () => Promise<unknown>): Promise<void> {
  console.log(`\n${title}\n  request  ${JSON.stringify(request)}`);
  try {
    console.log(`  answer   ${JSON.stringify(await call())}`);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    console.log(`  error    ${error.name}: ${error.message}`);
  }
}
