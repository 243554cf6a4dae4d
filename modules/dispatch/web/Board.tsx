import { useAddress, useNarrow } from '#kernel/web/screen.ts'
import { BoardDetail } from './BoardDetail.tsx'
import { BoardPanel, useBoard } from './BoardPanel.tsx'
import { useReachedUnits } from './reach.ts'
import { boardSearch } from './search.ts'

/** The board of one's own unit, or of any unit below one's grants, and the chosen incident beside it. */
export default function Board() {
  const narrow = useNarrow()
  const [search] = useAddress(boardSearch)
  const { own, options } = useReachedUnits()
  const board = useBoard(search.unit ?? own)
  return (
    <div className="columns board">
      <BoardPanel board={board} options={options} />
      {narrow ? null : <BoardDetail id={board.chosen} />}
    </div>
  )
}
