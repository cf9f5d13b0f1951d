/** The pages that are written to files, in headless Chromium and without a network. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plotted } from '../../capture/plot-points.ts'
import type { PageData } from '../../explore/page-data.ts'
import { capturePage } from '../../explore/pages/capture-page.ts'
import { designPage } from '../../explore/pages/design-page.ts'
import { matrixPages } from '../../explore/pages/matrix-page.ts'
import { tracePage } from '../../explore/pages/trace-page.ts'
import { actionsOn, eventsOf, model, monitorOn, range, record } from '../../index.ts'
import type { DesignJson } from '../../report/design/json.ts'
import type { JudgedSuite } from '../../report/results/judged-suite.ts'
import type { Caption } from '../../report/trace/caption.ts'
import { replay } from '../../search/engine/path.ts'
import { type SuiteOutcome, suiteOf } from '../../search/suite.ts'
import { pageText } from '../files/page-text.ts'
import { seriousIn } from '../testing/axe.ts'
import { fixture, judged } from '../testing/captures-under-test.ts'
import { executablePath } from '../testing/chromium.ts'
import { MAIN } from '../testing/under-test.ts'

/** A run of the whole pipeline must not pass by leaving these out. */
it.runIf(process.env.CI)('a pipeline has Chromium for these tests', () => {
  expect(executablePath, 'install chromium or chromium-headless-shell, or name one in CHROMIUM').toBeDefined()
})

const NASTY = '</script><b id="broken">"Grüße" & <i>\n'
const state = record({ n: range(0, 600), even: range(0, 1) })
type Wire = { sent: { n: number } }
const action = actionsOn<typeof state, Wire>()
const counting = model('Counting', {
  state,
  events: eventsOf<Wire>(['A', NASTY], {
    sent: ({ n }) => ({ shape: 'pass', lane: 'A', to: NASTY, text: `${NASTY} ${n}` }),
  }),
  actions: [
    action('Up', {
      guard: (s) => s.n < 600,
      effect: (d, _, emit) => {
        d.n += 1
        emit.sent({ n: d.n })
      },
    }),
    action('Turn', {
      effect: (d) => {
        d.even = 1 - d.even
      },
    }),
  ],
  properties: [
    monitorOn<Wire>()('Low', {
      label: 'NUM-1',
      sentence: `No number is high: ${NASTY}`,
      memory: record({ highest: range(0, 600) }),
      on: {
        sent: (memory, { n }, judge) => {
          memory.highest = n
          if (n >= 3) judge.violated()
        },
      },
    }),
  ],
})
const caption: Caption = {
  property: 'Low',
  label: 'NUM-1',
  sentence: `No number is high: ${NASTY}`,
  verdict: 'violated',
  scheme: 'counting',
  token: `cc1:${NASTY}`,
}
const trace = replay(counting, [0, 0, 1, 0, 0])

