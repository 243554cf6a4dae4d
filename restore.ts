import { resolve } from 'node:path'
import { checkFile } from '#kernel/backup/file.ts'
import { restore } from '#kernel/backup/restore.ts'
import { dataFolder } from '#kernel/database/open.ts'
import { ownerUrl } from '#kernel/database/running.ts'
import { parts } from '#kernel/house.ts'
import { verify } from '#kernel/verify.ts'
import { modules } from './modules.ts'

// `npm run restore -- FILE`: a backup into the empty database of DATABASE_URL, or the embedded one of an empty PLUMBLINE_DATA; ends with what verify says.
const [file, ...rest] = process.argv.slice(2)
if (file === undefined || rest.length > 0) {
  console.error('Usage: npm run restore -- FILE')
  process.exit(2)
}
try {
  // Before a database is made for it.
  await checkFile(resolve(file))
  const { url, done } = await ownerUrl({ data: dataFolder(), ...(process.env['DATABASE_URL'] && { url: process.env['DATABASE_URL'] }) })
  try {
    const { position, rows, madeAt, migrated } = await restore(url, resolve(file), parts(modules))
    console.log(`${file} of ${madeAt}: ${rows} rows up to event ${position}`)
    for (const name of migrated) console.log(`migrated: ${name}`)
    const { events, differences } = await verify(url, modules)
    for (const { what, where, detail } of differences) console.log(`${what}\t${where}\t${detail}`)
    console.log(`restored; verify: ${events} events read, ${differences.length} differences`)
    process.exitCode = differences.length === 0 ? 0 : 1
  } finally {
    await done()
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
