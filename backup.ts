import { resolve } from 'node:path'
import { backup } from '#kernel/backup/backup.ts'
import { dataFolder } from '#kernel/database/open.ts'
import { ownerUrl } from '#kernel/database/running.ts'

// `npm run backup -- FILE`: everything of record in one file, while the server goes on.
const [file, ...rest] = process.argv.slice(2)
if (file === undefined || rest.length > 0) {
  console.error('Usage: npm run backup -- FILE')
  process.exit(2)
}
try {
  const { url, done } = await ownerUrl({ data: dataFolder(), ...(process.env['DATABASE_URL'] && { url: process.env['DATABASE_URL'] }) })
  try {
    const { position, rows, bytes } = await backup(url, resolve(file))
    console.log(`${file}: ${rows} rows up to event ${position}, ${bytes} bytes`)
  } finally {
    await done()
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
