import { createHash, X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';

/** A certificate for the two Microsoft hosts, and what Chromium must be told to accept exactly this one. */
export interface SandboxTls {
  /** PEM. */
  key: string;
  cert: string;
  /** For --ignore-certificate-errors-spki-list: base64 of SHA-256 of the public key's SPKI. */
  spkiHash: string;
}

/** Made anew at each start, so that no key lies in the repository and none outlives the sandbox. */
export async function createTls(hosts: string[]): Promise<SandboxTls> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'Deskside sandbox' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: hosts.map((value) => ({ type: 2, value })) },
    ],
  });
  const spki = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' });
  return { key, cert, spkiHash: createHash('sha256').update(spki).digest('base64') };
}
