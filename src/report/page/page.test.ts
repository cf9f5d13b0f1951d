/** Tests of the pages in headless Chromium, from a file and without a network. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plotted } from '../../capture/plot-points.ts'
import { seriousIn } from '../../cli/testing/axe.ts'
import { fixture, judged } from '../../cli/testing/captures-under-test.ts'
import { executablePath } from '../../cli/testing/chromium.ts'
import { actionsOn, eventsOf, model, monitorOn, range, record } from '../../index.ts'
import { replay } from '../../search/engine/path.ts'
import { type SuiteOutcome, suiteOf } from '../../search/suite.ts'
import type { JudgedSuite } from '../results/judged-suite.ts'
import type { Caption } from '../trace/caption.ts'
import { capturePage } from './capture-page.ts'
import { matrixPages } from './matrix-page.ts'
import { tracePage } from './trace-page.ts'

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

  const open = async (name: string, content: string): Promise<void> => {
    const path = join(folder, name)
    writeFileSync(path, content)
    await page.goto(pathToFileURL(path).href)
  }
  const text = (selector: string) => page.locator(selector).innerText()

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

  it('a page shows the last step, and goes through the others by keyboard, slider, buttons and links', async () => {
    await open('trace.html', await tracePage(trace, caption))
    expect(await text('#number')).toBe('Step 4 of 4')
    expect(await text('#events .clash')).toContain('violates the property')
    await page.keyboard.press('ArrowLeft')
    expect(await text('#number')).toBe('Step 3 of 4')
    expect(await text('#changes')).toBe('n 1 -> 2')
    expect(await text('#memory')).toBe('highest 1 -> 2')
    expect(await text('#enabled')).toBe('Turn')
    await page.keyboard.press('Home')
    expect(await text('#number')).toBe('Step 0 of 4')
    await page.locator('#next').click()
    await page.locator('#next').click()
    expect(await text('#action')).toBe('Turn')
    expect(await text('#part')).toBe('This step plays no part in the end.')
    expect(await page.locator('tr.changed').allInnerTexts()).toEqual(['even\t1'])
    await page.locator('#slider').fill('1')
    expect(await text('#number')).toBe('Step 1 of 4')
    await page.locator('h1 a').first().click()
    await expect.poll(() => text('#number')).toBe('Step 4 of 4')
    await page.locator('#filter').fill('eve')
    expect(await page.locator('#state tr').allInnerTexts()).toEqual(['even\t1'])
    expect(await page.locator('figure .now').count()).toBe(1)
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await seriousIn(page)).toEqual([])
    await page.emulateMedia({ colorScheme: 'light' })
    expect(await seriousIn(page)).toEqual([])
  })

  it('shows whatever a model says as text', async () => {
    await open('nasty.html', await tracePage(trace, caption))
    expect(await page.locator('#broken').count()).toBe(0)
    expect(await text('#events')).toContain('<b id="broken">"Grüße" & <i>')
    expect(await text('dl')).toContain('</script>')
  })

  it.each([1, 2, 500])('shows a trace of %i steps', async (count) => {
    const long = replay(counting, [0, ...Array.from({ length: count - 1 }, () => 0)])
    const shown = { ...caption, verdict: 'unknown' } as const
    await open(`long-${count}.html`, await tracePage(long, shown))
    expect(await text('#number')).toBe(`Step ${count - 1} of ${count - 1}`)
    await page.keyboard.press('Home')
    expect(await text('#number')).toBe(`Step 0 of ${count - 1}`)
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
      properties: [{ verdict, asDeclared: true, shown: { trace, caption } }],
      unjudged: [],
      counts: [],
      idle: [],
      asDeclared: true,
    }
    const pages = await matrixPages(
      [suites],
      { groups: [] },
      (a, b) => `${a}-${b}`.toLowerCase(),
      '<!-- x -->',
    )
    for (const { name, content } of pages) writeFileSync(join(folder, name), content)
    await page.goto(pathToFileURL(join(folder, 'index.html')).href)
    expect(await seriousIn(page)).toEqual([])
    await page.locator('td.violated a').click()
    expect(await text('#number')).toBe('Step 4 of 4')
    await page.locator('nav a').first().click()
    expect(await text('h1')).toBe('Every scheme against every property')
  })

  describe('a capture', () => {
    const pageOf = async (name: string, bytes: Uint8Array) => {
      const plot = plotted()
      const result = judged(bytes, { watch: plot.take })
      await open(`${name}.html`, await capturePage(NASTY, result, plot.series()))
    }
    const shown = (selector: string) => page.locator(selector).filter({ visible: true }).count()

    it('shows verdicts, what to do, the lanes around each violation, reuse over time and the outage', async () => {
      await pageOf('b2', fixture('b2-naive-ha.pcap'))
      expect(await text('h1')).toBe('Violated: SEQ-1 SequenceNumberNotReused')
      expect(await page.locator('td.is-violated').allInnerTexts()).toEqual(['violated'])
      expect(await text('table.verdicts')).toContain('What to do: When a member takes over, advance')
      expect(await text('#SEQ-1 h2')).toContain(
        'Sequence number 1 of frame 7 is sent again with other content in frame 50',
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

    it('fits wide and narrow windows, light and dark, with one picture of each violation', async () => {
      await pageOf('d2', fixture('d2-doomed-mid-reuse.pcap'))
      for (const width of [390, 1280])
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.setViewportSize({ width, height: 900 })
          await page.emulateMedia({ colorScheme })
          expect(
            await page.evaluate('document.documentElement.scrollWidth - window.innerWidth'),
          ).toBeLessThanOrEqual(0)
          expect(await shown('section.story figure')).toBe(await page.locator('section.story').count())
        }
      expect(await seriousIn(page)).toEqual([])
      const ids = await page.evaluate<string[]>("[...document.querySelectorAll('[id]')].map(({ id }) => id)")
      expect(new Set(ids).size).toBe(ids.length)
    })

    it('in which nothing could be judged says so', async () => {
      await pageOf('none', fixture('b2-naive-ha.pcap').subarray(0, 24))
      expect(await text('ul.facts')).toContain('NOTHING JUDGED')
    })
  })
})
