export { checkValidity } from "./check-fields.ts";
export { decodeUserSig, type DecodedUserSig } from "./decode-user-sig.ts";
export { signedText, toUserSig } from "./fields.ts";
export { importKey, seal, type HmacKey } from "./hmac.ts";
export { defaultValiditySeconds, signUserSig, toFields, type SignUserSigOptions } from "./sign-user-sig.ts";
export {
  verifyUserSig,
  type UserSigFailure,
  type UserSigVerdict,
  type VerifyUserSigOptions,
} from "./verify-user-sig.ts";
