import { readFileSync } from "node:fs";
import { BaseResolver, type Document, Source } from "@redocly/openapi-core";

/** Texts of files as they were at one moment, by absolute path. */
type Moment = Map<string, Source>;

/**
 * Keeps what was read and parsed from one run to the next. A run reads every file anew and parses those whose text is another than before, so
 * that no change can be overlooked.
 */
export class Memory {
  readonly #sources = new Map<string, Source>();
  readonly #documents = new WeakMap<Source, Document>();

  /**
   * Starts a run. All resolvers of a run see the same texts, whatever is saved meanwhile. `shared` gives the parsed documents themselves;
   * `own` gives copies, for a pass that writes into them.
   */
  moment(): { shared(): BaseResolver; own(): BaseResolver } {
    const moment: Moment = new Map();
    return {
      shared: () => this.#resolver(moment, (document) => document),
      own: () => this.#resolver(moment, ({ source, parsed }) => ({ source, parsed: structuredClone(parsed) })),
    };
  }

  #resolver(moment: Moment, hand: (document: Document) => Document): BaseResolver {
    const read = (path: string): Source => this.#read(path, moment);
    const documents = this.#documents;
    return new (class extends BaseResolver {
      override async loadExternalRef(path: string): Promise<Source> {
        return read(path);
      }

      override parseDocument(source: Source, isRoot?: boolean): Document {
        const document = documents.get(source) ?? super.parseDocument(source, isRoot);
        documents.set(source, document);
        return hand(document);
      }
    })();
  }

  #read(path: string, moment: Moment): Source {
    const found = moment.get(path);
    if (found !== undefined) return found;
    const body = readFileSync(path, "utf8").replaceAll("\r\n", "\n");
    const known = this.#sources.get(path);
    const source = known?.body === body ? known : new Source(path, body);
    this.#sources.set(path, source);
    moment.set(path, source);
    return source;
  }
}
