import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { type ReactNode, useEffect, useMemo } from 'react'
import { type Failure, failed, readView, type Viewed } from './api.ts'
import { reread } from './live.ts'
import { useSentence } from './States.tsx'
import { failureOf } from './view.ts'

interface Page<Row> {
  readonly rows: readonly Row[]
  readonly next: string | null
}
export interface Pages<Row> {
  /** Undefined before the first page is there. */
  readonly rows: readonly Row[] | undefined
  readonly failure: Failure | undefined
  readonly loading: boolean
  /** There is a next page. */
  readonly more: boolean
  readonly reading: boolean
  readonly next: () => void
  readonly again: () => void
}

/**
 * The pages of a view that answers `{rows, next}`, one after another; a page that cannot be read leaves those that were. `by`: the parameter that takes the last
 * answer's `next`. With a `pace` all are read again after changes in the module, at most once in so many milliseconds.
 */
export function usePages<Row>(
  module: string,
  name: string,
  params: Readonly<Record<string, string>>,
  { by = 'before', pace }: { by?: 'before' | 'after'; pace?: number } = {},
): Pages<Row> {
  const key = [module, name, params, 'pages'] as const
  const query = useInfiniteQuery<Viewed<Page<Row>>, Error, { pages: Viewed<Page<Row>>[] }, readonly unknown[], string>({
    queryKey: key,
    initialPageParam: '',
    queryFn: async ({ pageParam }) => {
      const answer = await readView<Page<Row>>(module, name, { ...params, ...(pageParam === '' ? {} : { [by]: pageParam }) })
      if (failed(answer)) throw answer
      return answer
    },
    getNextPageParam: (last) => last.data.next ?? undefined,
  })
  const text = JSON.stringify(key)
  useEffect(() => (pace === undefined ? undefined : reread(JSON.parse(text) as readonly unknown[], pace)), [text, pace])
  return {
    rows: useMemo(() => query.data?.pages.flatMap(({ data }) => data.rows), [query.data]),
    failure: failureOf(query.error),
    loading: query.isPending,
    more: query.hasNextPage,
    reading: query.isFetchingNextPage,
    next: () => void query.fetchNextPage(),
    again: () => void query.refetch(),
  }
}

/** At the foot of a list of pages, where there is a next one. */
export function NextPage({ pages: { more, reading, failure, next }, children }: { pages: Pages<unknown>; children: ReactNode }) {
  const sentence = useSentence()
  if (!more) return null
  return (
    <div className="panel-foot">
      <Button loading={reading} onClick={next}>
        {children}
      </Button>
      {failure ? <small role="alert">{sentence(failure)}</small> : null}
    </div>
  )
}
