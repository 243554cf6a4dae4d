import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import type { Pool } from '../database/tx.ts'

/** The last bytes of an Ed25519 key in SPKI are the key itself. */
const rawBytes = 32

/** The house's key for what it sends out: made once a database, by whichever server is first. */
export class SigningKey {
  readonly #key: KeyObject
  private constructor(key: KeyObject) {
    this.#key = key
  }

  static async open(pool: Pool): Promise<SigningKey> {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const made = privateKey.export({ format: 'der', type: 'pkcs8' })
    const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-rawBytes)
    const text = 'insert into kernel.signing_key (private, public) values ($1, $2) on conflict do nothing'
    await pool.write('*', async () => ({ statements: [{ text, values: [made, raw] }], result: () => undefined }))
    const [kept] = await pool.read('*', (tx) => tx.query<{ private: Buffer }>('select private from kernel.signing_key'))
    if (kept === undefined) throw new Error('the house has no key to sign with')
    return new SigningKey(createPrivateKey({ key: kept.private, format: 'der', type: 'pkcs8' }))
  }

  /** As Standard Webhooks has it for Ed25519: `v1a,` and base64 of the signature of `id.timestamp.body`. */
  signature(id: string, timestamp: string, body: string): string {
    return `v1a,${sign(null, Buffer.from(`${id}.${timestamp}.${body}`), this.#key).toString('base64')}`
  }
}
