import { ApiError, type Client, createClient, type GetContactGroupRequest } from "@contact-groups/client";
import { type CredentialParameter, operations, queryFields } from "@contact-groups/openapi/model";
import { localCaller } from "../src/local-servers.ts";
import { shellQuoted } from "../src/shell-quoted.ts";
import { samples } from "./samples.ts";

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
  // The servers are to judge the requests here, not the client.
  return createClient({ ...localCaller, baseUrl, checks: false });
}

/** A `get_contact_group` call, that of the samples unless told otherwise, as a line to paste into a shell. */
export function curlCommand(url: string, request: GetContactGroupRequest = get): string {
  const { path } = operations.getContactGroup;
  const query = new URLSearchParams({
    sdkappid: String(localCaller.sdkAppId),
    identifier: localCaller.identifier,
    usersig: localCaller.userSig,
  } satisfies Record<CredentialParameter, string>);
  for (const { name, credential, field } of queryFields)
    if (!credential) query.set(name, String(field.enum?.[0] ?? 99999999));
  const body = shellQuoted(JSON.stringify(request));
  return `curl -s ${shellQuoted(`${url}${path}?${query}`)} -H 'Content-Type: application/json' --data-raw ${body}`;
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
