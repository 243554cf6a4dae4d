import { roles } from '../decider.ts'
import type { House } from './route.ts'

const everyRole: ReadonlySet<unknown> = new Set(roles)

const declared = (roles: unknown): boolean =>
  roles === 'everyone' ||
  roles === 'self' ||
  roles === 'system' ||
  (Array.isArray(roles) && roles.length > 0 && roles.every((role) => everyRole.has(role)))

/** @throws when a command, view, signal or push does not say who may use it */
export function declares({ modules, signals }: House): void {
  for (const { name, commands, views, live } of modules) {
    const rules = { command: commands, view: views, signal: signals.get(name) ?? {} }
    for (const [kind, list] of Object.entries(rules)) {
      for (const [type, rule] of Object.entries(list)) {
        if (!declared(rule.roles)) throw new Error(`the ${kind} ${name}.${type} does not say who may use it`)
      }
    }
    if (live !== null && !declared(live.roles)) throw new Error(`the push of ${name} does not say who may use it`)
  }
}
