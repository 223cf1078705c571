import type { Field } from "@contact-groups/core/check";

/** What the emulator's files are made of: a part of the model of the description. */
export interface Described {
  readonly descriptionVersion: string;
  /** By their operationIds. */
  readonly operations: Readonly<Record<string, unknown>>;
  readonly requestFields: Readonly<Record<string, Field>>;
  readonly responseFields: Readonly<Record<string, Field>>;
}
