import { ApiError, type Client, createClient, type GetContactGroupRequest } from "@contact-groups/client";
import {
  type CredentialParameter,
  operations,
  queryFields,
  type RequestBody,
  requestExamples,
} from "@contact-groups/openapi/model";

/** The documents' samples of 2026-04-14, one request per operation. */
export const samples: {
  readonly create: RequestBody<"createContactGroup">;
  readonly get: RequestBody<"getContactGroup">;
  readonly search: RequestBody<"searchContactGroup">;
} = {
  create: requestExamples.createContactGroup.TwoConversations,
  get: requestExamples.getContactGroup.OnlyPage,
  search: requestExamples.searchContactGroup.TwoConversations,
};

/** The credentials of the calls: the emulator's default app and administrator. It accepts any UserSig when an app has no key. */
export const caller = { sdkAppId: 1400000000, identifier: "administrator", userSig: "any-text" } as const;

const { create, get, search } = samples;

/** Creates a group at the emulator at `url`, then reads and finds it. */
export async function callEmulator(url: string): Promise<void> {
  const client = connect(url);
  await show("createContactGroup", create, () => client.createContactGroup(create));
  await show("getContactGroup", get, () => client.getContactGroup(get));
  await show("searchContactGroup", search, () => client.searchContactGroup(search));
}

/** Sends a sample of the documents to the contract server at `url`, then an invalid request. */
export async function callContractServer(url: string): Promise<void> {
  const client = connect(url);
  await show("searchContactGroup", search, () => client.searchContactGroup(search));
  // The types reject this request. The cast makes the call that a program in plain JavaScript could make.
  const wrong = { ...search, ContactItem: [{ Type: 1, ToGroupId: "@TGS#1B2AUI7RZ" }] } as unknown as typeof search;
  await show("searchContactGroup, with the wrong id for Type 1", wrong, () => client.searchContactGroup(wrong));
}

function connect(baseUrl: string): Client {
  // The servers validate the requests here, not the client.
  return createClient({ ...caller, baseUrl, checks: false });
}

/** Returns a `get_contact_group` call as a line to paste into a shell. The body is that of the samples by default. */
export function curlCommand(url: string, request: GetContactGroupRequest = get): string {
  const { path } = operations.getContactGroup;
  const query = new URLSearchParams({
    sdkappid: String(caller.sdkAppId),
    identifier: caller.identifier,
    usersig: caller.userSig,
  } satisfies Record<CredentialParameter, string>);
  for (const { name, credential, field } of queryFields)
    if (!credential) query.set(name, String(field.enum?.[0] ?? 99999999));
  const body = shellQuoted(JSON.stringify(request));
  return `curl -s ${shellQuoted(`${url}${path}?${query}`)} -H 'Content-Type: application/json' --data-raw ${body}`;
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

async function show(title: string, request: unknown, call: () => Promise<unknown>): Promise<void> {
  console.log(`\n${title}\n  request  ${JSON.stringify(request)}`);
  try {
    console.log(`  response ${JSON.stringify(await call())}`);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    console.log(`  error    ${error.name}: ${error.message}`);
  }
}
