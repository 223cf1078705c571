/** What one client may use of a listener, so that none can hold up the others. Times are milliseconds. */
export interface ListenLimits {
  /** Request line and header fields in bytes. */
  readonly headBytes: number;
  /** Time until request line and header fields are there, from the connection or the last answer's next byte on. */
  readonly headMs: number;
  /** Time until a whole request is there. */
  readonly requestMs: number;
  /** Time that a connection stays open between two requests. */
  readonly idleMs: number;
  /** Time that a client may leave an answer unread. */
  readonly unreadMs: number;
  /** Time in which a client that gets a last answer can read it, while what it still sends is thrown away. */
  readonly lingerMs: number;
  /** Open connections. For one more, the oldest that waits for its client is closed. */
  readonly connections: number;
  /** Time that `close` gives open calls. */
  readonly graceMs: number;
}

/** What holds where nothing else was given. */
export const defaultListenLimits: ListenLimits = {
  headBytes: 16 * 1024,
  headMs: 10_000,
  requestMs: 30_000,
  idleMs: 5_000,
  unreadMs: 30_000,
  lingerMs: 1_000,
  connections: 2_000,
  graceMs: 5_000,
};
