import type {
  CreateContactGroupRequest,
  GetContactGroupRequest,
  SearchContactGroupRequest,
} from "@contact-groups/client";
import description from "@contact-groups/openapi" with { type: "json" };

const examples = description.components.examples;

/** The documents' samples of 2026-04-14, one request per operation. */
export const samples = {
  create: examples.CreateTwoConversationsRequest.value as CreateContactGroupRequest,
  get: examples.GetOnlyPageRequest.value as GetContactGroupRequest,
  search: examples.SearchTwoConversationsRequest.value as SearchContactGroupRequest,
} as const;

/** The credentials in the documents' sample URL. Contract server and emulator take any UserSig of the right characters. */
export const credentials = { sdkappid: 88888888, identifier: "admin", usersig: "xxx" } as const;
