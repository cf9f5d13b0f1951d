/**
 * `npm run campaign [-- MODELS [SEED]]`: so many random models with hidden state and as many that are asymmetric. Prints what became of
 * them; exit code 1 when one was said to hold wrongly.
 */
import { asymmetryCampaign, hiddenStateCampaign, type Tally } from './campaign.ts'

const [models = 200, seed = 1] = process.argv.slice(2).map(Number)
const line = (name: string, { found, agreed, refused, unknown, wrong }: Tally): void => {
  const numbers = [found, agreed, refused, unknown, wrong.length].map((n) => String(n).padStart(9))
  console.log(name.padEnd(30) + numbers.join(''))
  for (const sentence of wrong) console.log(`  wrong: ${sentence}`)
}

console.log(
  ''.padEnd(30) + ['violated', 'agreed', 'refused', 'unknown', 'wrong'].map((w) => w.padStart(9)).join(''),
)
const hidden = await hiddenStateCampaign(models, seed)
for (const [kind, tally] of hidden) line(kind, tally)
const asymmetric = await asymmetryCampaign(models, seed)
line('asymmetry', asymmetric)
if ([...hidden.values(), asymmetric].some(({ wrong }) => wrong.length > 0)) process.exitCode = 1
