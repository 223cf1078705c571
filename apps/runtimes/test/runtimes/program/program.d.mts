export interface Outcome {
  readonly created: readonly object[];
  readonly failures: readonly object[];
  readonly listed: readonly object[];
  readonly found: readonly object[];
  readonly groups: readonly object[];
  readonly failed: object;
  readonly unsent: object;
  readonly aborted: unknown;
  readonly onOneSignal: number;
  readonly unsigned: boolean;
  readonly signatures: readonly boolean[];
  readonly randoms: number;
}

export function tryClient(client: object, usersig: object, baseUrl: string): Promise<Outcome>;
