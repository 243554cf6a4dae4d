// Starts the .ts or .js file it is given with a Node that can run TypeScript directly: the one that runs this file, or the locked one
// that npm put into node_modules. Plain JavaScript, because an older Node must be able to read it.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

const wanted = [24, 12]

/** @param {string} version as `v24.12.0` */
function newEnough(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  return major > wanted[0] || (major === wanted[0] && minor >= wanted[1])
}

/** The path of a fitting Node; ends the process with a sentence when there is none. */
function findNode() {
  if (newEnough(process.version)) return process.execPath
  const system = { linux: 'linux', win32: 'win' }[process.platform]
  const program = process.platform === 'win32' ? 'node.exe' : 'node'
  const locked = fileURLToPath(new URL(`node_modules/node-${system}-${process.arch}/bin/${program}`, import.meta.url))
  if (system && existsSync(locked)) {
    const answer = spawnSync(locked, ['--version'], { encoding: 'utf8' })
    if (answer.status === 0 && newEnough(answer.stdout.trim())) return locked
    fail(`The Node of node_modules does not run here (${answer.error?.message ?? answer.stderr.trim()}).`)
  }
  if (system && !existsSync(fileURLToPath(new URL('node_modules', import.meta.url)))) fail('Nothing is installed yet. Run "npm ci" first.')
  if (process.platform === 'darwin')
    fail('On macOS Plumbline uses the Node of the machine, which is too old. Install it with "brew install node".')
  fail('There is no Node to bring along for this machine, or "npm ci" was told to leave optional dependencies out.')
}

/** @param {string} reason @returns {never} */
function fail(reason) {
  console.error(
    `${reason}\nPlumbline needs Node ${wanted.join('.')} or newer; this is ${process.version} on ${process.platform} ${process.arch}.`,
  )
  process.exit(1)
}

const [file, ...rest] = process.argv.slice(2)
if (!file) fail('Usage: node run.mjs FILE.ts [arguments]')

// The server's objects live short: a smaller young generation, in MiB, needs a third less memory and no more time (docs/figures.md).
const flags = file === 'main.ts' ? ['--max-semi-space-size=16'] : []
const child = spawn(findNode(), [...flags, file, ...rest], { stdio: 'inherit' })
// Ctrl-C in a terminal reaches the child by itself, and a second one would mean "at once" to it. This process ends when the child does.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
  })
}
child.on('error', (error) => fail(error.message))
child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)))
