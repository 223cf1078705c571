export { signUserSig, type SignUserSigOptions } from "./sign-user-sig.ts";
export { decodeUserSig, type DecodedUserSig } from "./decode-user-sig.ts";
export {
  verifyUserSig,
  type UserSigProblem,
  type UserSigVerdict,
  type VerifyUserSigOptions,
} from "./verify-user-sig.ts";
export { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
