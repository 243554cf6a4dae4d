import { derivedId } from '#kernel/ids.ts'
import { demoAccounts } from './city.ts'
import { places } from './geo.ts'
import { Client } from './client.ts'

const atOnce = 32

/** Brings the city's streets, towns and landmarks, as its system administrator. A place that stands as it is here is asked for again and not made twice. */
export async function seedPlaces(base: string): Promise<void> {
  const [administrator] = demoAccounts()
  if (administrator === undefined) throw new Error('The demonstration city has no system administrator.')
  const { login, password } = administrator
  const client = new Client(base, { login, password })
  const all = places()
  for (let from = 0; from < all.length; from += atOnce) {
    const some = all.slice(from, from + atOnce).map(({ code, district, pinyin, ...about }) => {
      const data = { ...about, unit: district, schematic: true, ...(pinyin !== '' && { pinyin }) }
      return client.command(`dispatch/place:${code}`, {
        id: derivedId('demonstration city', 'place', code, JSON.stringify(data)),
        type: 'setPlace',
        data,
      })
    })
    await Promise.all(some)
  }
}
