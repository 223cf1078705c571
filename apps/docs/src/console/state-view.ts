import type { SeedApp, SeedUser } from "@contact-groups/emulator";
import { idOf, type Kinds } from "./conversation.ts";
import { element, part } from "./element.ts";
import type { ConsoleSay } from "./page-data.ts";

/** Rows of a user's table before the rest is only counted. */
const rowsShown = 20;

/** Shows what the emulator in the page holds. */
export class StateView {
  readonly #host: HTMLElement;
  readonly #say: ConsoleSay;
  readonly #kinds: readonly Kinds[];
  /** Users that the reader has folded away. */
  readonly #closed: Set<string> = new Set();

  constructor(root: HTMLElement, say: ConsoleSay, kinds: readonly Kinds[]) {
    this.#host = part(root, "state", HTMLElement);
    this.#say = say;
    this.#kinds = kinds;
  }

  show({ accounts = [], chatGroups = [], users = [] }: SeedApp): void {
    const kept = users.filter(({ groups = [], conversations = [] }) => groups.length + conversations.length > 0);
    const everyone = [...new Set([...accounts, ...users.map(({ userId }) => userId)])].toSorted();
    const rooms = chatGroups.map(({ id, disbanded }) => (disbanded ? this.#say("state.disbanded", { id }) : id));
    const known = element("dl", { class: "known" });
    for (const [word, names] of [
      ["state.accounts", everyone],
      ["state.chatGroups", rooms],
    ] as const) {
      known.append(element("dt", {}, this.#say(word)), element("dd", {}, names.join(", ")));
    }
    const shown =
      kept.length === 0 ? [element("p", {}, this.#say("state.none"))] : kept.map((user) => this.#user(user));
    this.#host.replaceChildren(...shown, known);
  }

  /** Shows why there is nothing to show. */
  fail(text: string): void {
    this.#host.replaceChildren(element("p", {}, text));
  }

  #user({ userId, groups = [], conversations = [] }: SeedUser): HTMLElement {
    const counts = { user: userId, groups: groups.length, conversations: conversations.length };
    const names = groups.map(({ name, id }) => element("li", {}, name, " ", element("small", {}, String(id))));
    const rows = conversations.slice(0, rowsShown).map((conversation) => {
      const { groups: own = [], standardMark = "", customMark = "" } = conversation;
      const cells = [own.join(", "), [standardMark, customMark].filter(Boolean).join(" · ")];
      const row = element("th", { scope: "row" }, idOf(conversation, this.#kinds) ?? "");
      return element("tr", {}, row, ...cells.map((text) => element("td", {}, text)));
    });
    const heads = (["state.conversation", "state.groups", "state.marks"] as const).map((word) =>
      element("th", { scope: "col" }, this.#say(word)),
    );
    const table = element(
      "table",
      {},
      element("thead", {}, element("tr", {}, ...heads)),
      element("tbody", {}, ...rows),
    );
    const details = element(
      "details",
      { open: !this.#closed.has(userId) },
      element("summary", {}, this.#say("state.user", counts)),
      element("ul", { class: "groups", "aria-label": this.#say("state.groups") }, ...names),
      ...(rows.length > 0 ? [table] : []),
    );
    const more = conversations.length - rows.length;
    if (more > 0) details.append(element("p", {}, this.#say("state.more", { count: more })));
    details.addEventListener("toggle", () => (details.open ? this.#closed.delete(userId) : this.#closed.add(userId)));
    return details;
  }
}
