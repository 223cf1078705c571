/** The one JSON form in which state comes in and goes out: seeds, presets, exports, snapshots. `seed.schema.json` describes it. */
import type { components } from "./generated/control-types.ts";

type Schemas = components["schemas"];

/** Everything that an emulator keeps. What a snapshot gives is a whole seed. */
export type SeedDocument = Schemas["SeedDocument"];

/** What is kept of one app. */
export type SeedApp = Schemas["SeedApp"];

/** A chat group. Without `members` every user is a member. */
export type SeedChatGroup = Schemas["SeedChatGroup"];

/** A user with conversation groups and conversations. Limits do not apply: a seed may be over them. */
export type SeedUser = Schemas["SeedUser"];

/** A conversation group. Without `id` it gets the next one, from 1 on. */
export type SeedGroup = Schemas["SeedGroup"];

/** A conversation as the API names it, with its groups and marks. */
export type SeedConversation = Schemas["SeedConversation"];
