import {
  value_CustomMark,
  value_GroupId,
  value_GroupName,
  value_StandardMark,
  value_UserId,
  type Validate,
} from "./generated/validators.js";
import { wording } from "./gate/wording.ts";

/** Says what is wrong with a value; undefined when nothing is. */
type Check = (value: unknown, place: string) => void;

/** Throws a `TypeError` that names the place of the first value that a seed cannot have. */
export function checkSeed(document: unknown): void {
  seedDocument(document, "");
}

const userId = described(value_UserId);
const count: Check = (value, place) => {
  if (!Number.isSafeInteger(value) || Number(value) < 0) refuse(place, "a non-negative integer");
};
const flag: Check = (value, place) => {
  if (typeof value !== "boolean") refuse(place, "true or false");
};

const chatGroup = record({ id: described(value_GroupId) }, { disbanded: flag, members: list(userId) });
const group = record({ name: described(value_GroupName) }, { id: count });
const conversationFields = record(
  { Type: oneOf(1, 2) },
  {
    To_Account: userId,
    ToGroupId: described(value_GroupId),
    groups: list(described(value_GroupName)),
    joined: list(count),
    standardMark: described(value_StandardMark),
    customMark: described(value_CustomMark),
    timestamp: count,
    position: count,
  },
);
const user = record(
  { userId },
  {
    imported: flag,
    groups: list(group),
    conversations: list(conversation),
    lastGroupId: count,
    nextPosition: count,
  },
);
const app = record({}, { sdkAppId: count, accounts: list(userId), chatGroups: list(chatGroup), users: list(user) });
const seedDocument = record({ apps: list(app) }, {});

function conversation(value: unknown, place: string): void {
  conversationFields(value, place);
  const { Type, To_Account, ToGroupId, groups, joined, standardMark, customMark } = value as Record<string, unknown>;
  const [own, other] = Type === 1 ? [To_Account, ToGroupId] : [ToGroupId, To_Account];
  if (own === undefined || other !== undefined) refuse(place, `with ${Type === 1 ? "To_Account" : "ToGroupId"} alone`);
  const length = ((groups ?? []) as unknown[]).length;
  if (joined !== undefined && (joined as unknown[]).length !== length) refuse(`${place}/joined`, "as long as groups");
  if (length === 0 && !standardMark && !customMark) refuse(place, "in a group or with a mark, or it is not kept");
}

function described(validate: Validate): Check {
  return (value, place) => {
    if (validate(value)) return;
    const [problem] = validate.errors ?? [];
    throw new TypeError(`${place} ${problem ? wording(problem, value) : "is not valid"}.`);
  };
}

function oneOf(...values: readonly unknown[]): Check {
  return (value, place) => {
    if (!values.includes(value)) refuse(place, values.join(" or "));
  };
}

function list(check: Check): Check {
  return (value, place) => {
    if (!Array.isArray(value)) return refuse(place, "an array");
    for (const [index, item] of value.entries()) check(item, `${place}/${index}`);
  };
}

function record(required: Readonly<Record<string, Check>>, optional: Readonly<Record<string, Check>>): Check {
  return (value, place) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return refuse(place, "an object");
    for (const name of Object.keys(value)) {
      if (!Object.hasOwn(required, name) && !Object.hasOwn(optional, name))
        refuse(
          place,
          `an object of ${[...Object.keys(required), ...Object.keys(optional)].join(", ")}, without ${JSON.stringify(name)}`,
        );
    }
    for (const [name, check] of Object.entries(required))
      check((value as Record<string, unknown>)[name], `${place}/${name}`);
    for (const [name, check] of Object.entries(optional)) {
      const item = (value as Record<string, unknown>)[name];
      if (item !== undefined) check(item, `${place}/${name}`);
    }
  };
}

function refuse(place: string, expected: string): never {
  throw new TypeError(`${place || "The seed"} must be ${expected}.`);
}
