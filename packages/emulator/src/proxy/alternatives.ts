/** The other readings of the settings, which the proxy tries. */
import { byteLength } from "@contact-groups/core/check";
import { requestBodies } from "@contact-groups/openapi/model";
import { choices, defaultSettings, type Settings } from "../settings.ts";

/** Settings about credentials, rate and what exists in the app. The proxy has no other reading of them. */
export const learned: readonly (keyof Settings)[] = ["userSig", "rateLimit", "chatGroups"];

/** What documents say of the setting `groupNameBytes`. */
const documentedNameBytes: readonly number[] = [
  defaultSettings.groupNameBytes,
  requestBodies.createContactGroup.fields.GroupContactItem.items.fields.GroupName.maxBytesDisputed,
];

/** Settings that differ from others. */
export type Change = Partial<Settings>;

/** What a call says about the settings that are numbers. */
export interface SeenNumbers {
  /** Length of the list of a page; undefined when the call is about no page. */
  readonly page?: number | undefined;
  /** Names of conversation groups in the request. */
  readonly names: readonly string[];
}

/** Returns each single change of these settings, with other values of the settings that are numbers where the call suggests some. */
export function alternativesOf(settings: Settings, seen: SeenNumbers): readonly Change[] {
  const names = (Object.keys(defaultSettings) as (keyof Settings)[]).filter((name) => !learned.includes(name));
  return names.flatMap((name) => {
    // Which accounts exist is certain only where the caller wants it to be.
    if (name === "accounts" && settings.accounts === "lenient") return [];
    const values: readonly unknown[] = choices[name] ?? numbersFor(name, settings, seen);
    return [...new Set(values)].filter((value) => value !== settings[name]).map((value): Change => ({ [name]: value }));
  });
}

function numbersFor(name: keyof Settings, settings: Settings, { page, names }: SeenNumbers): readonly number[] {
  switch (name) {
    case "pageSize":
      if (page === undefined) return [];
      return [page, settings.pageSize - 1, settings.pageSize + 1, defaultSettings.pageSize].filter((size) => size > 0);
    case "groupNameBytes":
      return [
        ...documentedNameBytes,
        ...names
          .map(byteLength)
          .flatMap((bytes) => [bytes, bytes - 1])
          .filter((limit) => limit > 0 && limit <= Math.max(...documentedNameBytes)),
      ];
    default:
      return [];
  }
}
