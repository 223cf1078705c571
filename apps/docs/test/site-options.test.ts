import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { backgrounds, contrastOf, resolveOptions, type SiteOptions } from "../src/site-options.ts";

const folder = resolve("/host");

test("resolves the paths of files against the folder of the options", () => {
  expect(resolveOptions({ theme: "theme.css", logo: { src: "../logo.svg" } }, folder)).toMatchObject({
    theme: join(folder, "theme.css"),
    logo: { src: resolve("/logo.svg") },
  });
});

test("derives the edit and the feedback link from a repository on GitHub, and from no other", () => {
  const { editLink, feedback } = resolveOptions({ repository: "https://github.com/example/docs/" }, folder);
  expect(editLink).toBe("https://github.com/example/docs/edit/main/");
  expect(feedback).toMatch(/^https:\/\/github\.com\/example\/docs\/issues\/new\?.*\{url\}/);
  const other = resolveOptions({ repository: "https://git.example.com/docs" }, folder);
  expect(other).toEqual({ site: "http://localhost:8080", base: "/", repository: "https://git.example.com/docs" });
});

test("prefers the environment's site, base and repository to those of the options", () => {
  const options = { site: "https://one.example", base: "/one/", repository: "https://one.example/git" };
  const replaced = { site: "https://two.example", base: "/two/", repository: "https://two.example/git" };
  expect(resolveOptions(options, folder, replaced)).toMatchObject(replaced);
  expect(resolveOptions(options, folder, { site: undefined })).toMatchObject(options);
});

test.each([
  [{ colour: "#fff" } as SiteOptions, /option colour is unknown.*accent/],
  [{ repository: "example/docs" }, /repository must be a URL, but is example\/docs/],
  [{ accent: { light: "#ffcc00", dark: "#ffcc00" } }, /accent\.light is #ffcc00.*contrast of 1\.\d+.*#ffffff/],
  [{ accent: { light: "teal", dark: "#ffcc00" } }, /six hexadecimal digits, but is teal/],
])("rejects %j", (options, message) => {
  expect(() => resolveOptions(options, folder)).toThrow(message);
});

test("the theme has the backgrounds with which an accent is compared, and its own accents stand out from them", () => {
  const theme = readFileSync(new URL("../src/styles/theme.css", import.meta.url), "utf8");
  const values = (token: string): string[] =>
    [...theme.matchAll(new RegExp(`${token}: (#\\w{6})`, "g"))].map(([, value = ""]) => value);
  expect(values("--sl-color-black")).toEqual([backgrounds.dark, backgrounds.light]);
  const [dark = "", light = ""] = values("--site-accent");
  expect(contrastOf(dark, backgrounds.dark)).toBeGreaterThan(4.5);
  expect(contrastOf(light, backgrounds.light)).toBeGreaterThan(4.5);
});
