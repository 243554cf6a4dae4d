import { z } from 'zod'
import { type Occurred, type Role, roles } from '#kernel/decider.ts'
import { latitude, longitude, text, unitCode, uuid } from '#kernel/text.ts'
import { calendarSet, type CalendarView, setCalendar } from './contract/calendar.ts'

export const unitKinds = ['bureau', 'subBureau', 'station', 'centre', 'squad', 'corps'] as const
export type UnitKind = (typeof unitKinds)[number]

/** WGS-84 lon, lat. */
const point = z.tuple([longitude, latitude])
/** A closed ring: the last point repeats the first. */
const ring = z
  .array(point)
  .min(4)
  .max(5000)
  .refine((points) => points[0]?.[0] === points.at(-1)?.[0] && points[0]?.[1] === points.at(-1)?.[1], { error: 'openRing' })
/** GeoJSON MultiPolygon coordinates: polygons of an outer ring and its holes. */
export const boundary = z.array(z.array(ring).min(1).max(50)).min(1).max(100)
export type Boundary = z.infer<typeof boundary>

const login = z.string().regex(/^[a-z0-9][a-z0-9._-]{2,39}$/, { error: 'login' })
/** ASVS 5.0 6.2.1: at least 8 characters, better 15; no composition rules (6.2.5). */
const password = z.string().min(12, { error: 'passwordShort' }).max(200, { error: 'long:200' }).meta({ secret: true })
const unitFields = { name: text(80), boundary: boundary.optional(), position: point.optional(), schematic: z.boolean().optional() }

/** One's own password, proven before the decision; it comes no further. */
const old = z.string().max(200, { error: 'long:200' }).meta({ proof: 'password' })
/** Six digits of an authenticator, or a recovery code; proven before the decision. */
const oneTimeCode = z.string().min(1, { error: 'empty' }).max(60, { error: 'long:60' })

/** The input of every command, by type; `/command/staff/<unit code>` for units, `/command/staff/<account id>` for accounts, `/command/staff/calendar:<year>`. */
export const commands = {
  openUnit: z.strictObject({ kind: z.enum(unitKinds), parent: unitCode.optional(), ...unitFields }),
  renameUnit: z.strictObject({ name: text(80), reason: text(500) }),
  drawBoundary: z.strictObject({ boundary, schematic: z.boolean().optional(), reason: text(500) }),
  closeUnit: z.strictObject({ reason: text(500) }),
  openAccount: z.strictObject({ login, name: text(60), unit: unitCode, password }),
  /** One's own with the old one, which is proven before the decision and comes no further. */
  setPassword: z.strictObject({ password, old: old.optional() }),
  /** One's own: the one that `POST /second-factor` has offered, confirmed by a first code of it. */
  setSecondFactor: z.strictObject({ factor: uuid, oneTimeCode: oneTimeCode.meta({ proof: 'offeredCode' }) }),
  removeSecondFactor: z.strictObject({ old, oneTimeCode: oneTimeCode.meta({ proof: 'code' }) }),
  /** Another's, who has lost his. */
  resetSecondFactor: z.strictObject({ reason: text(500) }),
  /** By the house itself, at a log-in. */
  useRecovery: z.strictObject({ recovery: uuid }),
  closeAccount: z.strictObject({ reason: text(500) }),
  grant: z.strictObject({ role: z.enum(roles), unit: unitCode }),
  revoke: z.strictObject({ role: z.enum(roles), unit: unitCode, reason: text(500) }),
  setCalendar,
  /** By the house itself, on the root's code, while nobody has an account: the root and its first people, all or nothing. */
  begin: z.strictObject({
    name: text(80),
    people: z.array(z.strictObject({ id: uuid, login, name: text(60), role: z.enum(roles), password: uuid })).min(1),
  }),
} as const

/** `POST /first`, with the code of the console: the bureau and the two people without whom it could not go on. */
export const beginning = z.strictObject({
  bureau: unitCode,
  bureauName: text(80),
  systemLogin: login,
  systemName: text(60),
  systemPassword: password,
  securityLogin: login,
  securityName: text(60),
  securityPassword: password,
})

export type CommandType = keyof typeof commands
export type Command = { [Type in CommandType]: { readonly type: Type; readonly data: z.infer<(typeof commands)[Type]> } }[CommandType]

