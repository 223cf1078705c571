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
