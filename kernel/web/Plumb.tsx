import type { ReactNode } from 'react'

export interface Bob {
  readonly id: string
  readonly time: string
  /** What happened of itself is hollow, what a person did is full; red and green only where they mean something. */
  readonly kind: 'passed' | 'done' | 'alarm' | 'good'
  readonly title: ReactNode
  readonly detail?: ReactNode
}

interface Props {
  readonly label: string
  readonly bobs: readonly Bob[]
  /** What is awaited next hangs at the lower end. */
  readonly due?: { readonly time: ReactNode; readonly text: ReactNode; readonly detail?: ReactNode; readonly alarm: boolean } | undefined
}

/** The signature: a record is a plumb line, its events hang on it in order, the next due moment at its end. */
export function Plumb({ label, bobs, due }: Props) {
  return (
    <div className={due ? 'plumb open' : 'plumb'}>
      <span className="cord" aria-hidden="true" />
      <ol aria-label={label}>
        {bobs.map((bob) => (
          <li key={bob.id} className={`bob ${bob.kind}`}>
            <span className="when num">{bob.time}</span>
            <i aria-hidden="true" />
            <div>
              <p>{bob.title}</p>
              {bob.detail ? <div className="more">{bob.detail}</div> : null}
            </div>
          </li>
        ))}
        {due ? (
          <li className={due.alarm ? 'bob due alarm' : 'bob due'}>
            <span className="when num">{due.time}</span>
            <i aria-hidden="true" />
            <div>
              <p>{due.text}</p>
              {due.detail ? <div className="more">{due.detail}</div> : null}
            </div>
          </li>
        ) : null}
      </ol>
    </div>
  )
}
