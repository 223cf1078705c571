import type { SiteOptions } from "./src/site-options.ts";

/**
 * The options of this site. A host edits this file, or writes its own and names it in the environment variable `DOCS_CONFIG`. Every option is described at
 * `SiteOptions`; none is required.
 */
const options: SiteOptions = {};

export default options;
