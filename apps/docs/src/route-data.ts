import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  defineRouteMiddleware,
  type RouteMiddlewareHandler,
  type StarlightRouteData,
} from "@astrojs/starlight/route-data";
import { lastUpdated } from "./last-updated.ts";
import { type Lang, linkTo } from "./locales.ts";
import { plainSentence } from "./plain-sentence.ts";
import { repository } from "./repository.ts";
import { siteOptions, socialImageName } from "./site-options.ts";

type Head = StarlightRouteData["head"];

/** Completes what Starlight knows of a page: its head, and, if it is made from the description, the file to edit and its date. */
export const onRequest: RouteMiddlewareHandler = defineRouteMiddleware(({ locals, site }) => {
  const route = locals.starlightRoute;
  const description = plainSentence(route.entry.data.description ?? "");
  route.entry.data.description = description;
  route.head = [...route.head.map((tag) => complete(tag, route, description)), ...added(route, site)];
  const files = sourcesOf(route);
  if (!files) return;
  route.editUrl = siteOptions.editLink === undefined ? undefined : new URL(siteOptions.editLink + files.edit);
  route.lastUpdated = dateOf(files.all);
});

function complete(tag: Head[number], { entry, siteTitle }: StarlightRouteData, description: string): Head[number] {
  const { name, property } = tag.attrs ?? {};
  // The home page is the site.
  if (tag.tag === "title" && entry.data.hero) return { ...tag, content: siteTitle };
  if (name === "description" || property === "og:description")
    return { ...tag, attrs: { ...tag.attrs, content: description } };
  if (name === "twitter:card" && siteOptions.socialImage === undefined)
    return { ...tag, attrs: { ...tag.attrs, content: "summary" } };
  return tag;
}

function added({ id }: StarlightRouteData, site: URL | undefined): Head {
  if (id === "404") return [{ tag: "meta", attrs: { name: "robots", content: "noindex" }, content: "" }];
  if (siteOptions.socialImage === undefined) return [];
  const image = new URL(linkTo(undefined, socialImageName(siteOptions.socialImage)), site).href;
  return [{ tag: "meta", attrs: { property: "og:image", content: image }, content: "" }];
}

/** Files of the repository that a page is made of: the one to edit first, and all that change it. */
interface Sources {
  readonly edit: string;
  readonly all: readonly string[];
}

function sourcesOf({ id, locale, lang }: StarlightRouteData): Sources | undefined {
  const page = locale === undefined ? id : id.slice(locale.length + 1);
  if (page === "guides/contradictions") return { edit: "openapi/SOURCES.md", all: ["openapi/SOURCES.md"] };
  const english = sourcesInEnglish(page);
  if (!english || lang === "en") return english;
  const overlay = `openapi/overlays/${lang as Lang}.yaml`;
  return { edit: overlay, all: [...english.all, overlay] };
}

function sourcesInEnglish(page: string): Sources | undefined {
  const [, operation] = /^reference\/(\w+_\w+)$/.exec(page) ?? [];
  if (operation !== undefined) {
    const edit = `openapi/paths/recentcontact/${operation}.yaml`;
    return { edit, all: [edit, "openapi/components"] };
  }
  const [, code] = /^errors\/(\d+)$/.exec(page) ?? [];
  const edit = code && errorFiles.find(({ text }) => text.includes(`code: ${code}\n`))?.name;
  return edit === undefined || edit === "" ? undefined : { edit, all: [edit] };
}

const errorFiles = globSync("openapi/errors/*.yaml", { cwd: repository }).map((file) => ({
  name: file.replaceAll("\\", "/"),
  text: readFileSync(join(repository, file), "utf8"),
}));

const dates = new Map<string, Date | undefined>();

function dateOf(files: readonly string[]): Date | undefined {
  const key = files.join();
  if (!dates.has(key)) dates.set(key, lastUpdated(repository, files));
  return dates.get(key);
}
