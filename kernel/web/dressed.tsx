import type { Load } from './screen.ts'

/** A screen together with the look of its Ant Design parts, both fetched at once when it is wanted. */
export const dressed =
  (load: Load): Load =>
  async () => {
    const [{ Dressed }, { default: View }] = await Promise.all([import('./antd.tsx'), load()])
    return {
      default: () => (
        <Dressed>
          <View />
        </Dressed>
      ),
    }
  }
