/** The parts of npm `tls-sig-api-v2` that the tests compare with. The package has no types of its own. */
declare module "tls-sig-api-v2" {
  export class Api {
    constructor(sdkAppId: number, secretKey: string);
    genUserSig(identifier: string, expire: number): string;
    genPrivateMapKey(identifier: string, expire: number, room: number, privileges: number): string;
    genPrivateMapKeyWithStringRoomID(identifier: string, expire: number, room: string, privileges: number): string;
  }
}
