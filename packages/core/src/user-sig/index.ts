/** Signs, decodes and verifies UserSigs as the official libraries do. */
export {
  checkValidity,
  defaultValiditySeconds,
  importKey,
  seal,
  signedText,
  signUserSig,
  toFields,
  toUserSig,
  type HmacKey,
  type SignUserSigOptions,
} from "./sign.ts";
export {
  decodeUserSig,
  verifyUserSig,
  type DecodedUserSig,
  type UserSigFailure,
  type UserSigVerdict,
  type VerifyUserSigOptions,
} from "./verify.ts";
