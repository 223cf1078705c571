/** What Tencent's own documents call the administrator of a new app. */
export const defaultAdministrators: readonly string[] = ["administrator"];
