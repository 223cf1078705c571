/** The documents' samples, sent to an emulator with the state that they assume. */
import { operationTexts } from "@contact-groups/openapi/model";
import { createEmulator, type Emulator, type SeedDocument } from "@contact-groups/emulator";
import { createContractFetch } from "../../src/contract-fetch.ts";
import type { Json } from "../mutations/mutation.ts";
import { testedOperations, type TestedOperation } from "../tested-operations.ts";

export interface Sample {
  readonly operation: TestedOperation;
  readonly name: string;
  /** Documents that it is from; `project` for an example that was constructed. */
  readonly source: readonly string[];
  readonly request: Json;
  readonly response: Json;
}

/** A response next to another request in its document, and that request. */
const otherRequests: Readonly<Record<string, string>> = { AnotherConversation: "OneConversation" };

export const samples: readonly Sample[] = testedOperations.flatMap((operation) =>
  operation.responses
    .filter(({ name }) => operation.successes.includes(name))
    .map(({ name, value }) => ({
      operation,
      name,
      source: operationTexts[operation.operationId].responseSources[name] ?? [],
      request: operation.requests.find((it) => it.name === (otherRequests[name] ?? name))?.value,
      response: value,
    })),
);

/** Returns the JSON pointers at which a response differs from the sample. */
export async function differences(
  { operation, request, response, name }: Sample,
  by: "emulator" | "contract server",
): Promise<readonly string[]> {
  const query = "sdkappid=1400000000&identifier=administrator&usersig=any-text&random=1&contenttype=json";
  const url = `http://provider.test${operation.path}?${query}`;
  const init = { method: "POST", body: JSON.stringify(request) };
  const received =
    by === "emulator"
      ? await emulatorOf(operation, request, response).fetch(url, init)
      : await createContractFetch().fetch(url, { ...init, headers: { Prefer: `example=${name}` } });
  return diff(response, await received.json(), "");
}

function emulatorOf(operation: TestedOperation, request: Json, response: Json): Emulator {
  const more = response.CompleteFlag === 0;
  return createEmulator({
    seed: seedOf(operation, request, response, more),
    ...(more && { settings: { pageSize: response.ContactItem.length } }),
  });
}

/** Returns the state in which a request has this response. */
function seedOf({ effect }: TestedOperation, request: Json, response: Json, more: boolean): SeedDocument {
  const all = [...objectsIn(request), ...objectsIn(response)];
  const failed = objectsIn(response).filter(({ ResultCode = 0 }) => ResultCode !== 0);
  const isFailed = (field: string, id: string): boolean => failed.some(({ ContactItem }) => ContactItem[field] === id);
  const idsOf = (field: string): string[] => [...new Set(all.flatMap((object) => object[field] ?? []))];
  const named = objectsIn(response).filter(({ GroupId }) => GroupId !== undefined);
  // A creation has the groups afterwards, every other call before it.
  const groups =
    effect === "create" ? [] : named.map((it) => ({ id: it.GroupId, name: it.OldGroupName ?? it.GroupName }));
  const nameOf = new Map(groups.map(({ id, name }) => [id, name]));
  const listed = (response.ContactItem ?? response.ContactResultItem ?? []).map((item: Json, index: number) => ({
    Type: item.Type,
    ...(item.Type === 1 ? { To_Account: item.To_Account } : { ToGroupId: item.ToGroupId }),
    groups: (item.ContactGroupId ?? []).map((id: number) => nameOf.get(id)),
    standardMark: item.StandardMark,
    customMark: item.CustomMark,
    timestamp: item.Timestamp,
    position: (request.StartIndex ?? 0) + index,
  }));
  const last = effect === "create" ? named[0].GroupId - 1 : 0;
  return {
    apps: [
      {
        accounts: idsOf("To_Account").filter((id) => !isFailed("To_Account", id)),
        chatGroups: idsOf("ToGroupId").map((id) => ({ id, disbanded: isFailed("ToGroupId", id) })),
        users: [
          {
            userId: request.From_Account,
            groups,
            conversations: more ? [...listed, { Type: 1, To_Account: "one_more", standardMark: "1" }] : listed,
            ...(last > 0 && { lastGroupId: last }),
          },
        ],
      },
    ],
  };
}

/** Returns a value and the values inside it that are objects. */
function objectsIn(value: Json): Json[] {
  if (Object(value) !== value) return [];
  const inside = Object.values(value).flatMap(objectsIn);
  return Array.isArray(value) ? inside : [value, ...inside];
}

function diff(expected: Json, found: Json, pointer: string): string[] {
  if (Object(expected) !== expected || Object(found) !== found) return expected === found ? [] : [pointer];
  const keys = new Set([...Object.keys(expected), ...Object.keys(found)]);
  return [...keys].flatMap((key) => diff(expected[key], found[key], `${pointer}/${key}`));
}
