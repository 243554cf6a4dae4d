import { seedCity } from './city.ts'
import { seedPlaces } from './places.ts'

// A process of its own: drawing the areas of 349 stations must not hold up a server that is answering.
const [base] = process.argv.slice(2)
if (base === undefined) throw new Error('Usage: node demo/seed.ts http://127.0.0.1:8110')
await seedCity(base)
await seedPlaces(base)
