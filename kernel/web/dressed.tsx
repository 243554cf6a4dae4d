import type { Load } from './screen.ts'
import { officeWords } from './words.ts'

/** A screen together with the look of its Ant Design parts and the words of an office, all fetched at once when it is wanted. */
export const dressed =
  (load: Load): Load =>
  async () => {
    const [{ Dressed }, { default: View }] = await Promise.all([import('./antd.tsx'), load(), officeWords()])
    return {
      default: () => (
        <Dressed>
          <View />
        </Dressed>
      ),
    }
  }
