import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";

/** A decompressed body is at most this long. */
const longestText = 64 * 1024 * 1024;

/** Decompresses a body by its `Content-Encoding`. One that cannot be decompressed is empty. */
export function decompress(body: Buffer, encoding = "identity"): Buffer {
  const options = { maxOutputLength: longestText };
  try {
    switch (encoding.trim().toLowerCase()) {
      case "":
      case "identity":
        return body;
      case "gzip":
      case "x-gzip":
        return gunzipSync(body, options);
      case "deflate":
        return inflateSync(body, options);
      case "br":
        return brotliDecompressSync(body, options);
      default:
        return Buffer.alloc(0);
    }
  } catch {
    return Buffer.alloc(0);
  }
}
