import { type RequestBody, requestExamples } from "@contact-groups/openapi/model";

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
