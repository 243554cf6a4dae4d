import { z } from 'zod'
import type { Tx } from '#kernel/database/tx.ts'
import type { Reader } from '#kernel/module.ts'
import { say } from '#kernel/words.ts'
import type { Views } from './contract.ts'
import { kinds } from './kinds.ts'
import { spelledOnce } from './spelling.ts'

const input = z.strictObject({})
/** The Chinese names of the types of incident with how they are read: a browser carries no dictionary. */
export const readings = {
  input,
  roles: ['callTaker'],
  reads: 'board',
  async read(tx: Tx, asked: z.infer<typeof input>, reader: Reader): Promise<{ data: Views['readings'] }> {
    const { data } = await kinds.read(tx, asked, reader)
    const rows = data.rows.map(({ code, names }) => {
      const name = names?.['zh-CN'] ?? say('zh-CN', `kind.${code}`)
      return { code, name, reading: spelledOnce(name).reading }
    })
    return { data: { rows } }
  },
} as const
