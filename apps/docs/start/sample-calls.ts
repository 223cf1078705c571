import { ApiError, type Client, createClient } from "@contact-groups/client";
import description from "@contact-groups/openapi" with { type: "json" };
import { credentials, samples } from "./samples.ts";

const { create, get, search } = samples;

/** Creates a group at the emulator at `url`, and shows that it is pulled and found afterwards. */
export async function runWithState(url: string): Promise<void> {
  const client = connect(url);
  await show("createContactGroup", create, () => client.createContactGroup(create));
  await show("getContactGroup", get, () => client.getContactGroup(get));
  await show("searchContactGroup", search, () => client.searchContactGroup(search));
}

/** Sends one of the documents' samples to the contract server at `url`, then a wrong request, and prints what comes back. */
export async function runJudged(url: string): Promise<void> {
  const client = connect(url);
  await show("searchContactGroup", search, () => client.searchContactGroup(search));
  // The types refuse this request, so the cast is what a caller in plain JavaScript would not notice.
  const wrong = { ...search, ContactItem: [{ Type: 1, ToGroupId: "@TGS#1B2AUI7RZ" }] } as unknown as typeof search;
  await show("searchContactGroup, with the wrong id for Type 1", wrong, () => client.searchContactGroup(wrong));
}

function connect(baseUrl: string): Client {
  const { sdkappid: sdkAppId, identifier, usersig: userSig } = credentials;
  // The servers are to judge the requests here, not the client.
  return createClient({ baseUrl, sdkAppId, identifier, userSig, checks: false });
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
