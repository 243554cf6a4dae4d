import { dataFolder } from '#kernel/database/open.ts'
import { ownerUrl } from '#kernel/database/running.ts'
import { verify } from '#kernel/verify.ts'
import { modules } from './modules.ts'

// `npm run verify`: exit 1 and a list when events, views and streams of a database differ. A running server is not disturbed.
const { url, done } = await ownerUrl({ data: dataFolder(), ...(process.env['DATABASE_URL'] && { url: process.env['DATABASE_URL'] }) })
try {
  const { events, differences } = await verify(url, modules)
  for (const { what, where, detail } of differences) console.log(`${what}\t${where}\t${detail}`)
  console.log(`${events} events read, ${differences.length} differences`)
  process.exitCode = differences.length === 0 ? 0 : 1
} finally {
  await done()
}
