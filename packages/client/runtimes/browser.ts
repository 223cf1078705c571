// By path and not by name: the docs site is made with this client, so the client cannot depend on it.
export { launchBrowser } from "../../../apps/docs/test/browser.ts";
