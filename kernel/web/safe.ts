/**
 * What this device keeps for one account until it is no longer needed. Contents are sealed (AES-GCM) with a key of that account that no script can read out;
 * log-out destroys the key with them. What this protects and what not: docs/decisions/0006-outbox.md.
 */
export interface Safe {
  readonly put: (id: string, order: number, value: unknown) => Promise<void>
  readonly has: (id: string) => Promise<boolean>
  readonly all: () => Promise<readonly { readonly id: string; readonly order: number; readonly value: unknown }[]>
  readonly remove: (id: string) => Promise<void>
  /** Everything of the account, and its key, at once. */
  readonly destroy: () => Promise<void>
}

interface Sealed {
  readonly id: string
  readonly account: string
  readonly order: number
  readonly iv: Uint8Array<ArrayBuffer>
  readonly content: ArrayBuffer
}

const settled = <Value>(request: IDBRequest<Value>): Promise<Value> =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result)
    request.onerror = () => failed(request.error)
  })

const finished = (transaction: IDBTransaction): Promise<void> =>
  new Promise((done, failed) => {
    transaction.oncomplete = () => done()
    transaction.onabort = transaction.onerror = () => failed(transaction.error)
  })

function database(): Promise<IDBDatabase> {
  const opening = indexedDB.open('plumbline', 1)
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore('key', { keyPath: 'account' })
    opening.result.createObjectStore('entry', { keyPath: 'id' }).createIndex('account', 'account')
  }
  return settled(opening)
}

interface KeyRow {
  readonly account: string
  readonly key: CryptoKey
}

/** The account's key, made at its first use; of two tabs that make one the first counts. */
async function keyOf(db: IDBDatabase, account: string): Promise<CryptoKey> {
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  const store = db.transaction('key', 'readwrite').objectStore('key')
  const there = (await settled(store.get(account))) as KeyRow | undefined
  if (there) return there.key
  await settled(store.add({ account, key: made } satisfies KeyRow))
  return made
}

/** @throws where the browser keeps nothing (a private window) or the address is not secure (plain http): then there is no key to seal with */
export async function safeOf(account: string): Promise<Safe> {
  const db = await database()
  const key = await keyOf(db, account)
  // Bound to its place: a sealed content that was moved to another account or entry does not open.
  const bound = (id: string) => new TextEncoder().encode(`${account}/${id}`)
  const entries = (mode: IDBTransactionMode) => db.transaction('entry', mode).objectStore('entry')
  return {
    async put(id, order, value) {
      const iv = crypto.getRandomValues(new Uint8Array(12))
      const content = await crypto.subtle.encrypt(
        { name: 'AES-GCM', iv, additionalData: bound(id) },
        key,
        new TextEncoder().encode(JSON.stringify(value)),
      )
      const store = entries('readwrite')
      store.put({ id, account, order, iv, content } satisfies Sealed)
      await finished(store.transaction)
    },
    has: async (id) => (await settled(entries('readonly').count(id))) > 0,
    async all() {
      const rows = (await settled(entries('readonly').index('account').getAll(account))) as Sealed[]
      return Promise.all(
        rows.map(async ({ id, order, iv, content }) => {
          const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: bound(id) }, key, content)
          return { id, order, value: JSON.parse(new TextDecoder().decode(plain)) as unknown }
        }),
      )
    },
    async remove(id) {
      const store = entries('readwrite')
      store.delete(id)
      await finished(store.transaction)
    },
    async destroy() {
      const transaction = db.transaction(['key', 'entry'], 'readwrite')
      transaction.objectStore('key').delete(account)
      const ids = await settled(transaction.objectStore('entry').index('account').getAllKeys(account))
      for (const id of ids) transaction.objectStore('entry').delete(id)
      await finished(transaction)
    },
  }
}
