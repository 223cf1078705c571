import type { Field } from "@contact-groups/core/check";
import type { Schema } from "@contact-groups/toolchain/model";
import type { Described } from "./described.ts";

/**
 * The schemas of a seed, by name. What the service has as well is taken from the model. Types and validators are made from them, and
 * `seed.schema.json` publishes them.
 */
export function seedSchemas(described: Described): Readonly<Record<string, Schema>> {
  return { ...ownSchemas, ...sharedSchemas(described) };
}

/** Renders `seed.schema.json`. */
export function renderSeedSchema(described: Described): string {
  const text = JSON.stringify({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $comment: `Made from @contact-groups/openapi ${described.descriptionVersion}. Do not edit.`,
    title: "Seed of @contact-groups/emulator",
    $ref: "#/components/schemas/SeedDocument",
    $defs: seedSchemas(described),
  });
  const inside = JSON.parse(text.replaceAll('"#/components/schemas/', '"#/$defs/')) as object;
  return `${JSON.stringify(inside, undefined, 2)}
`;
}

/** What the service has as well. What a request or a response says of its own use of it is replaced by a text. */
const shared: Readonly<Record<string, string | undefined>> = {
  Conversation: "A conversation, told apart by `Type`.",
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
    "Everything that an emulator keeps: the one form in which state comes in and goes out.",
    {
      $schema: { type: "string", description: "Where this schema is, for an editor." },
      apps: list(ref("SeedApp"), "What is kept of each app."),
    },
    ["apps"],
  ),
  SeedApp: record("What is kept of one app.", {
    sdkAppId: count("The first app of the emulator when it is left out."),
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
      disbanded: { type: "boolean", description: "Whether it was disbanded; false when it is left out." },
      members: list(ref("UserId"), "Its members; every user is one when it is left out."),
    },
    ["id"],
  ),
  SeedUser: record(
    "A user with conversation groups and conversations. Limits do not apply, so a seed may be over them.",
    {
      userId: ref("UserId"),
      imported: { type: "boolean", description: "False keeps the user's data without an account." },
      groups: list(ref("SeedGroup"), "In the order of their creation."),
      conversations: list(ref("SeedConversation"), "In the order of the pages."),
      lastGroupId: count("Highest ID that a group of the user ever had, when it is above those in `groups`."),
      nextPosition: count(
        "`StartIndex` of the next new conversation, when it is not the one behind the last.",
        // Behind the last conversation that there may be.
        Number.MAX_SAFE_INTEGER + 1,
      ),
    },
    ["userId"],
  ),
  SeedGroup: record(
    "A conversation group.",
    { name: ref("GroupName"), id: count("The next one, from 1 on, when it is left out.") },
    ["name"],
  ),
  SeedConversation: {
    description: "A conversation as the API names it, with what the user keeps for it: groups, marks, or both.",
    allOf: [
      ref("Conversation"),
      {
        type: "object",
        properties: {
          groups: list(ref("GroupName"), "Names of the groups that it is in."),
          joined: list(
            count("A number that rises with each membership of the user."),
            "When it joined each of `groups`; in the order of the document when it is left out.",
          ),
          standardMark: ref("StandardMark"),
          customMark: ref("CustomMark"),
          timestamp: count("Unix seconds of the last change; the emulator's clock when it is left out."),
          position: count("Its `StartIndex`, when it is not the one behind its neighbour's."),
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

/** The schemas that the service has as well, from the first field of a request or a response that is of each. */
function sharedSchemas({ requestFields, responseFields }: Described): Readonly<Record<string, Schema>> {
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
      if (field === undefined)
        throw new Error(`no request or response has a ${name}, and a seed is made of it. ${advice}`);
      return [name, toSchema({ ...field, ...(description !== undefined && { description }) }, name)];
    }),
  );
}

const advice = "Refer to it in the description, or change packages/emulator-generator/src/seed-schema.ts.";

/** A field as the schema that it was made of. An object is open: a seed adds to it. */
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
  throw new Error(`the ${name} of a seed has a field of the type ${field.type}, which no schema is made of. ${advice}`);
}

/** The entries that have a value. */
function given<Values extends object>(values: Values): { [Key in keyof Values]?: NonNullable<Values[Key]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}
