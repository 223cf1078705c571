/** Pseudonyms for the UserIDs, GroupIDs, names and texts of a recording. */
import { createHmac } from "node:crypto";
import { byteLength } from "@contact-groups/core/check";
import { type Difference, isMembers } from "./differences.ts";

/** Replaces the texts of one call. Texts of the service, which can quote them, need `see` for everything that they can quote. */
export interface CallNames {
  /** Notes the texts of a value. */
  see(value: unknown): void;
  /** Returns a copy whose texts are replaced. `name` is the member that has the value. */
  json(value: unknown, name?: string): unknown;
  /** Returns a sentence in which the texts that were noted are replaced. */
  text(sentence: string): string;
  /** Returns a body, which is omitted unless it is JSON. */
  body(text: string): string;
  /** Returns the pseudonym of a UserID. */
  userId(userId: string): string;
}

/** What a text is: the same text of the same kind always has the same pseudonym. */
type Kind = "user" | "chat" | "group" | "text";

const kinds: Readonly<Partial<Record<string, Kind>>> = {
  From_Account: "user",
  To_Account: "user",
  UserID: "user",
  Identifier: "user",
  Accounts: "user",
  FailAccounts: "user",
  ToGroupId: "chat",
  GroupName: "group",
  OldGroupName: "group",
  NewGroupName: "group",
};
/** Members whose texts are the protocol's own. */
const kept: ReadonlySet<string> = new Set(["ActionStatus", "StandardMark", "AccountStatus", "RequestId"]);
/** Members with sentences of the service. */
const sentences: ReadonlySet<string> = new Set(["ErrorInfo", "ResultInfo", "ErrorDisplay"]);

/** What stands for a body that is not JSON. */
export const omitted = "[omitted: not JSON]";

/** The longest text that no limit rejects. */
const shortEnough = 32;

/** Creates the function that replaces the texts of a call, with a key that nobody else has. */
export function createPseudonyms(key: Uint8Array): () => CallNames {
  const pseudonymOf = (text: string, kind: Kind): string => {
    if (text === "") return "";
    const hash = createHmac("sha256", key).update(`${kind}\0${text}`).digest("hex");
    const isForeign = kind !== "group" && kind !== "text" && /[^ -~]/.test(text);
    const short = `${text.startsWith("@TGS#") ? "@TGS#" : ""}${kind}_${hash.slice(0, 12)}${isForeign ? "\u00e9" : ""}`;
    // One that was too long stays as long, so that it breaks the same limit.
    const bytes = byteLength(text);
    return bytes <= shortEnough ? short : short.padEnd(bytes - byteLength(short) + short.length, hash);
  };

  return () => {
    const seen = new Map<string, string>();
    const replace = (value: unknown, name: string): unknown => {
      if (Array.isArray(value)) return value.map((item) => replace(item, name));
      if (isMembers(value))
        return Object.fromEntries(Object.entries(value).map(([inner, field]) => [inner, replace(field, inner)]));
      if (typeof value !== "string" || kept.has(name)) return value;
      if (sentences.has(name)) return text(value);
      const pseudonym = pseudonymOf(value, kinds[name] ?? "text");
      if (value !== "") seen.set(value, pseudonym);
      return pseudonym;
    };
    const text = (sentence: string): string =>
      [...seen]
        .toSorted(([one], [other]) => other.length - one.length)
        .reduce((shown, [original, pseudonym]) => replaceWord(shown, original, pseudonym), sentence);

    return {
      see: (value) => void replace(value, ""),
      json: (value, name = "") => replace(value, name),
      text,
      body(given) {
        if (given === "") return given;
        try {
          return JSON.stringify(replace(JSON.parse(given), ""));
        } catch {
          return omitted;
        }
      },
      userId: (userId) => pseudonymOf(userId, "user"),
    };
  };
}

/** Replaces a text, a short one only where it is a word of its own. */
function replaceWord(sentence: string, original: string, pseudonym: string): string {
  if (original.length > 3) return sentence.replaceAll(original, pseudonym);
  const pattern = original.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
  return sentence.replaceAll(new RegExp(String.raw`(?<![\w])${pattern}(?![\w])`, "g"), () => pseudonym);
}

/** Returns a difference whose values have no names of the caller. */
export function withNames(difference: Difference, names: CallNames | undefined): Difference {
  if (!names) return difference;
  const name = difference.pointer.split("/").findLast((part) => !/^\d*$/.test(part));
  const { expected, found } = difference;
  return {
    ...difference,
    ...(expected !== undefined && { expected: names.json(expected, name) }),
    ...(found !== undefined && { found: names.json(found, name) }),
  };
}
