import type { AnyModule } from '#kernel/module.ts'
import { casesModule } from '#modules/cases/module.ts'
import { dispatchModule } from '#modules/dispatch/module.ts'
import { staffModule } from '#modules/staff/module.ts'

/** Every module of the house, in the order in which they are migrated. */
export const modules: readonly AnyModule[] = [staffModule, dispatchModule, casesModule]
