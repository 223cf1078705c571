/** A user of the state, with groups, conversations and marks. */
import { bitFields } from "@contact-groups/openapi/model";
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { components } from "../../generated/control-types.ts";
import type { Context } from "./app.tsx";
import { count, Failure, Text, useLoaded } from "./parts.tsx";

type SeedUser = components["schemas"]["SeedUser"];
type SeedConversation = components["schemas"]["SeedConversation"];
type UserSummary = components["schemas"]["UserSummary"];

interface UserNodeProps {
  readonly user: UserSummary;
  readonly context: Context;
  readonly sdkAppId: number;
  /** Changes with the state. */
  readonly version: string;
  readonly isOpen: boolean;
}

/** Shows a user. What the user has is read when the node is opened. */
export function UserNode({ user, context, sdkAppId, version, isOpen }: UserNodeProps): JSX.Element {
  const { userId, imported, groups, conversations } = user;
  const summary = (
    <>
      <Text>{userId}</Text> {!imported && <span class="chip">not imported</span>}{" "}
      <span class="quiet">
        {groups + conversations === 0
          ? "no groups and marks"
          : `${count(groups, "group")}, ${count(conversations, "conversation")}`}
      </span>
    </>
  );
  if (groups + conversations === 0) return <li>{summary}</li>;
  return (
    <li>
      <Node summary={summary} isOpen={isOpen}>
        <UserState context={context} sdkAppId={sdkAppId} userId={userId} version={version} />
      </Node>
    </li>
  );
}

/** A node whose content is created when it is opened for the first time. */
export function Node({
  summary,
  isOpen = false,
  children,
}: {
  readonly summary: ComponentChildren;
  readonly isOpen?: boolean;
  readonly children: ComponentChildren;
}): JSX.Element {
  const [wasOpened, setOpened] = useState(isOpen);
  useEffect(() => {
    if (isOpen) setOpened(true);
  }, [isOpen]);
  return (
    <details open={isOpen} onToggle={({ currentTarget: { open } }) => open && setOpened(true)}>
      <summary>{summary}</summary>
      {wasOpened && children}
    </details>
  );
}

function UserState({
  context,
  sdkAppId,
  userId,
  version,
}: Omit<UserNodeProps, "user" | "isOpen"> & { readonly userId: string }): JSX.Element {
  const { value, error } = useLoaded(
    () => context.call("getUser", { parameters: { sdkAppId, userId } }),
    [sdkAppId, userId, version],
  );
  if (!value) return <Failure error={error} />;
  const { groups = [], conversations = [] } = value;
  const ungrouped = conversations.filter((conversation) => groupsOf(conversation).length === 0);
  return (
    <ul class="tree">
      {groups.map((group) => {
        const members = conversations.filter((conversation) => isIn(conversation, group));
        return (
          <li key={group.id}>
            <Node
              summary={
                <>
                  <Text>{group.name}</Text>{" "}
                  <span class="quiet">
                    #{group.id}, {count(members.length, "conversation")}
                  </span>
                </>
              }
            >
              <Conversations conversations={members} />
            </Node>
          </li>
        );
      })}
      {ungrouped.length > 0 && (
        <li>
          <Node
            summary={
              <>
                In no group <span class="quiet">{count(ungrouped.length, "conversation")} with marks</span>
              </>
            }
          >
            <Conversations conversations={ungrouped} />
          </Node>
        </li>
      )}
    </ul>
  );
}

function groupsOf({ groups, groupIds }: SeedConversation): readonly (string | number)[] {
  return groupIds ?? groups ?? [];
}

function isIn({ groups, groupIds }: SeedConversation, { name, id }: NonNullable<SeedUser["groups"]>[number]): boolean {
  return groupIds ? id !== undefined && groupIds.includes(id) : (groups ?? []).includes(name);
}

/** Conversations that are shown at first, and with each further step. */
const step = 100;

function Conversations({ conversations }: { readonly conversations: readonly SeedConversation[] }): JSX.Element {
  const [limit, setLimit] = useState(step);
  return (
    <>
      <ul class="tree">
        {conversations.slice(0, limit).map((conversation) => {
          const { customMark = "", standardMark = "", timestamp = 0 } = conversation;
          const id = conversation.Type === 1 ? conversation.To_Account : conversation.ToGroupId;
          return (
            <li key={`${conversation.Type} ${id}`} title={`Changed ${new Date(timestamp * 1000).toISOString()}`}>
              <span class="quiet">{conversation.Type === 1 ? "user" : "chat group"}</span> <Text>{id}</Text>
              {marksOf(standardMark).map((mark) => (
                <span class="chip">{mark}</span>
              ))}
              {customMark !== "" && (
                <span class="chip custom">
                  <Text>{customMark}</Text>
                </span>
              )}
            </li>
          );
        })}
      </ul>
      {conversations.length === 0 && <p class="quiet">No conversation.</p>}
      {conversations.length > limit && (
        <button type="button" onClick={() => setLimit(limit + step)}>
          Show more of {conversations.length.toLocaleString("en")}
        </button>
      )}
    </>
  );
}

const bitNames = new Map<number, string>(Object.entries(bitFields.StandardMark.bits).map(([name, bit]) => [bit, name]));

/** Returns the names of the bits of a standard mark, whose first character is the highest one. */
function marksOf(standardMark: string): readonly string[] {
  const { length } = standardMark;
  return [...standardMark]
    .flatMap((digit, index) => (digit === "1" ? [length - 1 - index] : []))
    .toSorted((one, other) => one - other)
    .map((bit) => bitNames.get(bit) ?? `bit ${bit}`);
}
