/** Shows Redoc in the page of the site, which keeps its menu, its search and its theme. */
import { init } from "virtual:redoc";

declare global {
  /** Redoc's words in the language of the page, by its own keys. */
  var redocWords: Readonly<Record<string, string>> | undefined;
}

/** What the page gives to this script. */
export interface RedocData {
  readonly document: object;
  readonly options: object;
  readonly words: Readonly<Record<string, string>>;
  /** Redoc's addresses of operations and their fields, by the site's: `create_contact_group`, `create_contact_group/request.From_Account`. */
  readonly routes: Readonly<Record<string, string>>;
}

const source = document.querySelector("#redoc-data");
const element = document.querySelector("#redoc");
if (!source || !element) throw new Error("The page has no #redoc-data or no #redoc.");
const data = JSON.parse(source.textContent) as RedocData;

globalThis.redocWords = data.words;
followTheme();
followAnchors();
init(data.document, data.options, element);
linkOperations();

/** Gives Redoc the theme of the site, now and whenever it is switched. */
function followTheme(): void {
  const root = document.documentElement;
  const apply = (): void => {
    const theme = root.dataset["theme"] === "dark" ? "dark" : "light";
    // Redoc reads its theme from here when it starts.
    localStorage.setItem("redoc.colorMode", theme);
    root.classList.remove("light", "dark");
    root.classList.add(theme);
  };
  apply();
  new MutationObserver(apply).observe(root, { attributes: true, attributeFilter: ["data-theme"] });
}

/** Replaces an anchor of the site by Redoc's, at the start and when a link is followed, before Redoc sees it. */
function followAnchors(): void {
  const route = (): string | undefined => data.routes[decodeURIComponent(location.hash.slice(1))];
  const first = route();
  if (first !== undefined) history.replaceState(history.state, "", first);
  for (const event of ["popstate", "hashchange"])
    addEventListener(event, (change) => {
      const next = route();
      if (next === undefined) return;
      change.stopImmediatePropagation();
      location.replace(next);
    });
}

/** Lets the menu of the site lead to the operations of this page, and mark the one that is read. */
function linkOperations(): void {
  const page = document.querySelector('.sidebar-content [aria-current="page"]');
  const links = [...document.querySelectorAll<HTMLAnchorElement>("a.operation-link")].flatMap((link) => {
    const slug = link.textContent.trim();
    const route = data.routes[slug];
    if (route === undefined) return [];
    link.href = `#${slug}`;
    link.addEventListener("click", closeMenu);
    return [{ link, route }];
  });
  const mark = (): void => {
    const open = links.find(({ route }) => location.hash === route || location.hash.startsWith(`${route}#`));
    for (const link of [page, ...links.map((each) => each.link)]) link?.removeAttribute("aria-current");
    (open?.link ?? page)?.setAttribute("aria-current", "page");
  };
  mark();
  for (const event of ["hashchange", "popstate", "redocly:urlreplace"]) addEventListener(event, mark);
}

/** Closes the menu of a narrow page, as a link to another page does. */
function closeMenu(): void {
  document.querySelector<HTMLButtonElement>('starlight-menu-button [aria-expanded="true"]')?.click();
}
