import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** `node:crypto` in the page: the SHA-256 of texts. */
export function createHash(_algorithm: 'sha256'): Hash {
  const hash = sha256.create();
  const made: Hash = {
    update(text) {
      hash.update(utf8ToBytes(text));
      return made;
    },
    digest: () => bytesToHex(hash.digest()),
  };
  return made;
}

interface Hash {
  readonly update: (text: string) => Hash;
  readonly digest: (encoding: 'hex') => string;
}
