import type { Settings } from "../settings.ts";

/** Rewrites the conversations of a body in place where the settings take what the schema refuses. */
export function normalise(body: unknown, { bothIds, stringType }: Settings): void {
  if (bothIds === "refuse" && stringType === "refuse") return;
  for (const conversation of conversationsOf(body)) {
    const type = conversation["Type"];
    if (stringType === "accept" && (type === "1" || type === "2")) conversation["Type"] = Number(type);
    if (bothIds === "refuse") continue;
    if (conversation["Type"] === 1) delete conversation["ToGroupId"];
    if (conversation["Type"] === 2) delete conversation["To_Account"];
  }
}

/** The conversations of a request, whether or not the rest of it is valid. */
function conversationsOf(body: unknown): Record<string, unknown>[] {
  const lists = [
    field(body, "ContactItem"),
    ...list(field(body, "GroupContactItem")).map((group) => field(group, "ContactItem")),
  ];
  return lists
    .flatMap(list)
    .filter((item): item is Record<string, unknown> => typeof item === "object" && item !== null);
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
