import { readFileSync } from "node:fs";
import { BaseResolver, type Document, Source } from "@redocly/openapi-core";

/** Reads a file: its bytes, by absolute path. */
export type Read = (path: string) => Uint8Array;

/** The files as they were at one moment. */
export interface Moment {
  /** A file's text. Bytes that are not UTF-8 are U+FFFD in it, and a byte order mark is left out. */
  read(path: string): Source;
  /** What a file holds. */
  parse(path: string): unknown;
  /** Hands out the parsed documents themselves. */
  shared(): BaseResolver;
  /** Hands out copies, for a pass that writes into them. */
  own(): BaseResolver;
}

/**
 * Keeps what was read and parsed from one run to the next. A run reads every file again and parses those whose text is another than before, so
 * that no change can be overlooked.
 */
export class Memory {
  readonly #sources = new Map<string, Source>();
  readonly #documents = new WeakMap<Source, Document>();
  readonly #readFile: Read;

  constructor(readFile: Read = (path) => readFileSync(path)) {
    this.#readFile = readFile;
  }

  /** Starts a run. All that is read in it is of the same moment, whatever is saved meanwhile. */
  moment(): Moment {
    const moment = new Map<string, Source>();
    const read = (path: string): Source => this.#read(path, moment);
    const shared = (): BaseResolver => this.#resolver(read, (document) => document);
    return {
      read,
      parse: (path) => shared().parseDocument(read(path)).parsed,
      shared,
      own: () => this.#resolver(read, ({ source, parsed }) => ({ source, parsed: structuredClone(parsed) })),
    };
  }

  #resolver(read: (path: string) => Source, hand: (document: Document) => Document): BaseResolver {
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

  #read(path: string, moment: Map<string, Source>): Source {
    const found = moment.get(path);
    if (found !== undefined) return found;
    const body = new TextDecoder().decode(this.#readFile(path)).replaceAll("\r\n", "\n");
    const known = this.#sources.get(path);
    const source = known?.body === body ? known : new Source(path, body);
    this.#sources.set(path, source);
    moment.set(path, source);
    return source;
  }
}