describe.skipIf(!executablePath)('in Chromium (skipped where there is none: see CHROMIUM)', () => {
  let browser: Browser
  let page: Page
  const folder = mkdtempSync(join(tmpdir(), 'clustercheck-pages-'))
  const problems: string[] = []

  /** Where the build put the program and the style. */
  const BUILT = new URL('../explore/view/', pathToFileURL(MAIN))
  const written = (title: string, data: PageData): string => pageText(title, data, { folder: BUILT })
  const open = async (name: string, data: PageData): Promise<void> => {
    const path = join(folder, name)
    writeFileSync(path, written(NASTY, data))
    await page.goto(pathToFileURL(path).href)
    await page.locator('h1').waitFor()
  }
  const text = (selector: string) => page.locator(selector).first().innerText()
  const atStep = (wanted: string) => page.locator('.where', { hasText: wanted }).waitFor()
  /** Fits the windows of phones and desks, light and dark, without a finding of axe that is serious. */
  const fits = async (): Promise<void> => {
    for (const width of [390, 1280])
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.setViewportSize({ width, height: 900 })
        await page.emulateMedia({ colorScheme })
        expect(
          await page.evaluate('document.documentElement.scrollWidth - window.innerWidth'),
        ).toBeLessThanOrEqual(0)
      }
    expect(await seriousIn(page)).toEqual([])
    await page.emulateMedia({ colorScheme: 'light' })
    expect(await seriousIn(page)).toEqual([])
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('.tools').filter({ visible: true }).count()).toBe(0)
    await page.emulateMedia({ media: 'screen' })
    const ids = await page.evaluate<string[]>("[...document.querySelectorAll('[id]')].map(({ id }) => id)")
    expect(new Set(ids).size).toBe(ids.length)
    expect(await page.locator('#broken').count()).toBe(0)
  }

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] })
    const context = await browser.newContext({ offline: true })
    page = await context.newPage()
    page.on('pageerror', (error) => problems.push(String(error)))
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text())
    })
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) problems.push(request.url())
    })
  })
  afterAll(async () => {
    await browser.close()
    rmSync(folder, { recursive: true })
    expect(problems).toEqual([])
  })

  it('a trace shows its last step, and goes through the others by keyboard, buttons and links', async () => {
    await open('trace.html', tracePage('', trace, caption))
    await atStep('Step 4 of 4: violated NUM-1')
    expect(await page.locator('.words.clash').count()).toBe(1)
    await page.keyboard.press('ArrowLeft')
    await atStep('Step 3 of 4')
    expect(await page.locator('.state .changed').allInnerTexts()).toEqual([
      expect.stringMatching(/^n\s+1 2/),
      expect.stringMatching(/^highest\s+1 2/),
    ])
    expect(await page.locator('.actions li').allInnerTexts()).toContain('Turn')
    await page.keyboard.press('Home')
    await atStep('Step 0 of 4')
    await page.locator('.act').click()
    await page.locator('.act').click()
    await atStep('Step 2 of 4')
    expect(await text('.where')).toContain('This step plays no part in the end.')
    await page.locator('h1 button').first().click()
    await atStep('Step 4 of 4')
    await page.getByLabel('Filter State').fill('eve')
    expect(await page.locator('.state').first().locator('.leaves li').count()).toBe(1)
    // The address names the step, as the token of the walk.
    await page.goBack()
    await atStep('Step 2 of 4')
    await fits()
  })

  it('shows whatever a model says as text', async () => {
    await open('nasty.html', tracePage('', trace, caption))
    await atStep('Step 4 of 4')
    expect(await page.locator('#broken').count()).toBe(0)
    expect(await text('.lanes')).toContain('<b id="broken">"Grüße" & <i>')
    await page.locator('summary', { hasText: 'Where it comes from' }).click()
    expect(await text('dl')).toContain('</script>')
    expect(await page.title()).toContain('</script>')
  })

  it.each([1, 2, 500])('shows a trace of %i steps', async (count) => {
    const long = replay(counting, [0, ...Array.from({ length: count - 1 }, () => 0)])
    const shown = { ...caption, verdict: 'unknown' } as const
    await open(`long-${count}.html`, tracePage('', long, shown))
    await atStep(`Step ${count - 1} of ${count - 1}`)
    await page.keyboard.press('Home')
    await atStep(`Step 0 of ${count - 1}`)
  })

  it('leads from the cells of a matrix to their traces and back', async () => {
    const suite = suiteOf('counting', counting)
    const verdict = {
      property: counting.properties[0],
      name: 'Low',
      label: 'NUM-1',
      kind: 'monitor',
      verdict: 'violated',
      states: 1,
    } as const
    const suites: JudgedSuite = {
      target: 'counting',
      outcome: { suite, outcomes: [], verdicts: [verdict] } satisfies SuiteOutcome,
      properties: [{ verdict, asDeclared: false, shown: { trace, caption } }],
      unjudged: [],
      counts: [],
      idle: [],
      asDeclared: true,
    }
    const nameOf = (a: string, b: string) => `${a}-${b}`.toLowerCase()
    for (const { name, title, data } of matrixPages('', [suites], { groups: [] }, nameOf))
      writeFileSync(join(folder, name), written(title, data))
    await page.goto(pathToFileURL(join(folder, 'index.html')).href)
    await page.locator('td.is-bad.differs').waitFor()
    await fits()
    await page.getByRole('region', { name: 'The matrix' }).focus()
    await page.keyboard.press('ArrowDown')
    expect(await text('.about')).toMatch(/^counting, NUM-1: violated, 4 \(searched\)\. .+ step 4/)
    await page.keyboard.press('Enter')
    await atStep('Step 4 of 4')
    expect(await page.title()).toBe('NUM-1, counting')
    await page.getByRole('link', { name: 'The matrix' }).click()
    await page.locator('h1', { hasText: 'Every scheme against every property' }).waitFor()
  })

  it('shows designs with their picture and the files beside it', async () => {
    const space = {
      name: NASTY,
      about: NASTY,
      designs: 2,
      searches: { different: 2 },
      conditions: [{ label: 'NUM-1', holds: 2, violated: 0, vacuous: 0, unknown: 0 }],
      front: [{ policies: { nasty: NASTY }, prices: [], missed: [NASTY] }],
    } as unknown as DesignJson
    const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="90"><text y="30">#%</text></svg>`
    await open('designs.html', { report: designPage([{ space, picture, svg: 'd.svg', files: ['d.yaml'] }]) })
    expect(await page.locator('td a').getAttribute('href')).toBe('d.yaml')
    await expect.poll(() => page.evaluate("document.querySelector('img').naturalWidth")).toBe(600)
    await fits()
  })

  describe('a capture', () => {
    const pageOf = async (name: string, bytes: Uint8Array) => {
      const plot = plotted()
      const result = judged(bytes, { watch: plot.take })
      await open(`${name}.html`, { report: capturePage(NASTY, result, plot.series()) })
    }

    it('shows verdicts, what to do, the lanes around each violation, reuse over time and the outage', async () => {
      await pageOf('b2', fixture('b2-naive-ha.pcap'))
      expect(await text('h1')).toBe('Violated: SEQ-1 SequenceNumberNotReused')
      expect(await page.locator('td.is-bad').allInnerTexts()).toEqual(['violated'])
      expect(await text('.told-table')).toContain('What to do: When a member takes over, advance')
      expect(await page.locator('h2', { hasText: /^SEQ-1/ }).innerText()).toContain(
        'sequence number 1 of frame 7 is sent again with other content in frame 50',
      )
      expect(await page.locator('.plot').first().locator('.reused').count()).toBe(18)
      expect(await page.locator('.plot .outage title').allInnerTexts()).toHaveLength(1)
      expect(await page.locator('.plot .outage title').first().textContent()).toBe(
        'no packet that a receiver takes for new for 8.150 s, frames 42 to 68',
      )
      expect(await page.locator('.plot').first().locator('.legend').innerText()).toContain('192.168.0.1 B')
      expect(await page.locator('#broken').count()).toBe(0)
    })

    it('marks the numbers that a good takeover passes over', async () => {
      await pageOf('c2', fixture('c2-good-ha.pcap'))
      expect(await text('h1')).toBe('Nothing is violated')
      expect(await page.locator('.plot .reused').count()).toBe(0)
      expect(await page.locator('.plot .gap title').first().textContent()).toBe(
        'frame 48: 4,078 numbers passed over',
      )
    })

    it('draws each violation in lanes, and fits wide and narrow windows, light and dark', async () => {
      await pageOf('d2', fixture('d2-doomed-mid-reuse.pcap'))
      expect(await page.locator('.lanes').count()).toBeGreaterThan(0)
      expect(await page.locator('.row.violates').count()).toBe(await page.locator('.lanes').count())
      await fits()
    })

    it('in which nothing could be judged says so', async () => {
      await pageOf('none', fixture('b2-naive-ha.pcap').subarray(0, 24))
      expect(await text('main ul.quiet')).toContain('NOTHING JUDGED')
    })
  })
})
