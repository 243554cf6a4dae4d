import { useQueries, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { Failure, failed, readView, type Viewed } from './api.ts'
import { type Change, follow, replay, reread } from './live.ts'

/** What a change does to a view: the new data, the same data (nothing), `null`: read it again, or `gone`: it is no longer the reader's. */
export type Apply<Data> = (data: Data, change: Change) => Data | 'gone' | null

export interface ViewState<Data> {
  readonly data: Data | undefined
  readonly position: number
  readonly failure: Failure | undefined
  readonly loading: boolean
  readonly again: () => void
}

export const failureOf = (error: Error | null): Failure | undefined =>
  error instanceof Failure ? error : error ? new Failure(0, { code: 'fault' }) : undefined

/** A paced view is read again this often where nothing changes: its hour moves on all the same. */
const still = 30_000

/**
 * Reads a view and keeps it true: changes that come live are applied in order of position, older ones than the answer are ignored. With a `pace`
 * it is read again instead, at most once in so many milliseconds.
 */
export function useView<Data>(
  module: string,
  name: string,
  params: Readonly<Record<string, string>>,
  { apply, enabled = true, fresh = 0, pace }: { apply?: Apply<Data>; enabled?: boolean; fresh?: number; pace?: number } = {},
): ViewState<Data> {
  const key = [module, name, params] as const
  const query = useQuery<Viewed<Data>, Error>({
    queryKey: key,
    enabled,
    staleTime: fresh,
    refetchInterval: pace === undefined ? false : still,
    queryFn: async () => {
      for (;;) {
        const answer = await readView<Data>(module, name, params)
        if (failed(answer)) throw answer
        const current = apply ? replay(module, answer, apply) : answer
        if (current) return current
      }
    },
  })
  const text = JSON.stringify(key)
  useEffect(
    () => (enabled && apply ? follow(JSON.parse(text) as readonly unknown[], apply as Apply<unknown>) : undefined),
    [text, enabled, apply],
  )
  useEffect(() => (enabled && pace !== undefined ? reread(JSON.parse(text) as readonly unknown[], pace) : undefined), [text, enabled, pace])
  const failure = query.data?.gone ? new Failure(404, { code: 'gone' }) : failureOf(query.error)
  return {
    data: query.data?.data,
    position: query.data?.position ?? 0,
    failure,
    loading: query.isPending && enabled,
    again: () => void query.refetch(),
  }
}

/** The view of this name of several modules, each read again after changes in it, at most once in `pace` milliseconds. */
export function useViews<Data>(modules: readonly string[], name: string, pace: number): readonly Omit<ViewState<Data>, 'position'>[] {
  const asked = modules.join()
  const keys = useMemo(() => (asked === '' ? [] : asked.split(',')).map((module) => [module, name, {}] as const), [asked, name])
  const queries = useQueries({
    queries: keys.map(([module]) => ({
      queryKey: [module, name, {}],
      staleTime: 0,
      refetchInterval: still,
      queryFn: async () => {
        const answer = await readView<Data>(module, name, {})
        if (failed(answer)) throw answer
        return answer
      },
    })),
  })
  useEffect(() => {
    const ends = keys.map((key) => reread(key, pace))
    return () => {
      for (const end of ends) end()
    }
  }, [keys, pace])
  return queries.map(({ data, error, isPending, refetch }) => ({
    data: data?.data,
    failure: failureOf(error),
    loading: isPending,
    again: () => void refetch(),
  }))
}
