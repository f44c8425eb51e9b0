// Repeats a public draw: node draw.mjs draw.json (or the address of /api/v1/events/…/draw). docs/draw.md explains it.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

const sm3 = (...parts) => parts.reduce((h, p) => h.update(p), createHash('sm3')).digest('hex')
const source = process.argv[2]
const draw = JSON.parse(/^https?:/.test(source) ? await (await fetch(source)).text() : readFileSync(source, 'utf8'))
if (!draw.seed) throw new Error('还没有抽签 / not drawn yet')

const seed = Buffer.from(draw.seed, 'hex')
const keys = new Map(draw.numbers.map((n) => [n, sm3(seed, String(n))]))
const order = [...draw.numbers].sort((a, b) => (keys.get(a) < keys.get(b) ? -1 : keys.get(a) > keys.get(b) ? 1 : a - b))

const checks = {
  '种子与报名前公布的 SM3 相符 / seed as announced': sm3(seed) === draw.seed_sm3,
  '序号与截止时公布的 SM3 相符 / numbers as fixed': sm3(draw.numbers.join(',')) === draw.numbers_sm3,
  '次序与公布的相符 / order as published': order.join() === draw.order.join(),
}
for (const [what, right] of Object.entries(checks)) console.log(right ? '✓' : '✗', what)
console.log('入选 / won:', order.slice(0, draw.places).join(' '), '\n候补 / waiting:', order.slice(draw.places).join(' '))
process.exit(Object.values(checks).every(Boolean) ? 0 : 1)