const credential = uuid
/** Codes from the root to the unit itself; the one before the last is its parent. Units do not move. */
const path = z.array(unitCode).min(1)
export const findingKinds = ['overlap', 'overhang'] as const

/** Every event, by type. A secret never stands in an event: `credential` names where its hash is kept. */
export const events = {
  unitOpened: z.strictObject({
    kind: z.enum(unitKinds),
    path,
    name: z.string(),
    boundary: boundary.nullable(),
    position: point.nullable(),
    /** Made-up area, to be labelled 示意. */
    schematic: z.boolean(),
  }),
  unitRenamed: z.strictObject({ name: z.string(), reason: z.string() }),
  boundaryDrawn: z.strictObject({ boundary, schematic: z.boolean(), reason: z.string() }),
  /** With the boundary just saved: `share` per cent of the first unit lie in the second (overlap) or outside it (overhang). It stands until either is drawn anew. */
  boundaryFound: z.strictObject({ kind: z.enum(findingKinds), units: z.tuple([unitCode, unitCode]), share: z.number() }),
  unitClosed: z.strictObject({ reason: z.string() }),
  accountOpened: z.strictObject({ login, name: z.string(), unit: unitCode, path, credential }),
  passwordSet: z.strictObject({ credential }),
  /** `factor` names where the secret is kept. */
  totpSet: z.strictObject({ factor: uuid }),
  /** `reason` when somebody else has removed it. */
  totpRemoved: z.strictObject({ reason: z.string().nullable() }),
  recoveryUsed: z.strictObject({ recovery: uuid }),
  accountClosed: z.strictObject({ reason: z.string() }),
  granted: z.strictObject({ role: z.enum(roles), unit: unitCode }),
  revoked: z.strictObject({ role: z.enum(roles), unit: unitCode, reason: z.string() }),
  calendarSet,
} as const

export type EventType = keyof typeof events
export type Event = {
  [Type in EventType]: {
    readonly type: Type
    readonly data: z.infer<(typeof events)[Type]>
    readonly stream?: string
    readonly occurred?: Occurred
  }
}[EventType]

export interface UnitRow {
  readonly code: string
  readonly kind: UnitKind
  readonly name: string
  readonly parent: string | null
  readonly position: readonly [number, number] | null
  readonly schematic: boolean
  readonly closed: boolean
  /** Syllables and initials of its name, to be looked for by letters. */
  readonly keys: string
}

export interface AccountRow {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly unit: string
  readonly grants: readonly { readonly role: Role; readonly unit: string }[]
  readonly secondFactor: boolean
  readonly closed: boolean
}

/** Accounts come in pages of so many. */
export const accountsPage = 200

/** Two boundaries that do not fit: `share` per cent of the first unit's area lie in the second (overlap) or outside it (overhang). */
export interface Finding {
  readonly kind: (typeof findingKinds)[number]
  readonly units: readonly [string, string]
  readonly share: number
}

/** `share` per cent of a unit's area are nobody's below it; null while only `drawn` of the `all` units below have an area. */
export interface Gap {
  readonly share: number | null
  readonly drawn: number
  readonly all: number
}

/** The answer of every view, by name: `GET /view/staff/<name>?…` → `{position, data}`. */
export interface Views {
  /** Every unit of the house: names and tree, for every role. */
  units: { readonly units: readonly UnitRow[] }
  /** `?unit=`: the boundaries of the unit and of its children, for maps; `[lon, lat]` rings. */
  boundaries: { readonly areas: readonly { readonly unit: string; readonly boundary: Boundary; readonly schematic: boolean }[] }
  /** `?unit=`: what does not fit between boundaries at or below the unit. `gap`: of the unit's own area, once everything below it is drawn. */
  findings: { readonly findings: readonly Finding[]; readonly gap: Gap | null }
  /**
   * `?unit=`: accounts at or below the unit, by login, a page of them; `find` in logins, names and how names are spelled; `role` that they hold; `closed=with`
   * those that are closed as well. `total` of all pages; `offices`: how many open accounts there hold each. Administrators only.
   */
  accounts: {
    readonly accounts: readonly AccountRow[]
    readonly total: number
    readonly offices: readonly { readonly role: Role; readonly holders: number }[]
  }
  calendar: CalendarView
}
