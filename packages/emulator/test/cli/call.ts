import { type OperationId, operations } from "@contact-groups/openapi/model";

/** Calls an operation of an emulator at an address. */
export async function call(
  url: string,
  operation: OperationId,
  body: object,
  credentials: Readonly<Record<string, string>> = {},
): Promise<{ readonly ErrorCode: number; readonly [name: string]: unknown }> {
  const query = new URLSearchParams({
    sdkappid: "1400000000",
    identifier: "administrator",
    usersig: "any-text",
    random: "1",
    contenttype: "json",
    ...credentials,
  });
  const response = await fetch(`${url}${operations[operation].path}?${query}`, {
    method: "POST",
    body: JSON.stringify(body),
  });
  return (await response.json()) as { readonly ErrorCode: number };
}

/** Creates a group for a user. */
export const createGroup = (url: string, userId: string, name: string): Promise<{ readonly ErrorCode: number }> =>
  call(url, "createContactGroup", { From_Account: userId, GroupContactItem: [{ GroupName: name }] });

/** Names of a user's groups. */
export async function groupsOf(url: string, userId: string): Promise<unknown> {
  const { GroupItem } = await call(url, "getContactGroup", { From_Account: userId, StartIndex: 0 });
  return (GroupItem as { readonly GroupName: string }[] | undefined)?.map(({ GroupName }) => GroupName);
}
