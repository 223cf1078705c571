import type { Bundle, Schema } from "@contact-groups/toolchain/model";

/**
 * The schemas of a seed, by name. What the service has as well is taken from the bundle. Types and validators are made from them, and
 * `seed.schema.json` publishes them.
 */
export function seedSchemas(bundle: Bundle): Readonly<Record<string, Schema>> {
  return {
    ...ownSchemas,
    ...Object.fromEntries(withReferred(bundle).map((name) => [name, bare(schemaOf(bundle, name))])),
  };
}

/** Renders `seed.schema.json`. */
export function renderSeedSchema(bundle: Bundle): string {
  const text = JSON.stringify({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $comment: `Made from @contact-groups/openapi ${bundle.info.version}. Do not edit.`,
    title: "Seed of @contact-groups/emulator",
    $ref: "#/components/schemas/SeedDocument",
    $defs: seedSchemas(bundle),
  });
  const inside = JSON.parse(text.replaceAll('"#/components/schemas/', '"#/$defs/')) as object;
  return `${JSON.stringify(inside, undefined, 2)}
`;
}

const fromBundle = [
  "Conversation",
  "OneToOneConversation",
  "GroupConversation",
  "UserId",
  "GroupId",
  "GroupName",
  "StandardMark",
  "CustomMark",
];

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

function schemaOf(bundle: Bundle, name: string): Schema {
  const schema = bundle.components.schemas[name];
  if (schema) return schema;
  throw new Error(
    `no schema ${name} is in the bundle, and a seed is made of it. Refer to it in the description, or change packages/emulator/generate/seed-schema.ts.`,
  );
}

/** The names of those schemas, and of all that they refer to. */
function withReferred(bundle: Bundle): string[] {
  const names = new Set(fromBundle);
  // A set also visits what is added while it is walked.
  for (const name of names) {
    for (const [, referred] of JSON.stringify(bare(schemaOf(bundle, name))).matchAll(
      /"#\/components\/schemas\/(\w+)"/g,
    ))
      names.add(referred!);
  }
  return [...names];
}

/** Extension keywords that say which values are allowed; the others are about sources, errors and generators. */
const kept = new Set(["x-maxBytes", "x-maxBytesDisputed"]);

function bare<Node>(node: Node): Node {
  if (Array.isArray(node)) return node.map(bare) as Node;
  if (typeof node !== "object" || node === null) return node;
  const entries = Object.entries(node).filter(([key]) => !key.startsWith("x-") || kept.has(key));
  return Object.fromEntries(entries.map(([key, value]) => [key, bare(value)])) as Node;
}
