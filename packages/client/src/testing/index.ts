export { createMockClient } from "./create-mock-client.ts";
export type { MockClient, MockClientOptions } from "./create-mock-client.ts";
export type { Mock, MockAnswer, MockCall, MockHandler } from "./mock.ts";
export type { ErrorNumber, ExampleName, PlainAnswer } from "./plain-answer.ts";
export { requestExamples, successExamples } from "@contact-groups/openapi/model";
