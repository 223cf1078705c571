import type { Field } from "@contact-groups/core/check";
import type { Schema } from "@contact-groups/toolchain/model/bundle";

/** The part of the description's model from which the emulator's files are generated. */
export interface EmulatorModel {
  readonly descriptionVersion: string;
  /** By their operationIds. */
  readonly operations: Readonly<Record<string, unknown>>;
  readonly requestFields: Readonly<Record<string, Field>>;
  readonly responseFields: Readonly<Record<string, Field>>;
}

/**
 * Returns the schemas of a seed, by name. Schemas of the service are taken from the model. Types and checks are generated from them, and
 * `seed.schema.json` publishes them.
 */
export function seedSchemas(described: EmulatorModel): Readonly<Record<string, Schema>> {
  return { ...ownSchemas, ...sharedSchemas(described) };
}

/** Renders `seed.schema.json`. */
export function renderSeedSchema(described: EmulatorModel): string {
  const text = JSON.stringify({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $comment: `Generated from @contact-groups/openapi ${described.descriptionVersion}. Do not edit.`,
    title: "Seed of @contact-groups/emulator",
    $ref: "#/components/schemas/SeedDocument",
    $defs: seedSchemas(described),
  });
  const inside = JSON.parse(text.replaceAll('"#/components/schemas/', '"#/$defs/')) as object;
  return `${JSON.stringify(inside, undefined, 2)}
`;
}

/** Schemas of the service, with a description where that of the request or response would not fit. */
const shared: Readonly<Record<string, string | undefined>> = {
  Conversation: "A conversation, discriminated by `Type`.",
  UserId: "UserID of an account.",
  GroupId: "GroupID of a chat group, not the integer ID of a conversation group.",
  GroupName: undefined,
  StandardMark: undefined,
  CustomMark: undefined,
};

const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
const list = (items: Schema, description: string): Schema => ({ type: "array", description, items });
const count = (description: string, maximum: number = Number.MAX_SAFE_INTEGER): Schema => ({
  type: "integer",
  description,
  minimum: 0,
  maximum,
});

const ownSchemas: Readonly<Record<string, Schema>> = {
  SeedDocument: record(
    "The state of an emulator, as it is seeded, exported and imported.",
    {
      $schema: { type: "string", description: "Location of this schema, for an editor." },
      apps: list(ref("SeedApp"), "The state of each app."),
    },
    ["apps"],
  ),
  SeedApp: record("The state of one app.", {
    sdkAppId: count("The app. The default is the first app of the emulator."),
    accounts: list(
      ref("UserId"),
      "UserIDs that were imported. A user below is imported too, unless `imported` is false.",
    ),
    chatGroups: list(ref("SeedChatGroup"), "Chat groups."),
    users: list(ref("SeedUser"), "Users with conversation groups or marks."),
  }),
  SeedChatGroup: record(
    "A chat group.",
    {
      id: ref("GroupId"),
      disbanded: { type: "boolean", description: "Whether it was disbanded. The default is false." },
      members: list(ref("UserId"), "Its members. The default is every user."),
    },
    ["id"],
  ),
  SeedUser: record(
    "A user with conversation groups and conversations. Limits do not apply: a seed can exceed them.",
    {
      userId: ref("UserId"),
      imported: { type: "boolean", description: "False keeps the user's data without an account." },
      groups: list(ref("SeedGroup"), "In the order of their creation."),
      conversations: list(ref("SeedConversation"), "In the order of the pages."),
      lastGroupId: count("Highest ID that a group of the user ever had. The default is the highest one in `groups`."),
      nextPosition: count(
        "`StartIndex` of the next new conversation. The default is the one after the last.",
        // After the last possible conversation.
        Number.MAX_SAFE_INTEGER + 1,
      ),
    },
    ["userId"],
  ),
  SeedGroup: record(
    "A conversation group.",
    {
      name: ref("GroupName"),
      id: count("The ID. The default is the next one, from 1 on. A group that has the name of another needs it."),
    },
    ["name"],
  ),
  SeedConversation: {
    description: "A conversation as the API names it, with its groups and marks of the user.",
    allOf: [
      ref("Conversation"),
      {
        type: "object",
        properties: {
          groups: list(ref("GroupName"), "Names of the groups that it is in."),
          groupIds: list(
            count("ID of a group."),
            "IDs of the groups that it is in, in place of `groups`. A snapshot has them where two groups of the user have one name.",
          ),
          joined: list(
            count("A number that rises with each membership of the user."),
            "One number for each of its groups: when it joined the group. The default is the order of the document.",
          ),
          standardMark: ref("StandardMark"),
          customMark: ref("CustomMark"),
          timestamp: count("Unix seconds of the last change. The default is the emulator's clock."),
          position: count("Its `StartIndex`. The default is the one after the previous conversation."),
        },
      },
    ],
    unevaluatedProperties: false,
  },
};

function record(
  description: string,
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[] = [],
): Schema {
  return {
    type: "object",
    description,
    ...(required.length > 0 && { required }),
    properties,
    additionalProperties: false,
  };
}

/** Returns the schemas of the service, from the first field of a request or a response that has each. */
function sharedSchemas({ requestFields, responseFields }: EmulatorModel): Readonly<Record<string, Schema>> {
  const found = new Map<string, Field>();
  const visit = (field: Field): void => {
    if (field.schema !== undefined && !found.has(field.schema)) found.set(field.schema, field);
    if (field.type === "array") visit(field.items);
    else if (field.type === "object") Object.values(field.fields).forEach(visit);
    else if (field.type === "union") field.alternatives.forEach(visit);
  };
  [requestFields, responseFields].flatMap((fields) => Object.values(fields)).forEach(visit);
  return Object.fromEntries(
    Object.entries(shared).map(([name, description]) => {
      const field = found.get(name);
      if (field === undefined) throw new Error(`No request or response has a ${name}, which a seed needs. ${advice}`);
      return [name, toSchema({ ...field, ...(description !== undefined && { description }) }, name)];
    }),
  );
}

const advice = "Refer to it in the description, or change packages/emulator-generator/src/seed-schema.ts.";

/** Returns a field as a schema. An object is open: a seed adds to it. */
function toSchema(field: Field, name: string): Schema {
  const { description, enum: values } = field;
  const texts = { ...(description !== undefined && { description }), ...(values && { enum: values }) };
  if (field.nullable === undefined)
    switch (field.type) {
      case "union":
        return { ...texts, oneOf: field.alternatives.map((one) => toSchema(one, name)) };
      case "object": {
        const properties = Object.entries(field.fields).map(([key, inner]) => [key, toSchema(inner, name)]);
        return { ...texts, type: "object", required: field.required, properties: Object.fromEntries(properties) };
      }
      case "string": {
        const { type, minLength, maxLength, pattern, maxBytes, maxBytesDisputed } = field;
        const limits = {
          minLength,
          maxLength,
          pattern,
          "x-maxBytes": maxBytes,
          "x-maxBytesDisputed": maxBytesDisputed,
        };
        return { ...texts, type, ...given(limits) };
      }
      case "integer": {
        const { type, minimum, maximum, format } = field;
        return { ...texts, type, ...given({ minimum, maximum, format }) };
      }
    }
  throw new Error(`The ${name} of a seed has a field of the type ${field.type}, which is not supported. ${advice}`);
}

/** The entries that have a value. */
function given<Values extends object>(values: Values): { [Key in keyof Values]?: NonNullable<Values[Key]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}
