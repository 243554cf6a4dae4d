import { createContext, useContext } from 'react'
import type { Role } from '#kernel/decider.ts'

/** A module that puts tasks on the desk, and for whom: its view `tasks`. */
export interface TaskSource {
  readonly module: string
  readonly roles: readonly Role[]
}

export const TaskSources = createContext<readonly TaskSource[]>([])
export const useTaskSources = (): readonly TaskSource[] => useContext(TaskSources)
