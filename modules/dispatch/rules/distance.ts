/** Where something is, WGS-84, in degrees. */
export interface Spot {
  readonly lon: number
  readonly lat: number
}

const earth = 6_371_000
const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** Metres along the sphere. */
export function metres(a: Spot, b: Spot): number {
  const [north, east] = [radians(b.lat - a.lat), radians(b.lon - a.lon)]
  const half = Math.sin(north / 2) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(east / 2) ** 2
  return 2 * earth * Math.asin(Math.min(1, Math.sqrt(half)))
}
