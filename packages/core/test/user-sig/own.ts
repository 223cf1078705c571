/** The functions with the error class and the limit of the tests. Outside of tests, the limit of the description is given. */
import { ArgumentError } from "../../src/arguments.ts";
import * as userSig from "../../src/user-sig/index.ts";
import * as reading from "../../src/user-sig/verify.ts";

export const longestValidity: number = 1000 * 86_400;

export const signUserSig = (options: userSig.SignUserSigOptions): Promise<string> =>
  userSig.signUserSig(options, longestValidity, ArgumentError);

export const decodeUserSig = (text: string): Promise<userSig.DecodedUserSig> =>
  userSig.decodeUserSig(text, ArgumentError);

export const verifyUserSig = (text: string, options: userSig.VerifyUserSigOptions): Promise<userSig.UserSigVerdict> =>
  userSig.verifyUserSig(text, options, ArgumentError);

export const readUserSig = (text: string): Promise<reading.SignedFields> => reading.readUserSig(text, ArgumentError);
