/** The explorer as people use it: in headless Chromium, by clicking and by keyboard. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seriousIn } from '../testing/axe.ts'
import { executablePath } from '../testing/chromium.ts'
import { type Explorer, startExplorer } from '../testing/explorer.ts'
import { cli, folderWith } from '../testing/under-test.ts'

const NASTY = '</script><b id="broken">"Grüße" & <i>'
const HOSTILE = `
import { actionsOn, always, eventsOf, model, oneOf, range, record } from 'clustercheck'
const nasty = ${JSON.stringify(NASTY)}
const state = record({ n: range(0, 600), word: oneOf('plain', nasty) })
const action = actionsOn()
export default model(nasty, {
  about: nasty,
  state,
  events: eventsOf(['A', nasty], {
    sent: ({ n }) => ({ shape: 'send', lane: 'A', to: nasty, message: nasty + n, text: nasty + ' ' + n }),
    got: ({ n }) => ({ shape: 'receive', lane: nasty, message: nasty + n, text: nasty }),
  }, (lane) => [nasty + lane]),
  actions: [
    action(nasty, { guard: (s) => s.n < 600, effect: (d, _, emit) => {
      d.n += 1
      d.word = nasty
      emit.sent({ n: d.n })
      emit.got({ n: d.n })
    } }),
    action('Never', { guard: (s) => s.word === 'never' || s.n > 700, effect: () => {} }),
  ],
  properties: [always('Low', { label: 'L-1', sentence: nasty, holds: (s) => s.n < 2, conditions: { [nasty]: (s) => s.n > 0 } })],
})
`
const folder = folderWith({ 'hostile.ts': HOSTILE })

describe.skipIf(!executablePath)('in Chromium (skipped where there is none: see CHROMIUM)', () => {
  let browser: Browser
  let explorer: Explorer
  const problems: string[] = []

  /** A page that fetches nothing but from its own explorer. */
  const open = async (address: string, { width = 1280, dark = false } = {}): Promise<Page> => {
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      colorScheme: dark ? 'dark' : 'light',
      acceptDownloads: true,
    })
    const page = await context.newPage()
    page.setDefaultTimeout(60_000)
    page.on('pageerror', (error) => problems.push(String(error)))
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('422')) problems.push(message.text())
    })
    page.on('request', (request) => {
      if (!request.url().startsWith(new URL(address).origin) && !request.url().startsWith('blob:'))
        problems.push(request.url())
    })
    await page.goto(address)
    return page
  }
  const take = (page: Page, text: string) => page.locator('.act', { hasText: text }).first().click()
  const where = (page: Page) => page.locator('.where')
  const atStep = (page: Page, text: string) => where(page).filter({ hasText: text }).waitFor()

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] })
    explorer = await startExplorer(['synch-sas', '--scope', 'small', '--search', 'own-requests'])
  })
  afterAll(async () => {
    await browser?.close()
    await explorer?.end()
    folder.remove()
    // axe tries to load nothing; whatever else went wrong on a page is here.
    expect(problems.filter((text) => !text.includes('inline script'))).toEqual([])
  })

  it('walks to a known violation by clicking only, branches, names, compares, and shares the address', async () => {
    const page = await open(explorer.address)
    await atStep(page, 'Step 0 of 0')
    await take(page, 'ClusterAsks(at: A, exchange: createChild)')
    await atStep(page, 'Step 1 of 1')
    // The message is under way: it is lost in the lanes, and the loss is taken back.
    await page.locator('.message button').first().click()
    await page.locator('[role=menuitem]', { hasText: 'Lose' }).click()
    await atStep(page, 'Step 2 of 2')
    expect(await page.locator('.under-way').innerText()).toContain('No message is under way')
    await page.getByRole('button', { name: 'Undo' }).click()
    await atStep(page, 'Step 1 of 2')
    // A member is crashed on its lane.
    await page.getByRole('button', { name: 'A: what it can do' }).click()
    await page.locator('[role=menuitem]', { hasText: 'Crashes' }).click()
    await atStep(page, 'Step 2 of 2')
    await take(page, 'TakesOver(to: B)')
    await take(page, 'ClusterAsks(at: B, exchange: liveness)')
    await atStep(page, 'Step 4 of 4: violated MID-1')
    expect(await page.locator('.row.violates').innerText()).toContain('violates MID-1')
    expect(await page.locator('.properties .violating').first().innerText()).toContain('violated at step 4')
    expect(await page.locator('.state .changed').count()).toBeGreaterThan(2)

    // The tree of what was tried has both branches.
    expect(await page.locator('.tries > li > .tries > li').count()).toBe(2)
    await page.getByLabel('Name of this branch').fill('reused')
    await page.getByRole('button', { name: 'Name it' }).click()
    await page.locator('.tried b', { hasText: 'reused' }).waitFor()
    await page.locator('.tries .plain', { hasText: 'NetworkLoses' }).click()
    await atStep(page, 'Step 2 of 2')
    await page.locator('.compare select').last().selectOption({ label: 'reused' })
    await page.locator('.compare caption', { hasText: 'They part after step 1.' }).waitFor()
    expect(await page.locator('.compare .lanes').count()).toBe(2)
    // Any two steps, whichever is stood in.
    await page.locator('.compare select').first().selectOption({ label: 'reused' })
    await page.locator('.compare select').last().selectOption({ label: 'step 0: Established' })
    await page.locator('.compare caption', { hasText: 'One is a beginning of the other.' }).waitFor()
    await page.goBack()
    await atStep(page, 'Step 4 of 4: violated MID-1')

    // Another browser that is given the address sees the same.
    const shared = page.url()
    expect(shared).toMatch(/#cc1:synch-sas@small:own-requests:MID-1:[0-9a-f]{8}:0\.\d+\.\d+\.\d+\.\d+$/)
    const other = await open(shared)
    await atStep(other, 'Step 4 of 4: violated MID-1')
    // Two at once: what one does is not the other's.
    await other.getByRole('button', { name: 'Back to the beginning' }).click()
    await atStep(other, 'Step 0 of 4')
    await atStep(page, 'Step 4 of 4')
    // The token is that of the command line.
    const replayed = await cli(['replay', shared.split('#')[1]!])
    expect(replayed).toMatchObject({ code: 0, stderr: '' })
    expect(replayed.stdout).toContain('VIOLATED MID-1')
    // What is saved is what draw makes.
    const [test] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as test' }).click(),
    ])
    expect(test.suggestedFilename()).toBe('synch-sas-mid-1.test.ts')
    expect(readFileSync(await test.path(), 'utf8')).toContain(shared.split('#')[1]!)
    const [picture] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as picture' }).click(),
    ])
    expect(readFileSync(await picture.path(), 'utf8')).toContain('MID-1')
    await page.context().close()
    await other.context().close()
  })

  it('answers what is the shortest way, the shortest violation, what actions lead to, and what is possible', async () => {
    const page = await open(explorer.address)
    await page.locator('.ask .wide').fill('member.A.up == false && member.B.onIke')
    await page.getByRole('button', { name: 'Find' }).click()
    await page.locator('.ask .answer', { hasText: 'has 2 steps' }).waitFor()
    await page.locator('.go').click()
    await atStep(page, 'Step 2 of 2')
    await page.getByRole('button', { name: 'Back to the beginning' }).click()
    await atStep(page, 'Step 0 of 2')
    await page.getByRole('button', { name: 'Shortest violation' }).click()
    await page.locator('.ask .answer', { hasText: 'MID-1 is violated after 4 steps from here.' }).waitFor()
    await page.locator('.go').click()
    await atStep(page, 'Step 4 of 4: violated MID-1')
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('button', { name: 'What does each action lead to?' }).click()
    await page.locator('.ask .answer', { hasText: 'was looked at.' }).waitFor()
    expect(await page.locator('.lead').allInnerTexts()).toContainEqual(
      expect.stringMatching(/^MID-\d in \d+ steps?$/),
    )
    await page.locator('.ask .wide').fill('member.A.on')
    await page.getByRole('button', { name: 'Find' }).click()
    await page.locator('.ask .bad', { hasText: "member.A has no 'on'; it has up," }).waitFor()
    await page.getByRole('button', { name: 'Run at random' }).click()
    await page.locator('.ask .answer', { hasText: 'were taken at random' }).waitFor()
    await page.context().close()
  })

  it('goes by keyboard alone: steps, menus, undo, actions', async () => {
    const page = await open(explorer.address)
    await atStep(page, 'Step 0 of 0')
    await page.locator('.act', { hasText: 'Crashes(of: A)' }).focus()
    await page.keyboard.press('Enter')
    await atStep(page, 'Step 1 of 1')
    await page.keyboard.press('ArrowLeft')
    await atStep(page, 'Step 0 of 1')
    await page.keyboard.press('End')
    await atStep(page, 'Step 1 of 1')
    await page.getByRole('button', { name: 'B: what it can do' }).focus()
    await page.keyboard.press('Enter')
    await page.locator('[role=menuitem]:focus').waitFor()
    await page.keyboard.press('Escape')
    expect(await page.locator('[role=menu]').count()).toBe(0)
    await page.keyboard.press('Control+z')
    await atStep(page, 'Step 0 of 1')
    await page.getByLabel('Show what cannot be done').check()
    await page.locator('.disabled summary', { hasText: 'TakesOver(to: B)' }).waitFor()
    expect(await page.locator('.disabled summary', { hasText: 'TakesOver(to: B)' }).innerText()).toMatch(
      /since .+ is /,
    )
    await page.context().close()
  })

  it.each([
    { width: 390, dark: true, others: [360] },
    { width: 1280, dark: false, others: [800, 2560] },
  ])(
    'fits $width px (dark: $dark) and has nothing that axe calls serious',
    async ({ width, dark, others }) => {
      const page = await open(explorer.address, { width, dark })
      await take(page, 'ClusterAsks(at: A, exchange: createChild)')
      await take(page, 'Crashes(of: A)')
      await page.getByLabel('Show what cannot be done').check()
      await page.locator('.disabled summary').first().waitFor()
      await page.getByRole('button', { name: 'Follow network over time' }).click()
      for (const one of [...others, width]) {
        await page.setViewportSize({ width: one, height: 900 })
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(
          0,
        )
      }
      expect(await seriousIn(page)).toEqual([])
      await page.context().close()
    },
  )

  it('has the matrix in front, by filters, arrow keys and cells that open their trace', async () => {
    const page = await open(`${explorer.address}#matrix`, { width: 390, dark: true })
    await page.getByRole('region', { name: 'The matrix' }).waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
    await page.getByLabel('Scope').selectOption('small')
    await page.getByLabel('Scheme').fill('synch-sas')
    await page.getByLabel('Property').fill('MID-')
    await page.locator('th', { hasText: /^scheme \(\d\)/ }).waitFor()
    expect(await seriousIn(page)).toEqual([])
    await page.getByRole('region', { name: 'The matrix' }).focus()
    await page.keyboard.press('ArrowDown')
    expect(await page.locator('.about').innerText()).toMatch(/^synch-sas, MID-1: violated \(declared\)\./)
    await page.keyboard.press('Enter')
    await atStep(page, 'violated MID-1')
    expect(page.url()).toContain('#cc1:synch-sas@small:')
    await page.context().close()
  })

  it('shows whatever a model says as text, follows long walks, and says what a guard read', async () => {
    const hostile = await startExplorer(['hostile.ts'], folder.path)
    const page = await open(hostile.address)
    await atStep(page, 'Step 0 of 0')
    await page.locator('.act').first().click()
    await page.locator('.act').first().click()
    await atStep(page, 'Step 2 of 2: violated L-1')
    expect(await page.locator('#broken').count()).toBe(0)
    expect(await page.locator('h1').innerText()).toBe('hostile.ts')
    expect(await page.locator('.lanes').innerText()).toContain('<b id="broken">')
    expect(await page.locator('.properties').innerText()).toContain('true: </script><b')
    await page.getByLabel('Show what cannot be done').check()
    expect(await page.locator('.disabled summary').first().innerText()).toBe('Never since n is 2')
    expect(await seriousIn(page)).toEqual([])
    await page.getByLabel('steps').fill('498')
    await page.getByRole('button', { name: 'Run at random' }).click()
    await atStep(page, 'Step 500 of 500')
    expect(await page.locator('.row').count()).toBe(501)
    await page.context().close()
    expect(await hostile.end()).toBe(0)
  })

  it('shows the violations of a capture, in which nothing can be done', async () => {
    const capture = await startExplorer(['src/capture/fixtures/b2-naive-ha.pcap'])
    const page = await open(capture.address, { width: 390 })
    await page.locator('h2', { hasText: 'SEQ-1' }).waitFor()
    expect(await page.locator('.lanes').innerText()).toContain('frame 50')
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
    expect(await seriousIn(page)).toEqual([])
    await page.context().close()
    expect(await capture.end()).toBe(0)
  })

  it('writes a page that needs no program: from a file, without a network', async () => {
    const written = await cli(['explore', 'hostile.ts', '--export', 'pages'], { cwd: folder.path })
    expect(written).toMatchObject({ code: 0, stderr: '' })
    expect(written.stdout).toBe('pages/index.html: This page holds the whole search all: 601 states.\n')
    const { href } = pathToFileURL(join(folder.path, 'pages/index.html'))
    const context = await browser.newContext({ offline: true, viewport: { width: 390, height: 800 } })
    const page = await context.newPage()
    page.on('pageerror', (error) => problems.push(String(error)))
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
    await page.goto(href)
    await atStep(page, 'Step 0 of 0')
    await page.locator('.act').first().click()
    await page.locator('.act').first().click()
    await atStep(page, 'Step 2 of 2: violated L-1')
    expect(await page.locator('#broken').count()).toBe(0)
    await page.goBack()
    await atStep(page, 'Step 1 of 2')
    expect(await page.locator('.ask').count()).toBe(0)
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
    await context.close()
    const again = await cli(['explore', 'synch-sas', 'synch-ike', '--export', 'pages'], { cwd: folder.path })
    expect(again).toMatchObject({ code: 2, stderr: '--export takes one TARGET; 2 were given.\n' })
  })

  it('says on the page what is wrong with a token, and when the program has ended', async () => {
    const alone = await startExplorer(['synch-sas', '--scope', 'small'])
    const page = await open(`${alone.address}#cc1:no-such:all:X:00000000:0`)
    await page.locator('.trouble', { hasText: "No scheme is called 'no-such'." }).waitFor()
    await page.getByRole('link', { name: 'What was opened' }).click()
    await atStep(page, 'Step 0 of 0')
    await alone.end()
    problems.length = 0
    await page.locator('.act').first().click()
    await page.locator('.trouble', { hasText: 'is not running any more' }).waitFor()
    problems.length = 0
    await page.context().close()
  })
})
