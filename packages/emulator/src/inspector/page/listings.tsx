/** Lists of what an app has, in pages. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Context } from "./app.tsx";
import { count, Failure, Text, useLoaded } from "./parts.tsx";
import { UserNode } from "./user.tsx";

/** Entries that are read at first, and with each further step. */
const step = 50;
/** Entries that one list shows. Beyond, the search is quicker than scrolling. */
const most = 1000;

/** What a list shows. */
interface ListingProps {
  readonly context: Context;
  readonly sdkAppId: number;
  readonly prefix: string;
  /** Changes with the state. */
  readonly version: string;
}

/** Lists users with groups or marks. */
export function Users({ context, sdkAppId, prefix, version }: ListingProps): JSX.Element {
  const [limit, setLimit] = useState(step);
  const { value, error } = useLoaded(
    () => context.call("listUsers", { parameters: { sdkAppId, prefix, limit } }),
    [sdkAppId, prefix, limit, version],
  );
  return (
    <>
      <Failure error={error} />
      <ul class="tree">
        {value?.users.map((user) => (
          <UserNode
            key={user.userId}
            user={user}
            context={context}
            sdkAppId={sdkAppId}
            version={version}
            isOpen={value.users.length === 1}
          />
        ))}
      </ul>
      {value?.users.length === 0 && <p class="quiet">{none(prefix)}</p>}
      <More next={value?.next} limit={limit} onMore={setLimit} />
    </>
  );
}

/** Lists imported accounts. */
export function Accounts({ context, sdkAppId, prefix, version }: ListingProps): JSX.Element {
  const [limit, setLimit] = useState(step);
  const { value, error } = useLoaded(
    () => context.call("listAccounts", { parameters: { sdkAppId, prefix, limit } }),
    [sdkAppId, prefix, limit, version],
  );
  return (
    <>
      <Failure error={error} />
      <ul class="tree">
        {value?.accounts.map((userId) => (
          <li key={userId}>
            <Text>{userId}</Text>
          </li>
        ))}
      </ul>
      {value?.accounts.length === 0 && <p class="quiet">{none(prefix)}</p>}
      <More next={value?.next} limit={limit} onMore={setLimit} />
    </>
  );
}

/** Lists chat groups. */
export function ChatGroups({ context, sdkAppId, prefix, version }: ListingProps): JSX.Element {
  const [limit, setLimit] = useState(step);
  const { value, error } = useLoaded(
    () => context.call("listChatGroups", { parameters: { sdkAppId, prefix, limit } }),
    [sdkAppId, prefix, limit, version],
  );
  return (
    <>
      <Failure error={error} />
      <ul class="tree">
        {value?.chatGroups.map(({ id, disbanded, members }) => (
          <li key={id}>
            <Text>{id}</Text> {disbanded && <span class="chip">disbanded</span>}{" "}
            {!disbanded && (
              <span class="quiet">{members ? count(members.length, "member") : "every user is a member"}</span>
            )}
          </li>
        ))}
      </ul>
      {value?.chatGroups.length === 0 && <p class="quiet">{none(prefix)}</p>}
      <More next={value?.next} limit={limit} onMore={setLimit} />
    </>
  );
}

function none(prefix: string): string {
  return prefix === "" ? "Nothing yet." : "No ID begins with this text.";
}

/** The button for further entries; with too many, what to do instead. */
function More({
  next,
  limit,
  onMore,
}: {
  readonly next: string | undefined;
  readonly limit: number;
  readonly onMore: (limit: number) => void;
}): JSX.Element | null {
  if (next === undefined) return null;
  if (limit >= most) return <p class="quiet">There are more. Find them by the beginning of their ID.</p>;
  return (
    <button type="button" onClick={() => onMore(Math.min(most, limit < 2 * step ? 2 * step : limit * 2))}>
      Show more
    </button>
  );
}
