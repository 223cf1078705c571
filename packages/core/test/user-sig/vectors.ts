import { readFileSync } from "node:fs";

/** A fixed input, and the UserSigs that the official libraries create for it. */
export interface UserSigVector {
  readonly name: string;
  readonly sdkAppId: number;
  readonly identifier: string;
  readonly secretKey: string;
  readonly time: number;
  readonly expire: number;
  readonly userBuf: Uint8Array | undefined;
  readonly signedText: string;
  readonly signature: string;
  /** UserSigs with these fields, by the library that created them. */
  readonly userSigs: Readonly<Record<string, string>>;
}

interface VectorFile {
  readonly vectors: readonly (Omit<UserSigVector, "userBuf"> & { readonly userBufHex?: string })[];
}

const file = JSON.parse(readFileSync(new URL("vectors.json", import.meta.url), "utf8")) as VectorFile;

/** The vectors of `vectors.json`. */
export const vectors: readonly UserSigVector[] = file.vectors.map(({ userBufHex, ...vector }) => ({
  ...vector,
  userBuf: userBufHex === undefined ? undefined : Uint8Array.from(Buffer.from(userBufHex, "hex")),
}));
