import { exportJWK, generateKeyPair, type JWK, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import type { Clock } from '../shell.ts';

/** Signs and checks the stand-in's tokens with a key made at start; the public half is served by discovery/keys. */
export interface Signing {
  /** Adds nothing to the claims: iat, nbf and exp are the caller's, in seconds. */
  sign(claims: JWTPayload): Promise<string>;
  /** The claims of a token with our signature; throws jose's error where the signature, `exp` or `nbf` is wrong. */
  verify(token: string): Promise<JWTPayload>;
  /** The key set as `/discovery/v2.0/keys` gives it. */
  keySet(): Promise<{ keys: JWK[] }>;
}

export function createSigning(clock: Clock): Signing {
  const KEY_ID = 'sandbox-signing-key';
  const keys = generateKeyPair('RS256', { extractable: true });
  return {
    async sign(claims) {
      const { privateKey } = await keys;
      return new SignJWT(claims).setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid: KEY_ID }).sign(privateKey);
    },
    async verify(token) {
      const { publicKey } = await keys;
      const { payload } = await jwtVerify(token, publicKey, {
        currentDate: new Date(clock.now()),
        algorithms: ['RS256'],
      });
      return payload;
    },
    async keySet() {
      const { publicKey } = await keys;
      return { keys: [{ ...(await exportJWK(publicKey)), use: 'sig', kid: KEY_ID, alg: 'RS256' }] };
    },
  };
}
