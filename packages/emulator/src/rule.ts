import type { RequestRule } from "@contact-groups/core/check";
import type { ErrorName, RequestCheck, limits } from "@contact-groups/openapi/model";
import type { RuleId } from "./rules.ts";
import type { Settings } from "./settings.ts";

/** A rule by which the emulator answers. `FIDELITY.md` has all of them. */
export interface Rule {
  readonly id: RuleId;
  /** What the emulator does unless the setting says otherwise. */
  readonly what: string;
  /** Public documents that say so, by their keys in the description; `project` where none does. */
  readonly evidence: string;
  /** The setting that changes it. */
  readonly setting?: keyof Settings;
  /** The error that a call, or one of its conversations, is answered with. */
  readonly error?: ErrorName;
}

/** A rule where it is declared: next to the code that decides by it. */
export interface RuleText extends Omit<Rule, "id"> {
  /** The check of the description whose error it has. */
  readonly check?: RequestCheck;
  /** The limit of the description whose error it has. */
  readonly limit?: keyof typeof limits;
  /** The field of the request body that it is about, with `*` for each item of a list, and the keywords that it stands for. */
  readonly at?: string;
  readonly keywords?: readonly RequestRule[];
}

/** Rules by their IDs. */
export type RuleTexts = Readonly<Record<string, RuleText>>;
