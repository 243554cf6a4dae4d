/** How a question is answered: 是/否 as `yes` or `no`, digits, one of the choices, or free words. */
export const asks = ['yesNo', 'number', 'choice', 'text'] as const

/**
 * A question of a list. `when`: it is asked once that question, which stands before it, has this answer. The words of a built-in one stand under
 * `question.<code>`, those of its choices under `questionChoice.<choice>`; one of the force's own carries its `text`.
 */
export interface Question {
  readonly code: string
  readonly ask: (typeof asks)[number]
  readonly choices?: readonly string[] | undefined
  readonly when?: { readonly question: string; readonly is: string } | undefined
  readonly text?: string | undefined
}

export interface Answer {
  readonly question: string
  readonly answer: string
}

/** Whether the answer is one to this question. */
export function fits({ ask, choices = [] }: Question, answer: string): boolean {
  switch (ask) {
    case 'yesNo':
      return answer === 'yes' || answer === 'no'
    case 'number':
      return /^\d{1,9}$/.test(answer)
    case 'choice':
      return choices.includes(answer)
    case 'text':
      return answer !== ''
  }
}

/** The questions to be asked now, in order: those without a condition, and those whose condition has been answered so. */
export function asked(questions: readonly Question[], answers: ReadonlyMap<string, string>): readonly Question[] {
  const shown = new Set<string>()
  return questions.filter(({ code, when }) => {
    const now = when === undefined || (shown.has(when.question) && answers.get(when.question) === when.is)
    if (now) shown.add(code)
    return now
  })
}
